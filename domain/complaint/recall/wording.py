"""How a recall is told."""

from __future__ import annotations

from domain.complaint.recall import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

_BY_EN = Part("You hear from us by {due} at the latest.", only_with="due")
_BY_ZH = Part("我们最迟会在 {due} 前告知您。", only_with="due")

WORDING = Wording(
    sentences={
        e.RecallAsked: Sentence(
            "S", "The parcel {carrier} {tracking} is to be called back.", "申请追回包裹 {carrier} {tracking}。"
        ),
        e.RecallRegistered: Sentence(
            "S", "The recall is registered with {courier}, slip {slip}.", "追回已在 {courier} 登记，单号 {slip}。"
        ),
        e.PartOneSigned: Sentence(
            "S",
            "The courier signed part one of the slip ({courier_signed}); the label desk keeps it, part two travels.",
            "快递已签第一联（{courier_signed}），由制单岗保管，第二联随行。",
        ),
        e.OriginalReceived: Sentence(
            "S",
            "Original parcel received, signed {signed}; part one went to the courier in exchange.",
            "已收原包裹，签名 {signed}；第一联交还快递。",
        ),
        e.RecallFailed: Sentence("S", "The parcel could not be called back: {reason}", "包裹未能追回：{reason}"),
    },
    codes={
        "clock": {
            "recall_registration": ("registration of the recall", "追回登记"),
            "recall_arrival": ("arrival of the recalled parcel", "追回包裹到达"),
        },
    },
    letters={
        "recall_registered": (
            Text(
                "Your parcel is being called back: {case}",
                (
                    Part("We have asked {carrier} to bring parcel {tracking} back to us; you need not do anything."),
                    Part("Should it be brought to you all the same, you may simply not take it in, or tell us: {link}"),
                    Part("We expect it by {due} and tell you as soon as it is here.", only_with="due"),
                ),
            ),
            Text(
                "正在追回您的包裹：{case}",
                (
                    Part("我们已请 {carrier} 将包裹 {tracking} 送回，您无需任何操作。"),
                    Part("如仍送到您处，您可以不签收，或告诉我们：{link}"),
                    Part("预计 {due} 前送回，收到后立即告知您。", only_with="due"),
                ),
            ),
        ),
        "original_received": (
            Text(
                "Your parcel is back with us: {case}",
                (Part("The parcel is back with us. The next step is your refund."), _BY_EN),
            ),
            Text(
                "包裹已回到我们这里：{case}",
                (Part("包裹已回到我们这里，下一步为您处理退款。"), _BY_ZH),
            ),
        ),
        "recall_failed": (
            Text(
                "Your parcel could not be called back: {case}",
                (
                    Part("The courier could not bring your parcel back, so it reaches you, or has done so."),
                    Part("The next step: you send it back as it is and are refunded; we propose that to you now."),
                    _BY_EN,
                ),
            ),
            Text(
                "包裹未能追回：{case}",
                (
                    Part("快递未能将包裹追回，包裹会送到您处或已送达。"),
                    Part("下一步：您将原货退回后退款，我们会向您发出方案。"),
                    _BY_ZH,
                ),
            ),
        ),
    },
)

"""How the carrying out is told."""

from __future__ import annotations

from domain.complaint.fulfilling import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

_HELP_EN = Part("Please look at it when it arrives, and tell us at once if anything is wrong: {link}")
_HELP_ZH = Part("收到后请检查，如有任何问题请立即告诉我们：{link}")

WORDING = Wording(
    sentences={
        e.PartSent: Sentence(
            "S",
            "Part {part} ({kind}) was sent: {carrier} {tracking}.",
            "第 {part} 项（{kind}）已发出：{carrier} {tracking}。",
        ),
        e.RepairEstimated: Sentence(
            "O",
            "Part {part}: the repair is estimated at {days} days, the customer bears {customer_pays}. {words}",
            "第 {part} 项：维修预计 {days} 天，顾客承担 {customer_pays}。{words}",
        ),
        e.EstimateAnswered: Sentence(
            "F,O",
            "Part {part}: the customer answered the estimate ({heard_on}): {agreed}.",
            "第 {part} 项：顾客答复报价（{heard_on}）：{agreed}。",
        ),
        e.PartMended: Sentence("T,O", "Part {part}: the goods are mended. {note}", "第 {part} 项：已修好。{note}"),
        e.PartCorrected: Sentence("F", "Part {part}: it was put right. {words}", "第 {part} 项：已更正。{words}"),
        e.CouponIssued: Sentence(
            "T", "Part {part}: the coupon {code_shown} was issued.", "第 {part} 项：已发放优惠券 {code_shown}。"
        ),
        e.PartFailed: Sentence(
            "F,O",
            "Part {part} ({kind}) cannot be carried out: {reason}",
            "第 {part} 项（{kind}）无法执行：{reason}",
        ),
        e.CostAsked: Sentence(
            "T,O", "Part {part}: its value is to be held on the order line.", "第 {part} 项：申请在订单行预留金额。"
        ),
        e.CostHeld: Sentence("T,O", "Part {part}: the ledger holds its value.", "第 {part} 项：台账已预留金额。"),
        e.CostRefused: Sentence(
            "T,O",
            "Part {part}: the ledger does not hold its value: {sentence}",
            "第 {part} 项：台账未预留金额：{sentence}",
        ),
        e.CostSettled: Sentence(
            "T", "Part {part}: its value is booked as {spent}.", "第 {part} 项：金额入账为{spent}。"
        ),
        e.ShippingFirstAllowed: Sentence(
            "S",
            "The supervisor lets the exchange of proposal {proposal} go out before the goods are back: {reason}",
            "主管特批：方案 {proposal} 的换货在退货到仓前先行发出：{reason}",
        ),
    },
    codes={
        "agreed": {
            "True": ("agreed", "同意"),
            "False": ("not agreed", "不同意"),
            "None": ("not answered", "未答复"),
        },
        "spent": {"True": ("a cost", "成本"), "False": ("not spent", "未使用")},
    },
    letters={
        "apology": (
            Text(
                "Our apology for complaint {case}",
                (
                    Part("{words}"),
                    Part("We have noted what happened, so that it does not happen again. You can answer here: {link}"),
                ),
            ),
            Text(
                "关于投诉 {case}，我们向您致歉",
                (Part("{words}"), Part("我们已记录此事，避免再次发生。您可以在这里回复我们：{link}")),
            ),
        ),
        "part_sent": (
            Text(
                "A parcel is on its way to you: complaint {case}",
                (
                    Part("{sent}"),
                    Part("It travels with {carrier}, tracking number {tracking}. We follow it until it is with you."),
                    _HELP_EN,
                ),
            ),
            Text(
                "包裹已寄出：投诉 {case}",
                (Part("{sent}"), Part("承运：{carrier}，运单号 {tracking}。我们会一直跟踪到您收到为止。"), _HELP_ZH),
            ),
        ),
        "coupon": (
            Text(
                "Your coupon of {amount} for complaint {case}",
                (
                    Part("As agreed, we have issued a coupon of {amount} for you. Its code ends in {code}."),
                    Part("The whole code is kept for you here: {link}"),
                ),
            ),
            Text(
                "您的优惠券（{amount}）：投诉 {case}",
                (
                    Part("按约定，我们已为您发放 {amount} 优惠券，券码尾号 {code}。"),
                    Part("完整券码请在这里查看：{link}"),
                ),
            ),
        ),
        "corrected": (
            Text(
                "We have put it right: complaint {case}",
                (Part("We are sorry for the trouble. {words}"), Part("If anything is still wrong, tell us: {link}")),
            ),
            Text(
                "已为您更正：投诉 {case}",
                (Part("给您带来不便，非常抱歉。{words}"), Part("如仍有不对之处，请告诉我们：{link}")),
            ),
        ),
        "repair_estimate": (
            Text(
                "The repair of your goods: complaint {case}",
                (
                    Part("We have looked at your goods. What is to be done: {words}."),
                    Part("It will take about {days} days."),
                    Part("Your own share of it would be {amount}.", only_with="amount"),
                    Part("The next step: please tell us whether we may go ahead, here: {link}"),
                ),
            ),
            Text(
                "您的商品维修方案：投诉 {case}",
                (
                    Part("我们已检查您的商品，需要：{words}。"),
                    Part("预计约 {days} 天完成。"),
                    Part("其中需由您承担 {amount}。", only_with="amount"),
                    Part("下一步：请在这里告诉我们是否同意维修：{link}"),
                ),
            ),
        ),
        "part_failed": (
            Text(
                "About what we agreed: complaint {case}",
                (
                    Part("We are sorry: one thing that we agreed on cannot be done as we said. It is this: {kind}."),
                    Part("The next step: your agent makes you another proposal; nothing happens without your consent."),
                    Part("You will hear from us by {due} at the latest.", only_with="due"),
                ),
            ),
            Text(
                "关于我们约定的方案：投诉 {case}",
                (
                    Part("非常抱歉，约定中的一项无法按原方案完成：{kind}。"),
                    Part("下一步：客服会为您提出新的方案，未经您同意不会执行。"),
                    Part("最迟 {due} 前给您答复。", only_with="due"),
                ),
            ),
        ),
    },
    letter_words={
        "sent": {
            "exchange": ("The goods for your exchange are on their way.", "换货商品已寄出。"),
            "reshipment": ("What you did not get is on its way.", "补发商品已寄出。"),
            "repair": ("Your goods are mended and on their way back.", "您的商品已修好并寄回。"),
        }
    },
)

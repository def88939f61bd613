"""How the looking-into is told."""

from __future__ import annotations

from domain.complaint.looking_into import events as e
from domain.letter_phrases import Part, Text
from domain.wording import Sentence, Wording

_ANSWER_EN = Part("Did this settle it? Tell us in one click, either way: {link}")
_ANSWER_ZH = Part("问题是否已经解决？请在这里告诉我们：{link}")

WORDING = Wording(
    sentences={
        e.RecordAttached: Sentence(
            "S,F,D",
            "Record {number} came in: {record_kind}, {title}.",
            "附上记录 {number}：{record_kind}，{title}。",
        ),
        e.CheckRecorded: Sentence(
            "T", "Checked: {check}. Found: {finding}. {note}", "核查：{check}。结果：{finding}。{note}"
        ),
        e.ExemptedFromPhoto: Sentence(
            "S",
            "No photo shows this kind of fault ({fault_kind}); the inspection decides: {reason}",
            "此类故障（{fault_kind}）无法拍照，以验货为准：{reason}",
        ),
        e.Explained: Sentence("T,F", "It was explained to the customer: {words}", "已向顾客说明：{words}"),
        e.EffectReported: Sentence(
            "T,F", "The explanation {helped} (heard on: {heard_on}).", "说明{helped}（渠道：{heard_on}）。"
        ),
        e.OutsidePromiseRecorded: Sentence(
            "S,O",
            "Promise without evidence, made outside: {kind}, {refund}; it binds the shop (heard on: {heard_on}).",
            "无凭证承诺（系统外）：{kind}，{refund}；店铺须兑现（渠道：{heard_on}）。",
        ),
    },
    codes={
        "check": {
            "conversation": ("the conversation", "聊天或通话记录"),
            "order": ("the order", "订单"),
            "tracking": ("the tracking", "物流"),
            "staff_error": ("a mistake of staff", "员工差错"),
            "cause": ("the cause", "原因"),
            "couriers_note": ("the courier's note", "快递签注"),
        },
        "finding": {
            "in_order": ("all in order", "无误"),
            "our_fault": ("our fault", "我方过错"),
            "under_way": ("a parcel is still under way", "包裹仍在途"),
            "their_fault": ("somebody else's fault", "他方过错"),
        },
        "record_kind": {
            "video": ("video", "视频"),
            "conversation": ("conversation", "聊天或通话记录"),
            "tracking": ("tracking record", "物流记录"),
            "inspection": ("inspection", "验货记录"),
            "statement": ("statement", "陈述"),
            "couriers_note": ("courier's note", "快递签注"),
        },
        "helped": {
            "True": ("settled the matter", "已解决问题"),
            "False": ("did not help", "无效"),
            "None": ("awaits", "待答复"),
        },
    },
    letters={
        "explanation": (
            Text("About your complaint {case}", (Part("Thank you for telling us."), Part("{words}"), _ANSWER_EN)),
            Text("关于您的投诉 {case}", (Part("感谢您的反馈。"), Part("{words}"), _ANSWER_ZH)),
        ),
        "second_parcel": (
            Text(
                "The rest of your order is on its way: {case}",
                (
                    Part("We have looked it up: your order travels in several parcels, and one is still on its way."),
                    Part("We watch it until it is with you. If anything is missing then, tell us at once: {link}"),
                ),
            ),
            Text(
                "您的订单还有包裹在途：{case}",
                (
                    Part("经查询，您的订单分多个包裹发出，其中一个仍在运输途中。"),
                    Part("我们会一直跟踪，直到您收到为止。届时如仍有缺少，请立即告诉我们：{link}"),
                ),
            ),
        ),
    },
)

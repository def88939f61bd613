"""How requests and disputes on the platform are told; the customer hears of them there."""

from __future__ import annotations

from domain.complaint.on_platform import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.PlatformTold: Sentence(
            "S",
            "The platform tells of {matter} {reference}: {said}. Amount {amount}, due {due_at}, payment {payment},"
            " in favour of {favour}.",
            "平台消息（{matter} {reference}）：{said}。金额 {amount}，截止 {due_at}，付款编号 {payment}，"
            "判定 {favour}。",
        ),
        e.PlatformAnswered: Sentence(
            "S",
            "Answered on the platform, {reference}: {verdict}; pieces of evidence: {evidence}. {words}",
            "已在平台答复 {reference}：{verdict}；凭证 {evidence} 项。{words}",
        ),
        e.PlatformReminded: Sentence(
            "S,T",
            "The supervisor reminded of {reference} on the platform. {note}",
            "主管已提醒处理平台 {reference}。{note}",
        ),
        e.ReminderMissing: Sentence(
            "S",
            "The dispute {reference} ran out at {due} and no reminder is on record: the supervisor answers too.",
            "平台纠纷 {reference} 于 {due} 逾期，且无主管提醒记录：主管一并负责。",
        ),
        e.OutstandingSettled: Sentence(
            "S,F,O",
            "The item to recover {key}, {amount}, is settled: {settled_how}. {reason}",
            "待追回事项 {key}（{amount}）已了结：{settled_how}。{reason}",
        ),
    },
    codes={
        "matter": {"refund_request": ("refund request", "退款申请"), "dispute": ("dispute", "纠纷")},
        "said": {
            "opened": ("opened", "已发起"),
            "extended": ("extended", "已延期"),
            "approved": ("approved by itself", "超时自动同意"),
            "paid": ("paid", "已退款"),
            "decided": ("decided", "已判定"),
            "withdrawn": ("withdrawn", "已撤销"),
        },
        "favour": {"customer": ("the customer", "顾客"), "shop": ("the shop", "店铺"), "None": ("—", "—")},
        "verdict": {
            "agreed": ("agreed", "同意"),
            "refused": ("refused", "拒绝"),
            "answered": ("answered", "已答辩"),
        },
        "settled_how": {
            "goods_back": ("the goods are back", "货物已追回"),
            "money_back": ("the money is back", "款项已追回"),
            "borne": ("the shop bears it", "由店铺承担"),
        },
    },
)

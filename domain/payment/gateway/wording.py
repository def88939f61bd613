"""How a slip's way through the payment gateway is told."""

from __future__ import annotations

from domain.payment.gateway import events as g
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        g.SlipSent: Sentence(
            "T,O",
            "The slip is sent to the payment gateway, time {number}, under its own key.",
            "付款单第 {number} 次发往支付网关，幂等键不变。",
        ),
        g.GatewayAsked: Sentence(
            "O", "The gateway is asked what became of the slip, time {number}.", "第 {number} 次向网关查询付款单。"
        ),
        g.GatewayHeard: Sentence(
            "O",
            "The gateway says: {stands}, reference {reference}. {reply}",
            "网关答复：{stands}，编号 {reference}。{reply}",
        ),
        g.InquiryDue: Sentence("O", "The gateway is to be asked, planned for {due}.", "到期查询网关，计划时间 {due}。"),
        g.InquiryWanted: Sentence("O", "Finance wants the gateway to be asked.", "财务要求查询网关。"),
        g.FellToHand: Sentence("O", "Finance pays the slip by hand: {why}.", "转财务手工付款：{why}。"),
        g.MismatchFound: Sentence(
            "T,O",
            "The gateway's record contradicts the slip's. The desk has [{ours}], the gateway says [{theirs}].",
            "网关记录与付款单不一致。本方：[{ours}]；网关：[{theirs}]。",
        ),
        g.MismatchSettled: Sentence(
            "T,O", "Contradiction {number} was cleared up: {how}", "差异 {number} 已处理：{how}"
        ),
        g.SlipReversed: Sentence(
            "T,O", "The money came back, reference {reference}. {reason}", "款项被退回，编号 {reference}。{reason}"
        ),
        g.LateNewsOver: Sentence(
            "O", "The ended slip hears of nothing any more, as planned for {due}.", "付款单后续消息期限已过（{due}）。"
        ),
    },
    codes={
        "stands": {
            "paid": ("paid", "已付款"),
            "refused": ("refused", "已拒绝"),
            "pending": ("under way", "处理中"),
            "not_found": ("it has no such order", "查无此单"),
            "reversed": ("the money came back", "款项退回"),
            "unsure": ("nothing certain", "结果不明"),
            "not_sent": ("nothing left the desk", "未发出"),
        },
    },
)

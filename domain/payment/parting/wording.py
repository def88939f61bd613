"""How payment in parts is told."""

from __future__ import annotations

from domain.payment.parting import events as p
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        p.PartPaid: Sentence(
            "T",
            "Part {number}, {amount}, was signed, reference {reference}.",
            "已签字确认第 {number} 笔部分付款 {amount}，编号 {reference}。",
        ),
        p.PartBooked: Sentence("T", "The ledger knows part {number}.", "台账已登记第 {number} 笔。"),
        p.RestGivenUp: Sentence(
            "T,O",
            "The rest is not paid: the slip stands for {amount} instead of {was}. {reason}",
            "余款不再支付：付款单由 {was} 改为 {amount}。{reason}",
        ),
    },
)

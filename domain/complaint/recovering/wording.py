"""How recovering is told; the customer hears nothing of it."""

from __future__ import annotations

from domain.complaint.recovering import events as e
from domain.wording import Sentence, Wording

_PARTIES = {
    "shop": ("the shop", "店铺"),
    "warehouse": ("the warehouse", "仓库"),
    "courier": ("the courier", "快递"),
    "supplier": ("the supplier", "供应商"),
    "customer": ("the customer", "顾客"),
    "platform": ("the platform", "平台"),
    "undecided": ("nobody yet", "待定"),
}

WORDING = Wording(
    sentences={
        e.RecoverySettled: Sentence(
            "S,O",
            "Made good by {party}: {amount}, reference {reference}.",
            "{party}已偿付 {amount}，编号 {reference}。",
        ),
        e.RecoveryWrittenOff: Sentence(
            "O",
            "What {party} still owed was written off: {amount}. {written_off_because}",
            "核销{party}所欠 {amount}：{written_off_because}",
        ),
    },
    codes={"party": _PARTIES, "borne_by": _PARTIES},
)

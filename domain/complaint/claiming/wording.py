"""How claims on the courier are told; the customer hears nothing of them."""

from __future__ import annotations

from domain.complaint.claiming import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.ClaimFiled: Sentence(
            "S",
            "Claim {number} on {carrier} for the parcel {tracking}: {amount}. {reason}",
            "索赔 {number}：{carrier} 包裹 {tracking}，{amount}。{reason}",
        ),
        e.ClaimAnswered: Sentence(
            "S",
            "The courier answered claim {number} ({reference}): it grants {granted}. {answer}",
            "快递答复索赔 {number}（{reference}）：赔付 {granted}。{answer}",
        ),
        e.ClaimGivenUp: Sentence(
            "O", "Claim {number} on the courier was given up: {reason}", "放弃快递索赔 {number}：{reason}"
        ),
    },
    codes={"clock": {"courier_claim": ("answer to claim", "快递索赔答复")}},
)

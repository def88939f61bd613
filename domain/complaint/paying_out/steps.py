"""Steps about the way on which a complaint's money goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.roles import AGENTS
from domain.limits import Length, Reason, Says
from domain.payment.means import Means
from domain.sealed import Sealed
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class AgreeMeans(Step):
    """A refund goes back as it was paid, or another way by agreement and proof; with approvals of its own [T][O]."""

    roles = AGENTS
    source = "T,O"
    summary = "Record that the customer's money goes another way than it was paid: which, who agreed, by which proof."

    means: Annotated[Means, Says("`original` goes back to how the order was paid.", "account")]
    account: Annotated[Sealed | None, Length(4, 128), Says("The account or wallet, as the customer gave it.")] = None
    with_whom: Annotated[str, Length(1, 200), Says("Who agreed, and how; no names.", "the customer, by phone")]
    proof: Annotated[str, Length(0, 64), Says("Id of a photo in this case that proves the account; see evidence.", "")]
    reason: Reason
    account_mark: Annotated[str, Says("hidden")] = ""
    """The account's blind mark, made at the edge."""

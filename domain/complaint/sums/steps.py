"""Steps about sums beside the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from domain.complaint.parties import Party
from domain.complaint.roles import AGENTS
from domain.complaint.sums.state import PaidBy
from domain.limits import Length, Reason, Says
from domain.money import Money
from domain.people import Role
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class AskRepayment(Step):
    """Money that comes in has a slip too: the customer, the courier or another party pays back [T]."""

    roles = (Role.AGENT, Role.LOGISTICS, Role.SUPERVISOR)
    source = "T,S"
    summary = "Ask for a slip for money that a party pays back; also after the case was closed."

    payer: Annotated[Party, Says("Who pays; the shop pays itself nothing.", "courier")]
    amount: Money
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class NameDifference(Step):
    """A price difference is settled before the label of an exchange is printed [S]."""

    roles = AGENTS
    source = "S,T"
    summary = "Name the price difference of the agreed exchange and who pays it; it gets a slip of its own."

    paid_by: Annotated[PaidBy, Says("The shop for cheaper goods, the customer for dearer ones.", "customer")]
    amount: Money
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class RecordPlatformPayment(Step):
    """The platform paid the customer by itself; it counts for the order line like any other payment [S][O]."""

    roles = (*AGENTS, Role.INTEGRATION)
    source = "S,O"
    summary = "Record what the platform paid to the customer by itself; also after the case was closed."

    amount: Money
    reference: Annotated[str, Length(1, 64), Says("The platform's own number of the payment.", "TM-RF-20261122-9")]
    paid_at: Annotated[datetime, Says("When the platform paid; RFC 3339.")]


@dataclass(frozen=True, kw_only=True)
class TakeSlipAmount(Step):
    """A slip tells that its amount was changed before it went to finance."""

    roles = (Role.DESK,)
    by_machine = True

    slip: str
    amount: Money


AFTER_CLOSING = frozenset({AskRepayment.slug(), RecordPlatformPayment.slug(), TakeSlipAmount.slug()})
"""Steps that a closed case takes: money moves whether the customer's case is open or not."""

"""What happens to a slip that is paid in parts."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.money import Money
from domain.payment.parting.state import PaidPart


@dataclass(frozen=True, kw_only=True)
class PartPaid(Event):
    """Finance paid a part of the slip."""

    part: PaidPart


@dataclass(frozen=True, kw_only=True)
class PartBooked(Event):
    """The ledger knows that part."""

    number: int


@dataclass(frozen=True, kw_only=True)
class RestGivenUp(Event):
    """The rest of the slip is not paid: it stands for what was; its signatures hold for less as well."""

    was: Money
    amount: Money
    reason: str

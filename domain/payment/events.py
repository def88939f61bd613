"""What happens to a slip, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.money import Money


@dataclass(frozen=True, kw_only=True)
class SlipRequested(Event):
    """A slip was asked for."""


@dataclass(frozen=True, kw_only=True)
class SumReserved(Event):
    """The ledger holds the sum on the order line and gave the slip its number."""

    slip_number: str
    asked_today: Money | None = None


@dataclass(frozen=True, kw_only=True)
class ReservationRefused(Event):
    """The ledger does not hold the sum: more than was paid for the line, over all cases [T][O]."""

    code: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class CaseSumGrew(Event):
    """The complaint's payments have grown."""

    case_sum: Money


@dataclass(frozen=True, kw_only=True)
class SlipHeld(Event):
    """The slip waits because what it pays for is in doubt, or waits no longer; `told` is the complaint's count."""

    held: bool
    told: int


@dataclass(frozen=True, kw_only=True)
class SlipApproved(Event):
    """An approver signed."""


@dataclass(frozen=True, kw_only=True)
class AmountChanged(Event):
    """The sum was changed before it went to finance; every signature under the old one fell."""

    was: Money
    amount: Money
    reason: str


@dataclass(frozen=True, kw_only=True)
class AmountBooked(Event):
    """The ledger holds the changed sum."""

    amount: Money


@dataclass(frozen=True, kw_only=True)
class AmountTold(Event):
    """The complaint knows the changed sum."""

    amount: Money


@dataclass(frozen=True, kw_only=True)
class SlipEnded(Event):
    """The slip came to nothing: rejected, void or not_paid."""

    outcome: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SlipPaid(Event):
    """Finance paid and signed."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class LedgerSettled(Event):
    """The ledger knows how the slip ended: as it stood when the ledger was told."""

    outcome: str


@dataclass(frozen=True, kw_only=True)
class ComplaintTold(Event):
    """The complaint knows how the slip ended."""

    result: str

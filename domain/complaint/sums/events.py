"""What happens to the sums beside the remedy."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.charge import Charge
from domain.complaint.sums.state import Incoming, PlatformPayment, PriceDifference
from domain.money import Money


@dataclass(frozen=True, kw_only=True)
class IncomingAsked(Event):
    """A slip is asked for, for money that comes in."""

    part: Incoming


@dataclass(frozen=True, kw_only=True)
class IncomingStarted(Event):
    """The slip for money in was started."""

    slip: str
    charge: Charge


@dataclass(frozen=True, kw_only=True)
class IncomingNewsTaken(Event):
    """A slip for money in told what became of it."""

    slip: str
    result: str
    reference: str
    note: str


@dataclass(frozen=True, kw_only=True)
class DifferenceNamed(Event):
    """The price difference of an exchange was agreed."""

    part: PriceDifference


@dataclass(frozen=True, kw_only=True)
class PlatformPaid(Event):
    """The platform paid the customer by itself."""

    part: PlatformPayment


@dataclass(frozen=True, kw_only=True)
class PlatformPaymentTold(Event):
    """The ledger is told what the platform paid."""

    number: int


@dataclass(frozen=True, kw_only=True)
class LineGaveTooMuch(Event):
    """With the platform's payment of that number the order line has given back more than was paid for it."""

    number: int
    over: Money


@dataclass(frozen=True, kw_only=True)
class SlipAmountChanged(Event):
    """A slip tells that its amount was changed."""

    slip: str
    amount: Money

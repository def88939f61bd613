"""What happens to the parts of an accepted remedy."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.fulfilling.state import Estimate
from domain.complaint.problems import RemedyKind
from domain.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class PartSent(Event):
    """The label desk printed the label, and the parcel left with this number."""

    part: int
    kind: RemedyKind
    carrier: str
    tracking: str


@dataclass(frozen=True, kw_only=True)
class RepairEstimated(Event):
    """The customer is asked whether the repair is to be made as estimated."""

    part: int
    estimate: Estimate


@dataclass(frozen=True, kw_only=True)
class EstimateAnswered(Event):
    """The customer answered the estimate."""

    part: int
    agreed: bool
    heard_on: str


@dataclass(frozen=True, kw_only=True)
class PartMended(Event):
    """The customer's goods are mended; the label desk sends them back."""

    part: int
    note: str


@dataclass(frozen=True, kw_only=True)
class PartCorrected(Event):
    """What was wrong was put right."""

    part: int
    words: str


@dataclass(frozen=True, kw_only=True)
class CouponIssued(Event):
    """The coupon was issued in the shop's system; its code is sealed."""

    part: int
    code: Sealed
    code_shown: str


@dataclass(frozen=True, kw_only=True)
class PartFailed(Event):
    """A part cannot be carried out; it comes back to the agent with the reason."""

    part: int
    kind: RemedyKind
    reason: str
    alternatives: tuple[str, ...] = ()
    """What is in stock instead."""


@dataclass(frozen=True, kw_only=True)
class ShippingFirstAllowed(Event):
    """The supervisor lets the exchange go out before the goods are back."""

    proposal: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CostAsked(Event):
    """The ledger is asked to hold a coupon's value on the order line."""

    part: int


@dataclass(frozen=True, kw_only=True)
class CostHeld(Event):
    """The ledger holds a coupon's value: it may be issued."""

    part: int


@dataclass(frozen=True, kw_only=True)
class CostRefused(Event):
    """The ledger does not hold a coupon's value: the line would give back more than was paid for it."""

    part: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class CostSettled(Event):
    """The ledger is told whether a coupon's value was spent."""

    part: int
    spent: bool

"""What happens to the parts of an accepted remedy."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
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


@dataclass(frozen=True, kw_only=True)
class ShippingFirstAllowed(Event):
    """The supervisor lets the exchange go out before the goods are back."""

    proposal: int
    reason: str

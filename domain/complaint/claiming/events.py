"""What happens to claims on the courier."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.claiming.state import Claim
from domain.money import Money


@dataclass(frozen=True, kw_only=True)
class ClaimFiled(Event):
    """The courier was asked to make a parcel good."""

    claim: Claim


@dataclass(frozen=True, kw_only=True)
class ClaimAnswered(Event):
    """The courier granted something, or nothing."""

    number: int
    granted: Money
    answer: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class ClaimGivenUp(Event):
    """Nobody asks the courier any more."""

    number: int
    reason: str

"""What happens to the lines of a claim, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.lines.state import ClaimedLine
from domain.money import Money


@dataclass(frozen=True, kw_only=True)
class LineClaimed(Event):
    """One more line of the order is claimed; `refund` is added to the sum of the agreed proposal, if one is agreed."""

    handles = True

    claim: ClaimedLine
    proposal: int = 0
    refund: Money | None = None
    heard_on: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitsAsked(Event):
    """The register of returned goods is asked whether so many units may go back."""

    return_case: str
    proposal: int
    lines: tuple[ClaimedLine, ...]


@dataclass(frozen=True, kw_only=True)
class UnitsHeld(Event):
    """They may: the register counts them from now on."""

    return_case: str
    proposal: int


@dataclass(frozen=True, kw_only=True)
class UnitsRefused(Event):
    """They may not: more would go back than was bought."""

    return_case: str
    proposal: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class UnitsCounted(Event):
    """The register was told how many units really went back."""

    return_case: str
    lines: tuple[ClaimedLine, ...]
    """With the units counted, which may be none."""

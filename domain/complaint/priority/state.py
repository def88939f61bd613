"""The four questions and what follows from their answers, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.complaint.problems import Extent, Urgency
from domain.money import Money
from domain.people import Actor


class Loss(StrEnum):
    """What the customer has actually lost [F]."""

    NONE = "none"
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class Answers:
    """The four questions [F]; None where nobody has answered yet. A loss whose sum is known is judged by the sum."""

    loss_size: Loss | None = None
    loss_amount: Money | None = None
    extent: Extent | None = None
    urgency: Urgency | None = None
    mendable_simply: bool | None = None

    @property
    def given(self) -> bool:
        """Whether anybody answered anything."""
        return self != NOTHING_SAID


NOTHING_SAID = Answers()


@dataclass(frozen=True)
class OwnLevel:
    """The level that a person gave the case, with the reason; it holds until another one, and never below health."""

    level: int
    reason: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class Priority:
    """How soon the case is looked at, 1 first, and why: codes of what weighs, or of who said so."""

    level: int
    points: int
    reasons: tuple[str, ...]

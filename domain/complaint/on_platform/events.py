"""What happens to requests and disputes on the platform, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event, TimeActed
from domain.complaint.on_platform.state import AnswerGiven, Fact, MatterKind, Reminder, SettledItem


@dataclass(frozen=True, kw_only=True)
class PlatformTold(Event):
    """The platform told something of a request or dispute."""

    matter: MatterKind
    reference: str
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class PlatformAnswered(Event):
    """The shop answered on the platform."""

    number: int
    reference: str
    answer: AnswerGiven


@dataclass(frozen=True, kw_only=True)
class PlatformReminded(Event):
    """The supervisor reminded who has to answer."""

    number: int
    reference: str
    reminder: Reminder


@dataclass(frozen=True, kw_only=True)
class ReminderMissing(TimeActed):
    """A dispute ran out, and no reminder is on record: the supervisor answers too [S]."""

    number: int
    reference: str
    due: datetime

    @property
    def timer(self) -> str:
        """What was waited for."""
        return "platform reminder"


@dataclass(frozen=True, kw_only=True)
class OutstandingSettled(Event):
    """What was out came back, or is borne."""

    settled: SettledItem

"""What happens to the hands in which a complaint lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.complaint.assigning.state import Choice, Colleague


@dataclass(frozen=True, kw_only=True)
class Assigned(Event):
    """The desk put the new case somewhere, by problem, skill, shift and load."""

    choice: Choice


@dataclass(frozen=True, kw_only=True)
class CaseTaken(Event):
    """A person made the case their own."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Reassigned(Event):
    """The supervisor named who works on the case."""

    colleague: Colleague
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    """The handler handed the case over."""

    colleague: Colleague
    reason: str


@dataclass(frozen=True, kw_only=True)
class StandInNamed(Event):
    """Somebody acts for the handler until an instant (UTC)."""

    colleague: Colleague
    for_person: str
    for_name: str
    until: datetime
    reason: str

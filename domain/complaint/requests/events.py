"""What happens to requests to other desks."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.requests.state import Answer, Naming, Passing, Request


@dataclass(frozen=True, kw_only=True)
class DeskAsked(Event):
    """Another desk was asked, with an initial analysis."""

    handles = True

    request: Request


@dataclass(frozen=True, kw_only=True)
class RequestReceived(Event):
    """A person of the asked desk took it on."""

    number: int


@dataclass(frozen=True, kw_only=True)
class RequestAnswered(Event):
    """The asked desk told what it found."""

    number: int
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class RequestSentBack(Event):
    """The findings did not suffice; a second round began, the first stays on record."""

    handles = True

    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequestPassedOn(Event):
    """The asked desk said whose matter it is."""

    number: int
    passing: Passing


@dataclass(frozen=True, kw_only=True)
class DeskNamed(Event):
    """The supervisor named who answers."""

    number: int
    naming: Naming


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(Event):
    """Whoever asked no longer wants an answer."""

    handles = True

    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class NeedMarked(Event):
    """It was said whether the case waits for the answer."""

    handles = True

    number: int
    needed: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeskReminded(Event):
    """A person asked the desk again."""

    handles = True

    number: int


@dataclass(frozen=True, kw_only=True)
class ParcelTurnedUp(Event):
    """A parcel that was given up turned up."""

    number: int
    note: str


@dataclass(frozen=True, kw_only=True)
class LateNewsEnded(Event):
    """The time is over in which the closed case still heard late answers."""

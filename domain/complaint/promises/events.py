"""What happens to promises, and to a customer who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event, TimeActed
from domain.complaint.promises.state import Contact, Promise


@dataclass(frozen=True, kw_only=True)
class PromiseMade(Event):
    """Somebody of the desk promised the customer something by a time."""

    handles = True

    promise: Promise


@dataclass(frozen=True, kw_only=True)
class PromiseKept(Event):
    """It was kept, in time or late."""

    handles = True

    number: int
    note: str


@dataclass(frozen=True, kw_only=True)
class PromiseRenewed(Event):
    """Its time was moved from `due` to `until`, and the customer was told with these words."""

    handles = True

    number: int
    due: datetime
    until: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class PromiseBroken(TimeActed):
    """Its time passed at `due`; `at` is when that was noticed, so that lateness is on record."""

    number: int

    @property
    def timer(self) -> str:
        """As figures name it."""
        return "promise"


@dataclass(frozen=True, kw_only=True)
class PromiseSettled(Event):
    """The supervisor dealt with a broken one; it stays broken."""

    number: int
    how: str


@dataclass(frozen=True, kw_only=True)
class TimetableSet(Event):
    """The customer was given a timetable; lines of an earlier one that were still to come are replaced."""

    handles = True

    lines: tuple[Promise, ...]


@dataclass(frozen=True, kw_only=True)
class ContactRecorded(Event):
    """The customer had to ask."""

    contact: Contact


@dataclass(frozen=True, kw_only=True)
class ProgressTold(TimeActed):
    """Nobody had told the customer anything for so long that the case did so itself, when it was `due`."""

    stands: str

    @property
    def timer(self) -> str:
        """As figures name it."""
        return "progress"

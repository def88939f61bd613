"""Promises and contacts as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from domain.limits import Length, Says
from domain.people import Actor
from domain.sealed import Sealed


@dataclass(frozen=True)
class Promise:
    """What was promised, by whom, until when (UTC, wall time: it runs through breaks and nights) [D].

    `planned` marks a line of the case's timetable [F]. A promise that is broken stays so, even if it is kept late.
    """

    number: int
    words: str
    who: Actor
    until: datetime
    made_at: datetime
    planned: bool = False
    first_until: datetime | None = None
    """Until when it was promised at first, if the time was moved since."""
    renewals: int = 0
    """How often its time was moved, each time with a message to the customer."""
    kept_at: datetime | None = None
    broken_at: datetime | None = None
    """When it was noticed that the time had passed; `until` is when it did."""
    dealt_at: datetime | None = None
    """When the supervisor had dealt with a broken one."""
    released_at: datetime | None = None
    """When it ended without being due: a new timetable took its place, or its case had been closed."""

    @property
    def running(self) -> bool:
        """Whether it is neither kept nor broken nor released; the case's closing ends it as well."""
        return self.kept_at is None and self.broken_at is None and self.released_at is None

    @property
    def to_deal_with(self) -> bool:
        """Whether it was broken, and neither kept late nor dealt with."""
        return self.broken_at is not None and self.kept_at is None and self.dealt_at is None


@dataclass(frozen=True)
class Contact:
    """The customer had to ask: by which way, what (sealed), and when somebody answered [O]."""

    number: int
    channel: str
    at: datetime
    by: Actor
    words: Sealed | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class PlannedLine:
    """One line of a timetable as it is told to the customer."""

    what: Annotated[str, Length(3, 200), Says("What is done, as the customer may read it.", "the workshop looks at it")]
    until: Annotated[datetime, Says("By which instant.")]

"""Quiet hours: at night nobody is called or sent a short message; such messages wait until the morning [O].

The night is counted on the shop's own clock, by the calendar that the case carries, so that a replay years later finds
the same instants.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import Calendar, as_utc

A_DAY = timedelta(days=1)


class Way(StrEnum):
    """A way to the customer; a person is always the last one, and the only one that cannot fail in silence."""

    EMAIL = "email"
    GATEWAY = "gateway"
    """The shop's own SMS or chat gateway."""
    PERSON = "person"


@dataclass(frozen=True)
class TimeOfDay:
    """A time on the wall: minutes from local midnight, 0 to 1439."""

    minute: int

    def __str__(self) -> str:
        return f"{self.minute // 60:02d}:{self.minute % 60:02d}"


@dataclass(frozen=True)
class QuietHours:
    """From when until when which ways are quiet, on the shop's clock; `exempt` kinds of messages go all the same.

    `ends` before `begins` is the next morning. `source` holds the tags of the rule books (domain.md).
    """

    begins: TimeOfDay
    ends: TimeOfDay
    ways: tuple[Way, ...]
    exempt: tuple[str, ...]
    source: str

    def until(self, calendar: Calendar, at: datetime) -> datetime | None:
        """When the quiet hours end in which the instant lies (UTC); None if it lies in none.

        Raises:
            ValueError: the instant has no timezone.
        """
        at = as_utc(at)
        local = at + timedelta(seconds=calendar.offset_at(at))
        minute, today = local.hour * 60 + local.minute, local.date()
        begins, ends = self.begins.minute, self.ends.minute
        if begins <= ends:
            morning = today if begins <= minute < ends else None
        elif minute >= begins:
            morning = today + A_DAY
        else:
            morning = today if minute < ends else None
        if morning is None:
            return None
        until = calendar.instant_of(morning, ends)
        # Where clocks go forward over the end of the night, the night has ended already.
        return until if until > at else None

    def next_begin(self, calendar: Calendar, at: datetime) -> datetime:
        """When the next quiet hours begin after the instant (UTC)."""
        today = calendar.local_date(as_utc(at))
        days = (calendar.instant_of(today + A_DAY * ahead, self.begins.minute) for ahead in range(3))
        return next(begins for begins in days if begins > at)


@dataclass(frozen=True)
class Quiet:
    """The ways that keep quiet hours for one message, as seen at one instant; instants are UTC.

    `until` is when the present quiet hours end, None outside of them; `begins` when the next ones begin.
    """

    ways: tuple[Way, ...]
    until: datetime | None
    begins: datetime


def quiet_for(hours: QuietHours | None, calendar: Calendar, kind: str, at: datetime) -> Quiet | None:
    """What is quiet when for a message of this kind; None if nothing ever is."""
    if hours is None or not hours.ways or kind in hours.exempt:
        return None
    return Quiet(hours.ways, hours.until(calendar, at), hours.next_begin(calendar, at))

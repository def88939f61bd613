"""When the desk works, as a shop writes it: a zone, shifts by weekday, the country's holidays, its own exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import Span


class Weekday(StrEnum):
    """A day of the week as the policy writes it, Monday first."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


@dataclass(frozen=True)
class Shift:
    """One shift: the weekdays on which it is worked and its spans with the breaks left out; shifts may overlap."""

    days: tuple[Weekday, ...]
    spans: tuple[Span, ...]
    source: str


@dataclass(frozen=True)
class ClosedDay:
    """A date on which this shop's desk rests, whatever the country does."""

    on: date
    why: str


@dataclass(frozen=True)
class WorkedDay:
    """A date on which this shop's desk works, whatever the country does; without spans, as on a Monday."""

    on: date
    why: str
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True)
class CalendarPlan:
    """The desk's hours before they are made explicit.

    `zone` is an IANA zone, `public_holidays` an ISO country code or None for a shop that works through holidays.
    """

    zone: str
    public_holidays: str | None
    source: str
    shifts: dict[str, Shift]
    closed: tuple[ClosedDay, ...] = ()
    worked: tuple[WorkedDay, ...] = ()

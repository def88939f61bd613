# ruff: noqa: A005  the desk's own word for it; packages are imported by full name
"""The desk's business hours: several spans a day, holidays, made-up working days, exact through clock changes.

A calendar is explicit data that a case carries in its history. It knows its own offsets from UTC, so that no timezone
database is asked when a case is replayed years later, and its deadlines never move.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7
MOST_CLOSED_DAYS = 400
"""A desk that stays closed for longer than this in a row has no business hours left to count."""
MOST_DAYS_AHEAD = 8000
"""No promise reaches further (some 21 years); a longer search is the sign of a mistyped duration."""

_TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_ONE_DAY = timedelta(days=1)
_NO_TIME = timedelta(0)
_MIDNIGHT = datetime.min.time()


class CalendarExhausted(ValueError):  # noqa: N818  a finding about the calendar
    """No business hours are found within reach: the desk never opens, or the instant lies beyond all calendars."""


@dataclass(frozen=True)
class Span:
    """One stretch of opening hours: minutes from local midnight; `closes` may be 1440, the end of the day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError(f"a span runs forward within one day, 0 to {MINUTES_A_DAY} minutes: {self}")


@dataclass(frozen=True)
class WorkingDate:
    """A made-up working day (调休): a date that is worked although its weekday rests. Without spans, as a Monday."""

    on: date
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True)
class NamedShift:
    """A shift of the desk: `days` are weekdays from 0, Monday; `spans` its hours, breaks left out."""

    name: str
    days: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Calendar:
    """When the desk is open.

    `weekly` has one tuple of spans per weekday, Monday first. `closed_dates` are sorted. `working_dates` are sorted
    and win over closed ones. `offsets` are pairs (UTC instant, seconds east of UTC from that instant on), sorted; the
    first also holds for all time before. `edition` names the content. `shifts` say who works when; the desk is open by
    `weekly` alone.

    Raises:
        ValueError: the content is not in this form.
    """

    weekly: tuple[tuple[Span, ...], ...]
    closed_dates: tuple[date, ...]
    working_dates: tuple[WorkingDate, ...]
    offsets: tuple[tuple[datetime, int], ...]
    edition: str
    shifts: tuple[NamedShift, ...] = ()

    def __post_init__(self) -> None:
        if len(self.weekly) != DAYS_A_WEEK:
            raise ValueError("a week has seven days, Monday first")
        for spans in (*self.weekly, *(day.spans or () for day in self.working_dates)):
            if any(earlier.closes >= later.opens for earlier, later in pairwise(spans)):
                raise ValueError("the spans of a day are sorted and apart; merge them first")
        if not self.offsets or any(since.utcoffset() != _NO_TIME for since, _ in self.offsets):
            raise ValueError("a calendar needs its offsets, each from a UTC instant on")
        sequences = (self.closed_dates, tuple(day.on for day in self.working_dates))
        if any(earlier >= later for sequence in sequences for earlier, later in pairwise(sequence)):
            raise ValueError("dates are sorted, each once")
        if any(earlier >= later for (earlier, _), (later, _) in pairwise(self.offsets)):
            raise ValueError("offsets are sorted, each once")

    def is_open(self, at: datetime) -> bool:
        """Whether the desk is open at `at`; open from the first instant of a span up to, not including, its last."""
        at = as_utc(at)
        today = self.local_date(at)
        return any(opens <= at < closes for opens, closes in self._open_times(today, today))

    def on_duty(self, at: datetime) -> tuple[str, ...]:
        """The shifts that work at `at`, in their order; none while the desk is closed.

        A made-up working day is worked as a Monday; one with hours of its own, by the shifts of a Monday within them.

        Raises:
            ValueError: the instant has no timezone.
        """
        at = as_utc(at)
        if not self.is_open(at):
            return ()
        today = self.local_date(at)
        days = (today, today + _ONE_DAY)  # where clocks go back across midnight, tomorrow's hours may have begun
        return tuple(shift.name for shift in self.shifts if any(self._works(shift, day, at) for day in days))

    def add_business(self, start: datetime, duration: timedelta) -> datetime:
        """The UTC instant at which `duration` of business time has passed since `start`.

        A duration that ends exactly with a span lands on that span's end, not on the next opening. No duration at all
        lands on `start` itself, open or not.

        Raises:
            ValueError: `start` has no timezone, or `duration` is negative.
            CalendarExhausted: before the time has passed the desk stays closed for more than 400 days, or 8000 days
                are over.
        """
        if duration < _NO_TIME:
            raise ValueError("business time is added forwards only")
        start = as_utc(start)
        if duration == _NO_TIME:
            return start
        left, since = duration, start
        today = self.local_date(start)
        for opens, closes in self._open_times(today, today + MOST_DAYS_AHEAD * _ONE_DAY):
            begins = max(opens, start)
            if begins >= closes:
                continue
            if begins - since > MOST_CLOSED_DAYS * _ONE_DAY:
                break
            if closes - begins >= left:
                return begins + left
            left, since = left - (closes - begins), closes
        raise CalendarExhausted(f"the desk does not open for another {left} within reach, calendar {self.edition}")

    def business_between(self, earlier: datetime, later: datetime) -> timedelta:
        """The business time from one instant to another; negative when `later` comes first.

        Raises:
            ValueError: an instant has no timezone.
        """
        earlier, later = as_utc(earlier), as_utc(later)
        if later < earlier:
            return -self.business_between(later, earlier)
        total = _NO_TIME
        for opens, closes in self._open_times(self.local_date(earlier), self.local_date(later)):
            total += max(_NO_TIME, min(closes, later) - max(opens, earlier))
        return total

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """The opening hours of a local date; none when the desk rests."""
        worked = self._worked(day)
        if worked is not None:
            return self.weekly[0] if worked.spans is None else worked.spans
        found = bisect_left(self.closed_dates, day)
        if found < len(self.closed_dates) and self.closed_dates[found] == day:
            return ()
        return self.weekly[day.weekday()]

    def _worked(self, day: date) -> WorkingDate | None:
        found = bisect_left(self.working_dates, day, key=lambda working: working.on)
        there = found < len(self.working_dates) and self.working_dates[found].on == day
        return self.working_dates[found] if there else None

    def _works(self, shift: NamedShift, day: date, at: datetime) -> bool:
        weekday = day.weekday() if self._worked(day) is None else 0
        hours = ((self._to_utc(day, span.opens), self._to_utc(day, span.closes)) for span in shift.spans)
        return weekday in shift.days and any(opens <= at < closes for opens, closes in hours)

    def _open_times(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """The open times in UTC, in order, that can touch the local dates from first to last.

        A span that a clock change swallows whole is left out.
        """
        # One day more at the end: where clocks go back across midnight, the next day has begun and yesterday returns.
        for ordinal in range(first.toordinal(), last.toordinal() + 2):
            day = date.fromordinal(ordinal)
            for span in self.spans_on(day):
                opens, closes = self._to_utc(day, span.opens), self._to_utc(day, span.closes)
                if opens < closes:
                    yield opens, closes

    def local_date(self, at: datetime) -> date:
        """The date on the desk's wall at a UTC instant."""
        return (at + timedelta(seconds=self.offset_at(at))).date()

    def day_of(self, at: datetime) -> tuple[datetime, datetime]:
        """The local day that an instant lies in, as the UTC instants at which it begins and the next one begins.

        Where clocks go back across midnight, the evening that returns belongs to the day that had begun.

        Raises:
            ValueError: `at` has no timezone.
        """
        at = as_utc(at)
        today = self.local_date(at)
        if self._to_utc(today + _ONE_DAY, 0) <= at:
            today += _ONE_DAY
        return self._to_utc(today, 0), self._to_utc(today + _ONE_DAY, 0)

    def offset_at(self, at: datetime) -> int:
        """How many seconds the desk's wall clock is ahead of UTC at an instant."""
        seconds = self.offsets[0][1]
        for since, offset in self.offsets:
            if since > at:
                break
            seconds = offset
        return seconds

    def instant_of(self, day: date, minute: int) -> datetime:
        """The UTC instant at which the desk's wall clock shows a time of day, in minutes from local midnight.

        Where clocks change, a time that comes twice is its first coming, one that is skipped the instant of the change.
        """
        return self._to_utc(day, minute)

    def _to_utc(self, day: date, minute: int) -> datetime:
        """The instant of a local time of day.

        A time that comes twice (clocks set back) is its first coming; one that is skipped (clocks set forward) is the
        instant of the change. So a later local time is never an earlier instant.
        """
        local = datetime.combine(day, _MIDNIGHT, UTC) + timedelta(minutes=minute)
        last = len(self.offsets) - 1
        for place, (since, seconds) in enumerate(self.offsets):
            at = local - timedelta(seconds=seconds)
            if place == last or at < self.offsets[place + 1][0]:
                return at if place == 0 else max(at, since)
        raise AssertionError("a calendar has at least one offset")


def minute_of_day(text: str) -> int | None:
    """`09:00` as minutes from midnight; None when it is no time of day between 00:00 and 23:59."""
    found = _TIME_OF_DAY.fullmatch(text)
    return None if found is None else int(found[1]) * 60 + int(found[2])


def as_utc(at: datetime) -> datetime:
    """The same instant in UTC.

    Raises:
        ValueError: the instant has no timezone.
    """
    if at.utcoffset() is None:
        raise ValueError("an instant needs its timezone")
    return at.astimezone(UTC)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The union of spans, sorted and apart: shifts that overlap or meet become one stretch [T][S]."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: each.opens):
        if merged and span.opens <= merged[-1].closes:
            merged[-1] = Span(merged[-1].opens, max(merged[-1].closes, span.closes))
        else:
            merged.append(span)
    return tuple(merged)

"""Makes a shop's hours explicit: every holiday, made-up working day and clock change of five years written out.

What comes out needs neither the holidays package nor a timezone database, so upgrading either never moves a deadline
of a running case.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import holidays
from pydantic import TypeAdapter

from domain.calendar import MOST_CLOSED_DAYS, Calendar, NamedShift, Span, WorkingDate, merge_spans
from policies.calendar_plan import CalendarPlan, Shift, Weekday

YEARS_BEFORE = 1
YEARS_AFTER = 3
_STEP = timedelta(hours=6)
_ONE_SECOND = timedelta(seconds=1)
_EDITION_LENGTH = 12


class DeskNeverOpens(ValueError):  # noqa: N818  a finding about the plan
    """Within the years of the calendar the desk rests longer than clocks can count across."""


def expand_calendar(plan: CalendarPlan, year: int) -> Calendar:
    """The explicit calendar of a case opened in `year`: from the year before to the third after it.

    The shop's own closed and worked days win over the country's. After the last year the weekly hours go on.

    Raises:
        ZoneInfoNotFoundError: the zone is unknown.
        NotImplementedError: the country's holidays are unknown.
        DeskNeverOpens: the desk rests for more than 400 days in a row.
    """
    first, last = date(year - YEARS_BEFORE, 1, 1), date(year + YEARS_AFTER, 12, 31)
    weekly = tuple(_spans_of(plan, weekday) for weekday in Weekday)
    rests, works = _public_days(plan.public_holidays, first, last)
    shop_rests, shop_works = {day.on for day in plan.closed}, {day.on: day.spans for day in plan.worked}
    working = dict.fromkeys(works - shop_rests) | shop_works
    closed = (rests | shop_rests) - working.keys()
    calendar = Calendar(
        weekly=weekly,
        # A date whose weekday rests anyway says nothing, and the calendar travels with every case.
        closed_dates=tuple(sorted(day for day in closed if weekly[day.weekday()])),
        working_dates=tuple(
            WorkingDate(day, None if spans is None else merge_spans(spans)) for day, spans in sorted(working.items())
        ),
        offsets=tuple(_offsets(ZoneInfo(plan.zone), first, last)),
        edition="",
        shifts=tuple(_named(name, shift) for name, shift in plan.shifts.items()),
    )
    _refuse_endless_rest(calendar, first, last)
    return _named_by_content(calendar, f"{plan.public_holidays or 'own'}-{year}")


def _spans_of(plan: CalendarPlan, weekday: Weekday) -> tuple[Span, ...]:
    return merge_spans(span for shift in plan.shifts.values() if weekday in shift.days for span in shift.spans)


def _named(name: str, shift: Shift) -> NamedShift:
    days = tuple(place for place, weekday in enumerate(Weekday) if weekday in shift.days)
    return NamedShift(name, days, merge_spans(shift.spans))


def _public_days(country: str | None, first: date, last: date) -> tuple[set[date], set[date]]:
    """The country's holidays and its made-up working days between two dates, both included."""
    if country is None:
        return set(), set()
    found = holidays.country_holidays(country, years=range(first.year, last.year + 1))
    made_up = cast("set[date]", getattr(found, "weekend_workdays", ()))  # only some countries have any
    return set(found), {day for day in made_up if first <= day <= last}


def _offsets(zone: ZoneInfo, first: date, last: date) -> Iterator[tuple[datetime, int]]:
    """The zone's offset at the start and after each change, to the second."""
    at = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=2)
    offset = _seconds_east(zone, at)
    yield at, offset
    while at < end:
        later = at + _STEP
        if _seconds_east(zone, later) != offset:
            changes = _change_between(zone, at, later)
            offset = _seconds_east(zone, changes)
            yield changes, offset
            at = changes
        else:
            at = later


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second of the new offset, found by halving."""
    old = _seconds_east(zone, before)
    while after - before > _ONE_SECOND:
        middle = before + (after - before) // _ONE_SECOND // 2 * _ONE_SECOND
        if _seconds_east(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _seconds_east(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    if offset is None:
        raise TypeError(f"zone {zone.key} tells no offset")
    return round(offset.total_seconds())


def _refuse_endless_rest(calendar: Calendar, first: date, last: date) -> None:
    rested = 0
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        rested = 0 if calendar.spans_on(date.fromordinal(ordinal)) else rested + 1
        if rested > MOST_CLOSED_DAYS:
            raise DeskNeverOpens(f"the desk rests for more than {MOST_CLOSED_DAYS} days in a row")


def _named_by_content(calendar: Calendar, label: str) -> Calendar:
    content: object = TypeAdapter(Calendar).dump_python(calendar, mode="json")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return replace(calendar, edition=f"{label}-{digest[:_EDITION_LENGTH]}")

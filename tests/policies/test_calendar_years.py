"""Business time over whole years against a slow and plain reference: every minute looked up on the zone's own wall.

The reference knows no offsets and no spans in UTC. It walks through three years minute by minute, asks `zoneinfo` what
the wall shows, and opens and closes the desk at the first minute at which the wall has come to the time. Zones with
summer time, one whose clocks move by half an hour, one whose clocks go back at midnight; holidays by a country's
list with its made-up days; the shop's own made-up and closed days; hours in the very night of the change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Calendar, Span
from policies.calendar_plan import CalendarPlan, ClosedDay, Shift, TeamPlan, Weekday, WorkedDay
from policies.expand_calendar import expand_calendar

YEAR = 2026
YEARS = 3
FIRST = datetime(YEAR - 1, 1, 2, tzinfo=UTC)
MINUTES = (datetime(YEAR - 2 + YEARS, 12, 30, tzinfo=UTC) - FIRST) // timedelta(minutes=1)
MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  what a wall shows has no zone

WORKWEEK = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
SHOE_STORE = Shift(WORKWEEK, (Span(9 * 60, 11 * 60 + 30), Span(12 * 60 + 30, 18 * 60 + 30)), "S")
EVENINGS = Shift(WORKWEEK, (Span(10 * 60, 14 * 60), Span(17 * 60 + 30, 23 * 60)), "T")
NIGHTS = Shift((Weekday.SATURDAY, Weekday.SUNDAY), (Span(0, 90), Span(135, 240), Span(23 * 60, 24 * 60)), "O")
"""Open in the hours in which clocks are set forward and back; 02:15 comes twice or not at all."""
MIDNIGHTS = Shift((Weekday.THURSDAY, Weekday.FRIDAY), (Span(0, 60), Span(23 * 60 + 30, 24 * 60)), "O")
"""In Cairo clocks go back at midnight: Thursday's last hour comes twice before Friday begins."""

EXCEPTIONS = (ClosedDay(date(2026, 7, 1), "the office moves"), ClosedDay(date(2027, 3, 28), "a rest"))
MADE_UP = (
    WorkedDay(date(2026, 2, 14), "made up"),
    WorkedDay(date(2026, 12, 25), "on call", (Span(600, 660), Span(1000, 1010))),
    WorkedDay(date(2026, 10, 25), "through the change of clocks", (Span(60, 400),)),
)
PLANS = {
    "berlin": CalendarPlan("Europe/Berlin", "DE", "O", {"early": SHOE_STORE, "night": NIGHTS}, EXCEPTIONS, MADE_UP),
    "new_york": CalendarPlan("America/New_York", "US", "O", {"evening": EVENINGS, "night": NIGHTS}, (), MADE_UP),
    "lord_howe": CalendarPlan("Australia/Lord_Howe", "AU", "O", {"early": SHOE_STORE, "night": NIGHTS}, EXCEPTIONS),
    "cairo": CalendarPlan("Africa/Cairo", "CN", "O", {"evening": EVENINGS, "midnight": MIDNIGHTS}, EXCEPTIONS),
}
TEAM = TeamPlan("S", {"night": NIGHTS}, zone="America/New_York", public_holidays=None)


@dataclass(frozen=True)
class Reference:
    """`opened[m]` says how many of the first m minutes since `FIRST` the desk was open."""

    opened: list[int]

    def is_open(self, minute: int) -> bool:
        return self.opened[minute + 1] > self.opened[minute]

    def between(self, earlier: int, later: int) -> int:
        return self.opened[later] - self.opened[earlier]

    def after(self, start: int, minutes: int) -> int:
        """The first minute by whose beginning the desk was open for so many minutes since `start`."""
        return bisect_left(self.opened, self.opened[start] + minutes, lo=start)


@cache
def wall(zone: str) -> list[int]:
    """The latest that the wall has shown by each minute, in minutes since 1970: it goes back once a year, time not."""
    clock = ZoneInfo(zone)
    shown = ((FIRST + minute * MINUTE).astimezone(clock).replace(tzinfo=None) for minute in range(MINUTES))
    return list(accumulate(((at - EPOCH) // MINUTE for at in shown), max))


def hours_of(plan: CalendarPlan) -> Iterator[tuple[date, Span]]:
    """Every span of every date, by the rules as a person would read them: each date by itself, no merging."""
    country = plan.public_holidays
    days_off = holidays.country_holidays(country, years=range(YEAR - 1, YEAR + 3)) if country else {}
    made_up = getattr(days_off, "weekend_workdays", ())
    closed, worked = {day.on for day in plan.closed}, {day.on: day.spans for day in plan.worked}
    for ordinal in range(FIRST.date().toordinal() - 2, FIRST.date().toordinal() + MINUTES // 1440 + 2):
        day = date.fromordinal(ordinal)
        weekday = list(Weekday)[day.weekday()]
        if day in worked or (day in made_up and day not in closed):
            if (given := worked.get(day)) is not None:
                yield from ((day, span) for span in given)
                continue
            weekday = Weekday.MONDAY
        elif day in closed or day in days_off:
            continue
        for shift in plan.shifts.values():
            yield from ((day, span) for span in shift.spans if weekday in shift.days)


@cache
def reference(name: str) -> Reference:
    plan = PLANS[name] if name in PLANS else team_plan()
    shown = wall(plan.zone)
    is_open = bytearray(MINUTES)
    for day, span in hours_of(plan):
        midnight = (datetime(day.year, day.month, day.day) - EPOCH) // MINUTE  # noqa: DTZ001  a wall's midnight
        opens, closes = bisect_left(shown, midnight + span.opens), bisect_left(shown, midnight + span.closes)
        is_open[opens:closes] = b"\1" * (closes - opens)
    return Reference([0, *accumulate(is_open)])


def team_plan() -> CalendarPlan:
    berlin = PLANS["berlin"]
    return CalendarPlan(
        berlin.zone, berlin.public_holidays, "O", berlin.shifts, berlin.closed, berlin.worked, {"night": TEAM}
    ).of_team("night")


@cache
def calendar(name: str) -> Calendar:
    return expand_calendar(PLANS[name] if name in PLANS else team_plan(), YEAR)


def instant(minute: int) -> datetime:
    return FIRST + minute * MINUTE


NAMES = [*PLANS, "a team in another zone"]
STARTS = st.integers(0, MINUTES - 90 * 1440)
LENGTHS = st.integers(1, 60 * 24 * 3)


def near_a_change(name: str) -> st.SearchStrategy[int]:
    """Minutes within a day of one of the zone's changes of clocks, where mistakes live."""
    changes = [(since - FIRST) // MINUTE for since, _ in calendar(name).offsets[1:]]
    inside = [change for change in changes if 1440 <= change <= MINUTES - 90 * 1440]
    if not inside:
        return STARTS
    return st.tuples(st.sampled_from(inside), st.integers(-1440, 1440)).map(sum)


@pytest.mark.parametrize("name", NAMES)
def test_the_door_is_open_at_every_minute_of_three_years_as_the_wall_says(name: str):
    desk, told = calendar(name), reference(name)
    spans = [  # the desk's own spans, walked beside the minutes: asking is_open 1.5 million times would take minutes
        ((opens - FIRST) // MINUTE, (closes - FIRST) // MINUTE)
        for opens, closes in desk._open_times(date(YEAR - 2, 12, 31), date(YEAR - 1 + YEARS, 1, 2))
    ]
    is_open = bytearray(MINUTES)
    for opens, closes in spans:
        first, last = max(opens, 0), max(min(closes, MINUTES), 0)
        is_open[first:last] = b"\1" * max(0, last - first)
    assert [0, *accumulate(is_open)] == told.opened


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_open_or_not_at_any_minute(name: str, data: st.DataObject):
    minute = data.draw(STARTS | near_a_change(name))
    assert calendar(name).is_open(instant(minute)) == reference(name).is_open(minute)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_business_deadlines_agree_with_counting_minutes(name: str, data: st.DataObject):
    start, length = data.draw(STARTS | near_a_change(name)), data.draw(LENGTHS)
    due = calendar(name).add_business(instant(start), length * MINUTE)
    assert (due - FIRST) / MINUTE == reference(name).after(start, length)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_business_time_between_two_instants_agrees_with_counting_minutes_both_ways(name: str, data: st.DataObject):
    earlier = data.draw(STARTS | near_a_change(name))
    later = earlier + data.draw(st.integers(0, 80 * 1440))
    counted = reference(name).between(earlier, later)
    assert calendar(name).business_between(instant(earlier), instant(later)) == counted * MINUTE
    assert calendar(name).business_between(instant(later), instant(earlier)) == -counted * MINUTE


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_who_is_on_duty_agrees_with_the_shifts_of_the_day(name: str, data: st.DataObject):
    minute = data.draw(STARTS | near_a_change(name))
    plan = PLANS[name] if name in PLANS else team_plan()
    on_duty = calendar(name).on_duty(instant(minute))
    assert set(on_duty) <= plan.shifts.keys()
    local = instant(minute).astimezone(ZoneInfo(plan.zone))
    given = {day.on: day.spans for day in plan.worked}.get(local.date())
    if given is None:  # hours of a day of its own belong to nobody's shift
        assert bool(on_duty) == reference(name).is_open(minute)


@pytest.mark.parametrize("name", ["berlin", "new_york", "lord_howe"])
def test_the_years_hold_changes_of_clocks_holidays_and_hours_in_the_night_of_the_change(name: str):
    offsets = [seconds for _, seconds in calendar(name).offsets]
    moved = {abs(later - earlier) for earlier, later in pairwise(offsets)}
    assert moved == ({1800} if name == "lord_howe" else {3600})
    changes = [(since - FIRST) // MINUTE for since, _ in calendar(name).offsets[1:] if since > FIRST]
    inside = [change for change in changes if change < MINUTES]
    assert len(inside) == 2 * YEARS
    told = reference(name)
    assert any(told.is_open(change - 60) or told.is_open(change + 60) for change in inside)
    assert calendar(name).closed_dates

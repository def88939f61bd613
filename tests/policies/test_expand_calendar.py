"""A shop's hours made explicit agree with the state's list, the zone's own clock and the shop's exceptions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import Span
from policies.calendar_plan import CalendarPlan, ClosedDay, Shift, Weekday, WorkedDay
from policies.expand_calendar import DeskNeverOpens, expand_calendar
from policies.loader import default_policy_text, publishable, read_policy
from policies.refused import PolicyRefused

WORKWEEK = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
MORNING = Shift(WORKWEEK, (Span(540, 720),), "S")
CHINA = CalendarPlan("Asia/Shanghai", "CN", "O", {"morning": MORNING})


def beijing(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_spring_festival_of_2026_is_as_the_state_council_published_it():
    calendar = expand_calendar(CHINA, 2026)
    festival = [date(2026, 2, 13) + timedelta(days=count) for count in range(17)]  # Friday 13 February to 1 March
    worked = {day.day for day in festival if day.month == 2 and calendar.is_open(beijing(day, 10))}
    assert worked == {13, 14, 24, 25, 26, 27, 28}


def test_the_default_desk_is_open_as_the_union_of_its_shifts():
    plan = read_policy(default_policy_text()).calendar
    assert expand_calendar(plan, 2026).spans_on(date(2026, 3, 2)) == (Span(540, 690), Span(750, 1410))


def test_the_shops_own_days_win_over_the_countrys():
    plan = replace(
        CHINA,
        closed=(ClosedDay(date(2026, 2, 14), "the office moves"), ClosedDay(date(2026, 3, 3), "the office moves")),
        worked=(WorkedDay(date(2026, 2, 17), "on call"), WorkedDay(date(2026, 2, 18), "on call", (Span(600, 660),))),
    )
    calendar = expand_calendar(plan, 2026)
    assert calendar.spans_on(date(2026, 2, 14)) == ()
    assert calendar.spans_on(date(2026, 3, 3)) == ()
    assert calendar.spans_on(date(2026, 2, 17)) == (Span(540, 720),)
    assert calendar.spans_on(date(2026, 2, 18)) == (Span(600, 660),)


def test_a_shop_that_works_through_holidays_closes_on_none():
    calendar = expand_calendar(replace(CHINA, public_holidays=None), 2026)
    assert (calendar.closed_dates, calendar.working_dates) == ((), ())


@pytest.mark.parametrize(
    "zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)
def test_local_dates_and_opening_instants_agree_with_the_zones_own_clock_all_year(zone):
    clock = ZoneInfo(zone)
    plan = CalendarPlan(zone, None, "O", {"all week": Shift(tuple(Weekday), (Span(540, 720),), "S")})
    calendar = expand_calendar(plan, 2026)
    for count in range(365 * 2):
        opens = datetime(2026, 1, 1, 9, tzinfo=clock) + timedelta(days=count)  # wall time: always nine o'clock
        instant = opens.astimezone(UTC)
        assert calendar.is_open(instant)
        assert not calendar.is_open(instant - timedelta(microseconds=1))
        assert calendar.business_between(instant, instant + timedelta(hours=20)) == timedelta(hours=3)


def test_offsets_change_at_the_very_second_that_the_zone_changes():
    calendar = expand_calendar(replace(CHINA, zone="Europe/Berlin", public_holidays="DE"), 2026)
    changes = [since for since, _ in calendar.offsets[1:] if since.year == 2026]
    assert changes == [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
    assert all(one != other for (_, one), (_, other) in pairwise(calendar.offsets))


def test_the_edition_names_the_content():
    edition = expand_calendar(CHINA, 2026).edition
    assert expand_calendar(CHINA, 2026).edition == edition
    assert expand_calendar(replace(CHINA, closed=(ClosedDay(date(2026, 3, 3), "move"),)), 2026).edition != edition


def test_a_desk_that_rests_for_more_than_four_hundred_days_in_a_row_is_refused():
    rest = tuple(ClosedDay(date(2026, 3, 2) + timedelta(days=count), "pause") for count in range(420))
    with pytest.raises(DeskNeverOpens):
        expand_calendar(replace(CHINA, closed=rest), 2026)


def test_publishing_such_a_rest_names_the_cell():
    days = ", ".join(f'{{ on = {date(2026, 3, 2) + timedelta(days=n)}, why = "pause" }}' for n in range(420))
    with pytest.raises(PolicyRefused) as no:
        publishable(default_policy_text().replace("closed = []", f"closed = [{days}]"), 2026)
    assert [fault.cell for fault in no.value.faults] == ["calendar.closed"]

"""Quiet hours on the shop's clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.quiet import Quiet, QuietHours, TimeOfDay, Way, quiet_for
from tests import builders as b

SHANGHAI = b.policy().calendar
NIGHT = QuietHours(
    TimeOfDay(21 * 60), TimeOfDay(8 * 60), (Way.GATEWAY, Way.PERSON), ("acknowledged", "promise_broken"), "O"
)
LUNCH = replace(NIGHT, begins=TimeOfDay(12 * 60), ends=TimeOfDay(13 * 60 + 30))


def berlin(summer_from: datetime, winter_from: datetime) -> Calendar:
    offsets = ((datetime(2026, 1, 1, tzinfo=UTC), 3600), (summer_from, 7200), (winter_from, 3600))
    return replace(SHANGHAI, offsets=offsets)


BERLIN = berlin(datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))


def china(text: str) -> datetime:
    """An instant by the clock of Shanghai."""
    return (datetime.fromisoformat(text) - timedelta(hours=8)).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-03T20:59:59.999999", None),
        ("2026-03-03T21:00", "2026-03-04T08:00"),
        ("2026-03-03T23:59:59", "2026-03-04T08:00"),
        ("2026-03-04T00:00", "2026-03-04T08:00"),
        ("2026-03-04T07:59:59", "2026-03-04T08:00"),
        ("2026-03-04T08:00", None),
        ("2026-12-31T22:00", "2027-01-01T08:00"),
    ],
)
def test_the_night_runs_from_evening_to_morning_on_the_shops_clock(at: str, until: str | None) -> None:
    assert NIGHT.until(SHANGHAI, china(at)) == (china(until) if until else None)


@pytest.mark.parametrize(
    ("at", "until"),
    [("2026-03-03T11:59", None), ("2026-03-03T12:00", "2026-03-03T13:30"), ("2026-03-03T13:30", None)],
)
def test_quiet_hours_may_lie_within_a_day(at: str, until: str | None) -> None:
    assert LUNCH.until(SHANGHAI, china(at)) == (china(until) if until else None)


def test_a_change_of_clocks_in_the_night_moves_the_morning_with_it() -> None:
    before_summer = datetime(2026, 3, 28, 21, tzinfo=UTC)  # 22:00
    assert NIGHT.until(BERLIN, before_summer) == datetime(2026, 3, 29, 6, tzinfo=UTC)
    before_winter = datetime(2026, 10, 24, 20, tzinfo=UTC)  # 22:00
    assert NIGHT.until(BERLIN, before_winter) == datetime(2026, 10, 25, 7, tzinfo=UTC)


@given(st.integers(0, 363 * 24 * 3600), st.sampled_from((SHANGHAI, BERLIN)))
def test_quiet_hours_end_within_a_day_and_are_over_then(seconds: int, calendar: Calendar) -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
    for hours in (NIGHT, LUNCH):
        until = hours.until(calendar, at)
        begins = hours.next_begin(calendar, at)
        assert at < begins <= at + timedelta(hours=25)
        assert hours.until(calendar, begins) is not None
        if until is not None:
            assert at < until < begins
            assert hours.until(calendar, until) is None


def test_exempt_kinds_and_a_policy_without_quiet_hours_are_never_quiet() -> None:
    midnight = china("2026-03-04T00:00")
    quiet = Quiet((Way.GATEWAY, Way.PERSON), china("2026-03-04T08:00"), china("2026-03-04T21:00"))
    assert quiet_for(NIGHT, SHANGHAI, "proposal", midnight) == quiet
    assert quiet_for(NIGHT, SHANGHAI, "acknowledged", midnight) is None
    assert quiet_for(replace(NIGHT, ways=()), SHANGHAI, "proposal", midnight) is None
    assert quiet_for(None, SHANGHAI, "proposal", midnight) is None
    by_day = quiet_for(NIGHT, SHANGHAI, "proposal", china("2026-03-04T12:00"))
    assert by_day is not None
    assert by_day.until is None


def test_an_instant_needs_its_timezone() -> None:
    with pytest.raises(ValueError, match="timezone"):
        NIGHT.until(SHANGHAI, datetime(2026, 3, 3, 22))  # noqa: DTZ001  that is what is tried


def test_the_default_policy_is_quiet_from_nine_to_eight() -> None:
    assert b.policy().policy.quiet == NIGHT
    assert (str(NIGHT.begins), str(NIGHT.ends)) == ("21:00", "08:00")

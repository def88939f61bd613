"""When parcels are checked: the same times of every day, through summer time; planned = made + missed, always [S]."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.calendar import minute_of_day
from domain.complaint.problems import Problem
from domain.complaint.state import Complaint
from domain.complaint.watching.plan import planned_after, planned_between
from domain.complaint.watching.state import ParcelState
from policies.loader import default_policy_text, publishable
from tests import builders as b
from tests.domain.desk import Desk, desk
from tests.domain.provoked_by_promises import look

DEFAULT = ("09:00", "16:00")
ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
)


@cache
def case(zone: str, times: tuple[str, ...] = DEFAULT) -> Complaint:
    """A late parcel of a shop in that zone, checked at those times."""
    listed = ", ".join(f'"{time}"' for time in times)
    text = default_policy_text().replace('"Asia/Shanghai"', f'"{zone}"').replace('"09:00", "16:00"', listed)
    return b.complaint(problem=Problem.LATE_DELIVERY, pinned=publishable(text, 2026))


def in_zone(zone: str, *local: int) -> datetime:
    return datetime(*local, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize("zone", ZONES)
def test_a_check_is_at_nine_and_four_by_the_wall_on_every_day_of_the_year(zone: str):
    start = in_zone(zone, 2026, 1, 1, 0, 0)
    checks = list(islice(planned_after(case(zone), start), 2 * 365))
    local = [check.astimezone(ZoneInfo(zone)) for check in checks]
    assert [(at.date() - date(2026, 1, 1)).days for at in local] == [day for day in range(365) for _time in range(2)]
    assert {(at.hour, at.minute) for at in local} == {(9, 0), (16, 0)}
    assert all(earlier < later for earlier, later in pairwise(checks))


@pytest.mark.parametrize(
    ("times", "day", "expected"),
    [
        (("02:30",), (2026, 3, 29), [(3, 0)]),  # skipped: the instant of the change
        (("02:15", "02:45"), (2026, 3, 29), [(3, 0)]),  # two that fall on it are one check
        (("02:30",), (2026, 10, 25), [(2, 30)]),  # comes twice: the first time
        (("02:30", "03:00"), (2026, 10, 25), [(2, 30), (3, 0)]),
    ],
)
def test_where_clocks_change_a_check_falls_once(times: tuple[str, ...], day: tuple[int, int, int], expected):
    zone = "Europe/Berlin"
    first, last = in_zone(zone, *day, 0, 0), in_zone(zone, *day, 23, 59)
    found = [check.astimezone(ZoneInfo(zone)) for check in planned_between(case(zone, times), first, last)]
    assert [(at.hour, at.minute) for at in found] == expected
    assert all(at.fold == 0 for at in found)


def test_the_instant_itself_is_a_check_that_is_due_and_after_it_the_next_one_is():
    nine = in_zone("Asia/Shanghai", 2026, 3, 4, 9, 0)
    assert planned_between(case("Asia/Shanghai"), nine - timedelta(seconds=1), nine) == (nine,)
    assert planned_between(case("Asia/Shanghai"), nine, nine) == ()
    assert next(planned_after(case("Asia/Shanghai"), nine)) == in_zone("Asia/Shanghai", 2026, 3, 4, 16, 0)


def slow(case: Complaint, zone: str, after: datetime, until: datetime) -> list[datetime]:
    """The planned checks, found by looking at every minute of the wall clock."""
    found: list[datetime] = []
    times = set(case.pinned.policy.parcel_checks.value)
    at = after.replace(second=0, microsecond=0)
    while at <= until:
        local = at.astimezone(ZoneInfo(zone))
        if f"{local:%H:%M}" in times and local.fold == 0 and after < at:
            found.append(at)
        at += timedelta(minutes=1)
    return found


@settings(max_examples=25, deadline=None)
@given(
    zone=st.sampled_from(("Europe/Berlin", "America/New_York")),
    start=st.integers(0, 364 * 24 * 60),
    hours=st.integers(0, 80),
)
def test_the_plan_is_what_a_wall_clock_shows(zone: str, start: int, hours: int):
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    until = after + timedelta(hours=hours)
    assert list(planned_between(case(zone), after, until)) == slow(case(zone), zone, after, until)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(gaps=st.lists(st.integers(0, 60 * 24 * 6), min_size=1, max_size=12), zone=st.sampled_from(ZONES))
def test_planned_checks_are_made_or_missed_and_never_both(gaps: list[int], zone: str):
    d = Desk(case(zone))
    for minutes in gaps:
        d.wait(timedelta(minutes=minutes))
        d.take(look(ParcelState.MOVING))
    (parcel,) = d.complaint.parcels
    planned = planned_between(d.complaint, parcel.since, d.now)
    made = [check.planned for check in parcel.checks if check.planned is not None]
    missed = [planned.at for check in parcel.checks for planned in check.missed_checks]
    assert len(planned) == len(made) + sum(check.missed for check in parcel.checks)
    assert sorted(made + missed) == list(planned)
    assert all(check.planned is None or check.planned <= check.at for check in parcel.checks)


def test_a_time_of_day_is_read_exactly():
    assert minute_of_day("00:00") == 0
    assert minute_of_day("16:05") == 965
    for wrong in ("24:00", "9:00", "09:60", "0900", "09:00 ", "٠٩:٠٠", ""):
        assert minute_of_day(wrong) is None


def test_a_watch_begins_with_the_receipt_so_that_a_late_entry_shows_what_was_missed():
    d = desk(problem=Problem.LATE_DELIVERY, received_at=b.START - timedelta(days=1))
    d.take(look(ParcelState.MOVING))
    (check,) = d.complaint.parcels[0].checks
    assert (check.missed, check.planned) == (1, in_zone("Asia/Shanghai", 2026, 3, 3, 9, 0))

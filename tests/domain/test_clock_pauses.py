"""A clock that stands still: its ledger adds up by hand, and what is planned keeps its place in what counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar, Span
from domain.clock import (
    NO_TIME,
    Clock,
    ClockRule,
    Escalation,
    FactOutOfTurn,
    Hours,
    PauseCause,
    after_fact,
    late_by,
    next_instant,
    on_time,
    passed,
    start,
    start_until,
    stop,
)
from domain.clock_pauses import Segment, elapsed, in_step, ledger
from domain.people import Role

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)  # a Friday
OFFICE = Calendar(
    ((Span(540, 690), Span(750, 1020)),) * 5 + ((),) * 2, (), (), ((datetime(2025, 1, 1, tzinfo=UTC), 0),), "office"
)
CUSTOMER, COURIER, OTHER = PauseCause.CUSTOMER, PauseCause.COURIER, PauseCause.ANOTHER_DESK
NOBODY = frozenset[PauseCause]()


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


UP = (Escalation(hours(0), Role.SUPERVISOR), Escalation(hours(4), Role.CENTRE_MANAGER))
WALL = ClockRule(hours(72), Hours.WALL, (0.5,), (hours(24),), Role.AGENT, "O", UP, (CUSTOMER, COURIER))
BUSINESS = replace(WALL, after=hours(8), hours=Hours.BUSINESS, reminders=(hours(1),))


def waits(clock: Clock, at: datetime, *causes: PauseCause) -> Clock:
    return in_step(clock, OFFICE, frozenset(causes), at)


def test_a_pause_moves_everything_that_is_still_planned_by_its_length():
    clock = start("x", WALL, OFFICE, NOON)
    paused = waits(clock, NOON + hours(10), CUSTOMER)
    assert paused.paused_for is CUSTOMER
    assert next_instant(paused) is None
    assert passed(paused, NOON + hours(1000)) == ()
    on = waits(paused, NOON + hours(15))
    assert on.paused_for is None
    assert on.due_at == NOON + hours(77)
    assert on.reminders == (NOON + hours(29),)
    assert on.warnings == (NOON + hours(41),)
    assert [level.at for level in on.escalations] == [NOON + hours(77), NOON + hours(81)]
    assert ledger(on, OFFICE, NOON + hours(20)) == (
        Segment(NOON, NOON + hours(10), None, hours(10)),
        Segment(NOON + hours(10), NOON + hours(15), CUSTOMER, NO_TIME),
        Segment(NOON + hours(15), None, None, hours(5)),
    )
    assert elapsed(on, OFFICE, NOON + hours(20)) == hours(15)


def test_a_business_clock_has_as_much_office_time_left_as_when_it_stopped():
    clock = start(
        "x", replace(BUSINESS, reminders=()), OFFICE, at(6, 9)
    )  # 2.5 hours till the break, 4.5 after it, one hour on Monday
    assert clock.due_at == at(9, 10)
    paused = waits(clock, at(6, 11), CUSTOMER)  # two hours used, six left
    on = waits(paused, at(7, 15))  # on Saturday, when the desk rests
    assert on.due_at == at(9, 16)
    assert [stretch.counted for stretch in ledger(on, OFFICE, at(9, 9, 30))] == [hours(2), NO_TIME, hours(0.5)]


def test_what_was_noted_before_the_pause_stays_where_it_was():
    clock = start("x", WALL, OFFICE, NOON)
    (reminder,) = passed(clock, NOON + hours(24))
    clock = after_fact(clock, reminder, NOON + hours(24))
    on = waits(waits(clock, NOON + hours(30), CUSTOMER), NOON + hours(40))
    assert on.reminders == (NOON + hours(24),)
    assert on.warnings == (NOON + hours(46),)


def test_a_clock_stands_still_for_no_cause_that_its_row_does_not_list():
    clock = start("x", WALL, OFFICE, NOON)
    assert waits(clock, NOON + hours(1), OTHER) == clock
    deaf = start("x", replace(WALL, pauses=()), OFFICE, NOON)
    assert waits(deaf, NOON + hours(1), *PauseCause) == deaf


def test_a_pause_lasts_as_long_as_its_own_cause_and_another_one_follows_without_a_gap():
    clock = waits(start("x", WALL, OFFICE, NOON), NOON + hours(1), COURIER)
    both = waits(clock, NOON + hours(2), COURIER, CUSTOMER)
    assert both == clock
    changed = waits(both, NOON + hours(3), CUSTOMER)
    assert changed.paused_for is CUSTOMER
    on = waits(changed, NOON + hours(7))
    assert on.due_at == NOON + hours(78)
    assert [(s.cause, s.until) for s in ledger(on, OFFICE)] == [
        (None, NOON + hours(1)),
        (COURIER, NOON + hours(3)),
        (CUSTOMER, NOON + hours(7)),
        (None, None),
    ]


def test_of_several_causes_the_one_counts_that_the_row_lists_first():
    assert waits(start("x", WALL, OFFICE, NOON), NOON + hours(1), COURIER, CUSTOMER).paused_for is CUSTOMER


def test_a_pause_that_lasted_no_time_leaves_no_trace():
    clock = start("x", WALL, OFFICE, NOON)
    assert waits(waits(clock, NOON + hours(1), CUSTOMER), NOON + hours(1)) == clock
    assert stop(waits(clock, NOON + hours(1), CUSTOMER), NOON + hours(1), "done").pauses == ()


def test_a_clock_that_was_paused_from_its_start_has_used_nothing():
    clock = waits(start("x", WALL, OFFICE, NOON), NOON, CUSTOMER)
    assert ledger(clock, OFFICE, NOON + hours(9)) == (Segment(NOON, None, CUSTOMER, NO_TIME),)
    assert elapsed(clock, OFFICE, NOON + hours(9)) == NO_TIME


def test_a_broken_promise_is_not_mended_by_waiting_and_its_line_up_goes_on():
    clock = start("x", WALL, OFFICE, NOON)
    due = NOON + hours(72)
    assert waits(clock, due, CUSTOMER) == clock, "first it says that it is due"
    for fact in passed(clock, due):
        clock = after_fact(clock, fact, due)
    assert waits(clock, due + hours(1), CUSTOMER) == clock
    assert next_instant(clock) == due + hours(4)


def test_what_is_owed_is_said_before_the_clock_is_paused():
    clock = start("x", WALL, OFFICE, NOON)
    late = NOON + hours(25)
    assert waits(clock, late, CUSTOMER).paused_for is None
    (reminder,) = passed(clock, late)
    assert waits(after_fact(clock, reminder, late), late, CUSTOMER).paused_for is CUSTOMER


def test_a_paused_clock_waits_for_no_fact():
    clock = start("x", WALL, OFFICE, NOON)
    (reminder,) = passed(clock, NOON + hours(24))
    with pytest.raises(FactOutOfTurn):
        after_fact(waits(clock, NOON + hours(1), CUSTOMER), reminder, NOON + hours(24))


def test_a_clock_that_ends_while_it_stands_still_was_on_time_however_long_it_stood():
    clock = stop(waits(start("x", WALL, OFFICE, NOON), NOON + hours(10), CUSTOMER), NOON + hours(900), "answered")
    assert on_time(clock)
    assert late_by(clock) == NO_TIME
    assert clock.paused_for is None
    assert [(s.cause, s.counted) for s in ledger(clock, OFFICE)] == [(None, hours(10)), (CUSTOMER, NO_TIME)]
    assert waits(clock, NOON + hours(901), COURIER) == clock


def test_a_clock_that_stands_still_is_not_late():
    clock = waits(start("x", WALL, OFFICE, NOON), NOON + hours(10), CUSTOMER)
    assert on_time(clock, NOON + hours(900))


def test_a_clock_that_was_given_until_a_closed_instant_is_not_due_earlier_after_a_pause():
    until = at(8, 12)  # a Sunday
    clock = start_until("x", BUSINESS, OFFICE, at(6, 16), until)
    on = waits(waits(clock, at(7, 10), CUSTOMER), at(7, 11))
    assert on.due_at == until


# -- laws ------------------------------------------------------------------------------------------------------

MINUTES = st.integers(0, 12 * 24 * 60)
CAUSES = st.sets(st.sampled_from(PauseCause)).map(frozenset)
TURNS = st.lists(st.tuples(MINUTES, CAUSES), max_size=12).map(lambda turns: sorted(turns, key=lambda turn: turn[0]))
RULES = st.sampled_from((WALL, BUSINESS, replace(WALL, pauses=(OTHER,)), replace(BUSINESS, pauses=(CUSTOMER,))))


def live(clock: Clock, turns: list[tuple[int, frozenset[PauseCause]]]) -> tuple[list[Clock], datetime]:
    """The clock after each turn: time owes first, then the causes change; and the instant of the last turn."""
    lived, now = [clock], clock.started_at
    for minute, causes in turns:
        now = clock.started_at + timedelta(minutes=minute)
        for fact in passed(clock, now):
            clock = after_fact(clock, fact, now)
        clock = in_step(clock, OFFICE, causes, now)
        lived.append(clock)
    return lived, now


@given(RULES, TURNS, MINUTES)
def test_the_ledger_has_no_gaps_and_its_running_stretches_add_up_to_the_time_used(rule, turns, later):
    lived, now = live(start("x", rule, OFFICE, NOON), turns)
    now += timedelta(minutes=later)
    stretches = ledger(lived[-1], OFFICE, now)
    assert stretches[0].since == NOON
    assert stretches[-1].until is None
    assert all(before.until == after.since for before, after in pairwise(stretches))
    assert all(stretch.since < (stretch.until or now + hours(1)) for stretch in stretches)
    by_hand = NO_TIME
    for stretch in stretches:
        ends = stretch.until or now
        in_office = rule.hours is Hours.BUSINESS
        ran = OFFICE.business_between(stretch.since, ends) if in_office else ends - stretch.since
        assert stretch.counted == (ran if stretch.cause is None else NO_TIME)
        by_hand += ran if stretch.cause is None else NO_TIME
    assert elapsed(lived[-1], OFFICE, now) == by_hand


@given(RULES, TURNS)
def test_a_running_clock_is_due_exactly_when_its_budget_is_used_up(rule, turns):
    clock = live(start("x", rule, OFFICE, NOON), turns)[0][-1]
    if clock.paused_for is None:
        assert elapsed(clock, OFFICE, clock.due_at) == clock.budget
        assert elapsed(clock, OFFICE, clock.due_at - timedelta(microseconds=1)) < clock.budget


@given(RULES, TURNS)
def test_every_instant_still_planned_keeps_its_place_in_the_time_that_counts(rule, turns):
    clock = live(start("x", rule, OFFICE, NOON), turns)[0][-1]
    if clock.paused_for is None and clock.breached_at is None:
        assert clock.warned or elapsed(clock, OFFICE, clock.warnings[0]) == rule.after * 0.5
        assert clock.reminded or elapsed(clock, OFFICE, clock.reminders[0]) == rule.reminders[0]
        assert elapsed(clock, OFFICE, clock.escalations[1].at) == rule.after + hours(4)


@given(RULES, TURNS)
def test_pausing_never_makes_a_clock_due_earlier(rule, turns):
    lived, _ = live(start("x", rule, OFFICE, NOON), turns)
    assert all(before.due_at <= after.due_at for before, after in pairwise(lived))
    for before, after in pairwise(lived):
        assert all(b.at <= a.at for b, a in zip(before.escalations, after.escalations, strict=True))


@given(RULES, TURNS)
def test_a_breached_clock_stays_breached_and_never_moves_again(rule, turns):
    lived, _ = live(start("x", rule, OFFICE, NOON), turns)
    for before, after in pairwise(lived):
        if before.breached_at is not None:
            assert (after.breached_at, after.due_at, after.pauses) == (before.breached_at, before.due_at, before.pauses)
            assert after.paused_for is None


@given(RULES, TURNS)
def test_a_clock_stands_still_exactly_while_a_listed_cause_holds_or_has_been_due(rule, turns):
    clock = start("x", rule, OFFICE, NOON)
    for minute, causes in turns:
        now = NOON + timedelta(minutes=minute)
        for fact in passed(clock, now):
            clock = after_fact(clock, fact, now)
        clock = in_step(clock, OFFICE, causes, now)
        assert (clock.paused_for is not None) == (clock.breached_at is None and bool(causes & set(rule.pauses)))


@given(RULES, TURNS, MINUTES)
def test_late_is_who_used_more_than_the_budget(rule, turns, later):
    lived, now = live(start("x", rule, OFFICE, NOON), turns)
    clock = stop(lived[-1], now + timedelta(minutes=later), "done")
    used = elapsed(clock, OFFICE, now)
    assert on_time(clock) == (used < clock.budget or (used == clock.budget and clock.ended_at <= clock.due_at))  # type: ignore[operator]

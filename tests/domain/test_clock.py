"""Service clocks: what is due when, in which order, and whether the promise was kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar, Span
from domain.clock import (
    BreachDue,
    Clock,
    ClockRule,
    Escalation,
    EscalationDue,
    FactOutOfTurn,
    Hours,
    Level,
    ReminderDue,
    WarningDue,
    after_fact,
    late_by,
    next_instant,
    on_time,
    passed,
    start,
    start_until,
    stop,
)
from domain.people import Role

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)  # a Friday
OFFICE = Calendar(((Span(540, 1020),),) * 5 + ((),) * 2, (), (), ((datetime(2025, 1, 1, tzinfo=UTC), 0),), "office")


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


EVIDENCE = ClockRule(hours(72), Hours.WALL, (0.75,), (hours(24), hours(48)), Role.AGENT, "F,O")


def evidence_clock() -> Clock:
    return start("evidence", EVIDENCE, OFFICE, NOON)


def test_a_wall_clock_runs_through_the_weekend():
    clock = evidence_clock()
    assert clock.due_at == NOON + hours(72)
    assert clock.warnings == (NOON + hours(54),)
    assert clock.reminders == (NOON + hours(24), NOON + hours(48))


def test_a_business_clock_rests_with_the_desk_and_so_do_its_warning_and_reminders():
    rule = replace(EVIDENCE, hours=Hours.BUSINESS, after=hours(8), reminders=(hours(4),))
    clock = start("judgement", rule, OFFICE, NOON)
    assert clock.due_at == datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert clock.warnings == (datetime(2026, 3, 9, 10, tzinfo=UTC),)
    assert clock.reminders == (datetime(2026, 3, 6, 16, tzinfo=UTC),)


def test_a_start_in_another_zone_is_kept_as_utc():
    beijing = NOON.astimezone(ZoneInfo("Asia/Shanghai"))
    clock = start("evidence", EVIDENCE, OFFICE, beijing)
    assert clock == evidence_clock()
    assert clock.started_at.utcoffset() == timedelta(0)


def test_facts_come_due_one_after_the_other_each_with_its_own_instant():
    clock = evidence_clock()
    told = []
    while (at := next_instant(clock)) is not None:
        for fact in passed(clock, at):
            told.append(fact)
            clock = after_fact(clock, fact, at)
    assert told == [
        ReminderDue(NOON + hours(24), 1),
        ReminderDue(NOON + hours(48), 2),
        WarningDue(NOON + hours(54)),
        BreachDue(NOON + hours(72)),
        EscalationDue(NOON + hours(72), 1, Role.SUPERVISOR),
    ]
    assert (clock.reminded, clock.warned_at, clock.breached_at) == (2, NOON + hours(54), NOON + hours(72))
    assert clock.escalated == 1


def test_after_an_outage_all_facts_are_told_at_once_in_order_with_the_instants_at_which_they_were_due():
    clock, back = evidence_clock(), NOON + hours(500)
    facts = passed(clock, back)
    assert [fact.at for fact in facts] == [NOON + hours(count) for count in (24, 48, 54, 72, 72)]
    for fact in facts:
        clock = after_fact(clock, fact, back)
    assert clock.breached_at == back
    assert passed(clock, back) == ()
    assert next_instant(clock) is None


def test_a_warning_before_the_first_reminder_is_told_first():
    clock = start("evidence", replace(EVIDENCE, warn_at=(0.25,)), OFFICE, NOON)
    assert passed(clock, NOON + hours(30)) == (WarningDue(NOON + hours(18)), ReminderDue(NOON + hours(24), 1))


def test_at_one_same_instant_the_reminder_comes_before_the_warning():
    clock = start("evidence", replace(EVIDENCE, warn_at=(1 / 3,)), OFFICE, NOON)
    assert [type(fact) for fact in passed(clock, NOON + hours(24))] == [ReminderDue, WarningDue]


def test_nothing_is_due_a_moment_before_its_instant():
    assert passed(evidence_clock(), NOON + hours(24) - timedelta(microseconds=1)) == ()


def test_a_rule_without_warning_and_reminders_knows_its_breach_and_who_hears_of_it_alone():
    clock = start("telling", replace(EVIDENCE, warn_at=(), reminders=()), OFFICE, NOON)
    due = NOON + hours(72)
    assert passed(clock, NOON + hours(100)) == (BreachDue(due), EscalationDue(due, 1, Role.SUPERVISOR))


def test_several_shares_warn_one_after_the_other():
    clock = start("resolution", replace(EVIDENCE, warn_at=(0.5, 0.75), reminders=()), OFFICE, NOON)
    assert clock.warnings == (NOON + hours(36), NOON + hours(54))
    first, second = passed(clock, NOON + hours(60))
    with pytest.raises(FactOutOfTurn):
        after_fact(clock, second, NOON + hours(60))
    clock = after_fact(after_fact(clock, first, NOON + hours(60)), second, NOON + hours(61))
    assert (clock.warned, clock.warned_at) == (2, NOON + hours(61))


UP = (Escalation(hours(0), Role.SUPERVISOR), Escalation(hours(4), Role.CENTRE_MANAGER))


def test_a_breach_goes_up_the_line_in_the_hours_that_the_clock_counts():
    wall = start("x", replace(EVIDENCE, escalation=UP), OFFICE, NOON)
    assert wall.escalations == (
        Level(NOON + hours(72), Role.SUPERVISOR),
        Level(NOON + hours(76), Role.CENTRE_MANAGER),
    )
    rule = replace(EVIDENCE, hours=Hours.BUSINESS, after=hours(4), reminders=(), escalation=UP)
    office = start("x", rule, OFFICE, NOON)  # due on Friday at 16:00; one hour more that day, three on Monday
    assert office.escalations[1] == Level(datetime(2026, 3, 9, 12, tzinfo=UTC), Role.CENTRE_MANAGER)


def test_a_level_is_reached_after_the_breach_and_the_one_before_it_and_once():
    clock = start("x", replace(EVIDENCE, escalation=UP, warn_at=(), reminders=()), OFFICE, NOON)
    late = NOON + hours(80)
    breach, first, second = passed(clock, late)
    for too_early in (first, second):
        with pytest.raises(FactOutOfTurn):
            after_fact(clock, too_early, late)
    clock = after_fact(clock, breach, late)
    with pytest.raises(FactOutOfTurn):
        after_fact(clock, second, late)
    clock = after_fact(clock, first, late)
    assert next_instant(clock) == NOON + hours(76)
    clock = after_fact(clock, second, late)
    assert next_instant(clock) is None
    with pytest.raises(FactOutOfTurn):
        after_fact(clock, second, late)


def test_a_line_up_is_called_off_when_the_clock_ends():
    clock = start("x", replace(EVIDENCE, escalation=UP, warn_at=(), reminders=()), OFFICE, NOON)
    for fact in passed(clock, NOON + hours(72)):
        clock = after_fact(clock, fact, NOON + hours(72))
    clock = stop(clock, NOON + hours(73), "answered")
    assert next_instant(clock) is None
    assert passed(clock, NOON + hours(500)) == ()
    assert clock.escalated == 1


def test_a_clock_that_a_person_gave_until_an_instant_warns_at_its_shares_and_goes_up_the_line_from_there():
    rule = replace(EVIDENCE, hours=Hours.BUSINESS, escalation=UP)
    until = datetime(2026, 3, 10, 12, tzinfo=UTC)  # Tuesday: 5 + 8 + 3 office hours
    clock = start_until("x", rule, OFFICE, NOON, until)
    assert (clock.due_at, clock.reminders, clock.budget) == (until, (), hours(16))
    assert clock.warnings == (NOON + (until - NOON) * 0.75,)
    assert clock.escalations[1].at == until + hours(4)


def test_a_clock_that_ended_waits_for_nothing_and_stays_as_it_ended():
    clock = stop(evidence_clock(), NOON + hours(1), "answered")
    assert next_instant(clock) is None
    assert passed(clock, NOON + hours(500)) == ()
    assert stop(clock, NOON + hours(2), "cancelled") == clock
    assert (clock.ended_at, clock.end_cause) == (NOON + hours(1), "answered")


def test_an_end_at_the_very_due_instant_is_on_time_and_a_moment_later_is_late():
    due = NOON + hours(72)
    assert on_time(stop(evidence_clock(), due, "answered"))
    late = stop(evidence_clock(), due + timedelta(microseconds=1), "answered")
    assert not on_time(late)
    assert late_by(late) == timedelta(microseconds=1)


def test_lateness_is_decided_by_instants_and_not_by_whether_the_breach_was_noticed_first():
    noticed = after_fact(evidence_clock(), BreachDue(NOON + hours(72)), NOON + hours(73))
    assert on_time(stop(noticed, NOON + hours(71), "answered"))
    assert not on_time(stop(evidence_clock(), NOON + hours(74), "answered"))


def test_a_running_clock_is_judged_at_the_given_instant_or_by_its_noticed_breach():
    clock = evidence_clock()
    assert on_time(clock)
    assert on_time(clock, NOON + hours(72))
    assert late_by(clock, NOON + hours(75)) == hours(3)
    noticed = after_fact(clock, BreachDue(NOON + hours(72)), NOON + hours(73))
    assert late_by(noticed) == hours(1)


@pytest.mark.parametrize(
    ("clock", "fact"),
    [
        (stop(evidence_clock(), NOON, "answered"), BreachDue(NOON + hours(72))),
        (evidence_clock(), ReminderDue(NOON + hours(48), 2)),
        (evidence_clock(), ReminderDue(NOON + hours(25), 1)),
        (after_fact(evidence_clock(), WarningDue(NOON + hours(54)), NOON + hours(54)), WarningDue(NOON + hours(54))),
    ],
    ids=["ended", "a reminder before its turn", "another instant", "noted before"],
)
def test_a_fact_that_the_clock_does_not_wait_for_is_refused(clock, fact):
    with pytest.raises(FactOutOfTurn):
        after_fact(clock, fact, NOON + hours(80))


@given(
    st.floats(0.01, 0.99),
    st.lists(st.integers(1, 71), unique=True, max_size=5).map(sorted),
    st.lists(st.integers(0, 100), min_size=1, max_size=8).map(sorted),
    st.sampled_from(Hours),
)
def test_every_fact_is_told_once_and_in_order_however_often_time_is_looked_at(share, reminders, looks, counted):
    rule = replace(EVIDENCE, hours=counted, warn_at=(share,), escalation=UP, reminders=tuple(map(hours, reminders)))
    clock, told = start("evidence", rule, OFFICE, NOON), []
    for look in [*looks, 24 * 30]:
        now = NOON + hours(look)
        facts = passed(clock, now)
        assert all(fact.at <= now for fact in facts)
        for fact in facts:
            clock = after_fact(clock, fact, now)
        told.extend(facts)
    assert len(told) == len(reminders) + 4
    assert [fact.at for fact in told] == sorted(fact.at for fact in told)
    assert BreachDue(clock.due_at) in told
    assert told[-1] == EscalationDue(clock.escalations[1].at, 2, Role.CENTRE_MANAGER)

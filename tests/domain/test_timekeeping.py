"""A case's clocks beside its situation: who hears of a breach and when, for whom the whole case stands still."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain import casework
from domain.calendar import Calendar, Span
from domain.casefile import ClockActed, ClockEscalated, TimeActed
from domain.clock import Clock, ClockRule, Escalation, Hours, PauseCause
from domain.complaint import steps as cs
from domain.complaint.book import BOOK
from domain.complaint.events import ReopeningEnded
from domain.complaint.waiting import pause_causes
from domain.goods_return import situation as return_at
from domain.people import Role
from domain.policy import ClockRules, Language, PinnedPolicy, TeamCalendar
from domain.record import sentence
from domain.timekeeping import rule_of, with_clocks
from domain.view import ClockFace, LedgerFace, SegmentFace
from tests import builders as b
from tests.domain import looks
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

LINE = (Escalation(timedelta(0), Role.SUPERVISOR), Escalation(timedelta(hours=4), Role.CENTRE_MANAGER))
RESTING = frozenset({PauseCause.CUSTOMER})


def pinned(**rows: dict[str, Any]) -> PinnedPolicy:
    """The default policy with cells of some clocks changed."""
    policy = b.policy()
    clocks = policy.policy.clocks
    changed = {name: replace(getattr(clocks, name), **cells) for name, cells in rows.items()}
    return replace(policy, policy=replace(policy.policy, clocks=replace(clocks, **changed)))


def clock(d: Desk, name: str) -> Clock:
    """The last clock of that name, running or ended."""
    return next(each for each in reversed(d.complaint.clocks) if each.name == name)


def face(d: Desk, name: str) -> ClockFace:
    return next(each for each in d.view().clocks if each.name == name)


def overdue(d: Desk) -> list[tuple[str, Role]]:
    return [(task.key, task.desk) for task in d.view().tasks if task.key.startswith("overdue-")]


def escalations(d: Desk, name: str = "") -> list[ClockEscalated]:
    return [event for event in d.events.get(name or d.complaint.case, []) if isinstance(event, ClockEscalated)]


# -- the line up -----------------------------------------------------------------------------------------------


def test_a_breach_stands_on_the_supervisors_list_at_once_and_four_hours_later_on_the_managers_too():
    d = desk()
    d.post()
    d.wait(b.DAY)
    assert overdue(d) == [("overdue-first_feedback", Role.SUPERVISOR)]
    assert d.next_instant() == b.START + timedelta(hours=28)
    d.wait(timedelta(hours=4))
    assert overdue(d) == [
        ("overdue-first_feedback", Role.SUPERVISOR),
        ("overdue-first_feedback-2", Role.CENTRE_MANAGER),
    ]
    assert {task.due_at for task in d.view().tasks if task.key.startswith("overdue")} == {b.START + b.DAY}
    assert face(d, "first_feedback").escalated_to == Role.CENTRE_MANAGER


def test_each_level_is_recorded_once_with_its_due_instant_and_told_in_a_sentence():
    d = desk()
    d.post()
    d.wait(timedelta(hours=30))
    told = [(e.clock, e.level, e.to, e.due, e.at) for e in escalations(d)]
    due = b.START + b.DAY
    assert told == [
        ("first_feedback", 1, Role.SUPERVISOR, due, due),
        ("first_feedback", 2, Role.CENTRE_MANAGER, due + timedelta(hours=4), due + timedelta(hours=4)),
    ]
    assert sentence(escalations(d)[1], Language.ENGLISH) == (
        "Overdue, and up the line to the centre manager, level 2: first feedback (planned for 2026-03-04 06:00 UTC)."
    )


def test_after_an_outage_every_level_is_told_at_once_in_order_after_the_breach_and_its_lateness_stands_there():
    d = desk()
    d.post()
    d.sleep(timedelta(hours=40))
    d.notice()
    acted = [e for e in d.events[d.complaint.case] if isinstance(e, ClockActed) and e.clock == "first_feedback"]
    assert [type(event).__name__ for event in acted] == [
        "ClockWarned",
        "ClockBreached",
        "ClockEscalated",
        "ClockEscalated",
    ]
    assert [event.at - event.due for event in acted] == [timedelta(hours=h) for h in (22, 16, 16, 12)]


def test_an_escalation_whose_clock_ended_is_called_off():
    d = desk()
    d.post()
    d.wait(timedelta(hours=25))
    d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON))
    assert overdue(d) == []
    d.wait(timedelta(hours=40))
    assert [e.to for e in escalations(d) if e.clock == "first_feedback"] == [Role.SUPERVISOR]


def test_before_the_first_level_is_reached_the_breach_stands_on_the_clocks_own_list():
    late = (Escalation(timedelta(hours=2), Role.SUPERVISOR),)
    d = desk(pinned=pinned(first_feedback={"escalation": late}, evidence={"escalation": late}))
    d.post()
    d.wait(b.DAY)
    assert overdue(d) == [("overdue-first_feedback", Role.AGENT)]
    d.wait(timedelta(hours=2))
    assert overdue(d) == [("overdue-first_feedback", Role.SUPERVISOR)]


def test_a_customer_is_never_shown_the_desks_overdue_work():
    late = (Escalation(timedelta(hours=2), Role.CENTRE_MANAGER),)
    d = m.judged(desk(pinned=pinned(proposal_answer={"escalation": late})))
    d.take(m.propose())
    d.wait(timedelta(hours=72))
    assert ("overdue-proposal_answer", Role.SUPERVISOR) in overdue(d)


def test_of_an_overdue_slip_the_register_counts_one_task_of_the_breach_itself():
    d = desk()
    slip = m.compensated(d)
    d.take(m.approve("50.00"), slip)
    d.wait(timedelta(days=5))
    keys = [task.key for task in d.view(slip).tasks if task.key.startswith("overdue")]
    assert keys == ["overdue-payment", "overdue-payment-2"]


# -- clocks of one row, many at a time -------------------------------------------------------------------------


def test_clocks_of_many_requests_share_the_row_before_the_number_sign():
    case = desk().complaint
    assert rule_of(case, "judgement#3") is rule_of(case, "judgement")
    wanted = frozenset({"judgement#1", "judgement#2"})
    both = with_clocks(case, wanted, rule_of, ReopeningEnded(at=b.START, by=b.LIN, due=b.START))
    running = [each.name for each in both.clocks if each.ended_at is None]
    assert running == ["judgement#1", "judgement#2"]
    event = ClockEscalated(at=b.START, by=b.LIN, clock="judgement#2", level=1, to=Role.SUPERVISOR, due=b.START)
    assert event.timer == "judgement"
    assert ": judgement 2 (" in sentence(event, Language.ENGLISH)


@pytest.mark.parametrize("name", ["weather", "weather#1", "__class__"])
def test_a_clock_without_a_row_is_a_bug(name: str):
    with pytest.raises((AttributeError, TypeError)):
        rule_of(desk().complaint, name)


# -- the whole case --------------------------------------------------------------------------------------------


def test_the_whole_case_waits_for_the_customer_from_the_opening_until_the_photo():
    d = desk()
    assert clock(d, "resolution").paused_for is PauseCause.CUSTOMER
    assert d.complaint.due("resolution") is None
    d.wait(timedelta(hours=20))
    d.take(m.photos())
    resolution = clock(d, "resolution")
    assert resolution.paused_for is None
    assert resolution.due_at == d.now + timedelta(days=15)


def test_the_ledger_of_the_whole_case_is_shown_and_adds_up():
    d = desk()
    d.wait(timedelta(hours=20))
    m.judged(d)
    d.wait(timedelta(hours=3))
    d.take(m.propose())
    d.wait(timedelta(hours=30))
    d.take(m.decline())
    d.wait(timedelta(hours=2))
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    shown = face(d, "resolution")
    start = b.START
    marks = [start, start + timedelta(hours=20), start + timedelta(hours=23), start + timedelta(hours=53), d.now]
    assert shown.ledger == LedgerFace(
        hours="wall",
        budget_seconds=15 * 86_400.0,
        counted_seconds=18_000.0,
        segments=(
            SegmentFace(marks[0], marks[1], "customer", 0.0),
            SegmentFace(marks[1], marks[2], None, 10_800.0),
            SegmentFace(marks[2], marks[3], "customer", 0.0),
            SegmentFace(marks[3], marks[4], None, 7_200.0),
        ),
    )
    assert shown.on_time is True


def test_a_stretch_that_still_lasts_has_no_end_and_no_sum_yet():
    shown = face(desk(), "resolution").ledger
    assert shown is not None
    assert (shown.segments, shown.counted_seconds) == ((SegmentFace(b.START, None, "customer", None),), None)


def test_a_clock_that_never_stood_still_has_no_ledger_to_show():
    d = desk()
    d.wait(timedelta(hours=5))
    d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON))
    assert face(d, "first_feedback").ledger is None


def test_it_runs_while_a_return_is_with_courier_and_warehouse_and_stands_still_until_the_customer_sends():
    d = desk()
    name = m.returning(d)
    assert pause_causes(d.complaint) == RESTING
    assert return_at.pause_causes(d.returns[name]) == RESTING
    d.take(m.shipped())
    assert pause_causes(d.complaint) == {PauseCause.ANOTHER_DESK}
    assert return_at.pause_causes(d.returns[name]) == {PauseCause.COURIER}
    assert clock(d, "resolution").paused_for is None
    d.take(m.receive(), name)
    assert return_at.pause_causes(d.returns[name]) == frozenset()
    d.take(m.inspect(), name)
    assert pause_causes(d.complaint) == {PauseCause.ANOTHER_DESK}, "the slip is with others"


def test_once_the_customers_time_is_up_the_next_move_is_the_desks_and_the_clock_goes_on():
    d = desk()
    d.wait(timedelta(hours=72))
    assert pause_causes(d.complaint) == frozenset()
    resolution = clock(d, "resolution")
    assert resolution.paused_for is None
    assert resolution.due_at == b.START + timedelta(days=15, hours=72)


def test_it_ends_when_the_outcome_stands_and_a_dissatisfied_customer_starts_another():
    d = m.apologised(desk())
    ended = clock(d, "resolution")
    assert (ended.ended_at, ended.end_cause) == (d.now, "letter_sent")
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    again = clock(d, "resolution")
    assert again.ended_at is None
    assert again.started_at == d.now


def test_it_warns_twice_and_its_breach_goes_up():
    d = m.judged(desk())
    d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON))
    d.wait(timedelta(days=17))
    told = [
        (type(event).__name__, event.due - b.START)
        for event in d.events[d.complaint.case]
        if isinstance(event, ClockActed) and event.clock == "resolution"
    ]
    assert told == [
        ("ClockWarned", timedelta(days=7, hours=12)),
        ("ClockWarned", timedelta(days=11, hours=6)),
        ("ClockBreached", timedelta(days=15)),
        ("ClockEscalated", timedelta(days=15)),
        ("ClockEscalated", timedelta(days=16)),
    ]


def test_nothing_stands_still_by_default_but_the_whole_case():
    rules = b.policy().policy.clocks
    assert [each.name for each in fields(ClockRules) if getattr(rules, each.name).pauses] == ["resolution"]


def test_a_task_whose_clock_stands_still_has_no_due_instant_and_is_not_overdue():
    pauses = (PauseCause.CUSTOMER,)
    d = desk(pinned=pinned(first_feedback={"pauses": pauses}))
    task = looks.task(d, "feedback")
    assert task.due_at is None
    d.wait(timedelta(hours=71))
    assert "overdue-first_feedback" not in d.tasks()
    d.wait(timedelta(hours=1))  # the photo is overdue: now the desk has its day
    assert d.complaint.due("first_feedback") == d.now + b.DAY


# -- teams, late entry, other instants -------------------------------------------------------------------------


def test_a_clock_counts_in_the_calendar_of_its_team():
    nights = Calendar(
        ((Span(22 * 60, 24 * 60),),) * 7, (), (), ((datetime(2025, 1, 1, tzinfo=UTC), 8 * 3600),), "nights"
    )
    policy = replace(
        pinned(judgement={"calendar": "night_owls", "after": timedelta(hours=3)}),
        teams=(TeamCalendar("night_owls", nights),),
    )
    d = desk(pinned=policy)
    d.take(m.photos())
    assert d.complaint.due("judgement") == datetime(2026, 3, 4, 15, tzinfo=UTC)  # 23:00 of the next day
    with pytest.raises(KeyError):
        policy.calendar_of("early_birds")


def test_a_window_that_closes_is_an_act_of_time_with_its_planned_instant():
    d = desk()
    d.wait(timedelta(hours=72))
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    d.take(cs.DeclareNoAnswer(actor=b.LIN, reason="no answer", message="write to us"))
    until = d.complaint.reopen_until
    d.sleep(timedelta(days=20))
    d.notice()
    (ended,) = [event for event in d.events[d.complaint.case] if isinstance(event, ReopeningEnded)]
    assert (ended.due, ended.at, ended.timer) == (until, d.now, "reopening")


def test_whatever_time_does_to_a_case_knows_its_planned_instant():
    d = desk()
    d.post()
    d.sleep(timedelta(days=40))
    owed = casework.time_passed(BOOK, d.complaint, d.now)
    assert owed
    assert all(isinstance(event, TimeActed) for event in owed)
    assert [event.due for event in owed if isinstance(event, TimeActed)] == sorted(
        event.due for event in owed if isinstance(event, TimeActed)
    )


def test_a_row_that_says_nothing_of_its_line_up_sends_a_breach_to_the_supervisor_at_once():
    rule = ClockRule(timedelta(hours=1), Hours.WALL, (), (), Role.AGENT, "O")
    assert rule.escalation == LINE[:1]

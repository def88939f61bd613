"""Clocks on the real server: a greeting on the chat, a breach that goes up the line, a whole case that stands still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.clock import Hours
from domain.complaint import steps as s
from domain.complaint.state import Channel
from domain.people import Role
from domain.policy import PinnedPolicy
from domain.view import CaseView, ClockFace
from tests.builders import it_goes_on
from tests.faults.judge.histories import read_case
from tests.journeys.desk import Desk
from tests.journeys.moves import judged, propose
from tests.journeys.people import AGENT, CUSTOMER


def at_any_hour(pinned: PinnedPolicy) -> PinnedPolicy:
    """The policy whose first reply on a chat is promised within 20 seconds whoever is on duty: tests run by night."""
    (row,) = [row for row in pinned.policy.first_reply if row.shift is None]
    rows = (replace(row, clock=replace(row.clock, hours=Hours.WALL)),)
    return replace(pinned, policy=replace(pinned.policy, first_reply=rows))


def clock(view: CaseView, name: str) -> ClockFace:
    return next(each for each in reversed(view.clocks) if each.name == name)


async def timers(desk: Desk, case: str) -> list[str]:
    """The clocks for which the case has armed a timer, in order."""
    history = await desk.case(case).fetch_history()
    told = read_case(case, [history], desk.client.data_converter.payload_converter)
    return [timer.summary.partition(",")[0] for timer in told.timers]


async def test_a_customer_on_the_chat_is_greeted_by_name_before_twenty_seconds_are_over(desk: Desk) -> None:
    case = await desk.open(channel=Channel.CHAT, pinned=at_any_hour(desk.pinned))
    waiting = (await desk.look(case)).view
    assert any(task.key == "greet" and task.step == "greet" for task in waiting.tasks)
    greeted = await desk.step(case, s.Greet(actor=AGENT))
    assert greeted.recorded == ("customer_greeted",)
    assert clock(greeted.view, "first_reply").on_time is True
    assert await desk.refused(case, s.Greet(actor=AGENT)) == "already_greeted"
    told = next(entry for entry in await desk.story(case) if entry.event == "customer_greeted")
    assert told.sentence == f"{AGENT.name} greeted the customer, with this name."
    await desk.replays(case)


async def test_a_greeting_that_does_not_come_is_noticed_by_a_timer_and_called_off_by_the_greeting(desk: Desk) -> None:
    case = await desk.open(channel=Channel.CHAT, pinned=at_any_hour(desk.pinned))
    await desk.forward(case, seconds=21)
    view = await desk.until(case, lambda seen: any(task.key == "overdue-first_reply" for task in seen.tasks))
    assert clock(view, "first_reply").escalated_to == Role.SUPERVISOR
    late = await desk.step(case, s.Greet(actor=AGENT))
    assert clock(late.view, "first_reply").on_time is False
    assert not any(task.key.startswith("overdue-first_reply") for task in late.view.tasks)
    assert (await timers(desk, case))[0] == "first_reply"
    await desk.replays(case)


async def test_no_timer_is_armed_for_a_greeting_that_nobody_promised(desk: Desk) -> None:
    case = await desk.open(channel=Channel.API)
    await desk.step(case, s.Greet(actor=AGENT))
    assert "first_reply" not in await timers(desk, case)


async def test_a_breach_goes_up_the_line_level_by_level_each_by_its_own_timer(desk: Desk) -> None:
    case = await desk.open()
    await desk.forward(case, hours=25)
    first = await desk.until(case, lambda seen: clock(seen, "first_feedback").escalated_to is not None)
    assert clock(first, "first_feedback").escalated_to == Role.SUPERVISOR
    await desk.forward(case, hours=4)
    second = await desk.until(case, lambda seen: any(task.key == "overdue-first_feedback-2" for task in seen.tasks))
    assert clock(second, "first_feedback").escalated_to == Role.CENTRE_MANAGER
    told = [(entry.event, entry.late_by_seconds) for entry in await desk.story(case) if "escalated" in entry.event]
    assert [event for event, _ in told] == ["clock_escalated"] * len(told)
    assert all(late is not None and late < 60 for _, late in told)
    await desk.step(case, s.GiveFeedback(actor=AGENT, **it_goes_on()))
    await desk.replays(case)


async def test_a_case_that_waits_for_its_customer_stands_still_and_goes_on_with_all_of_its_time(desk: Desk) -> None:
    case = await desk.open()
    waiting = clock((await desk.look(case)).view, "resolution")
    assert (waiting.paused_for, waiting.on_time) == ("customer", None)
    await desk.forward(case, hours=20)
    await judged(desk, case)
    running = clock((await desk.look(case)).view, "resolution")
    assert running.paused_for is None
    assert running.ledger is not None
    ended = running.ledger.segments[0].until
    assert ended is not None
    assert ended - running.started_at >= timedelta(hours=20)
    assert running.due_at - ended == timedelta(days=15)
    await desk.step(case, propose())
    await desk.forward(case, hours=30)
    declined = s.DeclineProposal(actor=CUSTOMER, proposal=1, reason=await desk.sealed("answer", "Not enough."))
    again = clock((await desk.step(case, declined)).view, "resolution")
    assert again.ledger is not None
    causes = [segment.cause for segment in again.ledger.segments]
    assert causes == ["customer", None, "customer", None]
    assert again.due_at - running.due_at >= timedelta(hours=30)
    await desk.replays(case)


async def test_a_chat_entered_late_is_late_at_once_by_its_true_receipt(desk: Desk) -> None:
    received: Any = datetime.now(UTC) - timedelta(hours=2)
    case = await desk.open(channel=Channel.CHAT, pinned=at_any_hour(desk.pinned), received_at=received)
    view = await desk.until(case, lambda seen: any(task.key == "overdue-first_reply" for task in seen.tasks))
    assert clock(view, "first_reply").due_at == received + timedelta(seconds=20)
    breach = next(e for e in await desk.story(case) if e.event == "clock_breached" and "first reply" in e.sentence)
    assert breach.late_by_seconds is not None
    assert breach.late_by_seconds >= 7_000

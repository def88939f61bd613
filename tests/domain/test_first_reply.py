"""The first word of a person on a chat: promised by channel and shift, kept by a greeting, a feedback or a contact."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.calendar import Calendar, NamedShift, Span, WorkingDate
from domain.casefile import ClockBreached
from domain.complaint import steps as cs
from domain.complaint.events import FeedbackGiven
from domain.complaint.first_reply import clock_rule
from domain.complaint.state import Channel, RemedyKind
from domain.people import Actor, Role
from domain.policy import Language
from domain.record import sentence
from domain.shared_steps import ReportTelling
from tests import builders as b
from tests.domain import looks
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

CHATS = (Channel.CHAT, Channel.WECHAT, Channel.QQ, Channel.WANGWANG)


def shanghai(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of March 2026; the 3rd is a Tuesday."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


def chat(received_at: datetime = b.START, channel: Channel = Channel.CHAT, **changes: Any) -> Desk:
    d = desk(received_at=received_at, channel=channel, **changes)
    d.now = received_at
    return d


def due_after(d: Desk) -> timedelta | None:
    due = d.complaint.due("first_reply")
    return None if due is None else due - d.complaint.opened_at


# -- which promise ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", list(Channel))
def test_a_first_reply_is_promised_on_chats_alone(channel: Channel):
    clock = chat(channel=channel).complaint.running("first_reply")
    assert (clock is not None) == (channel in CHATS)


@pytest.mark.parametrize(
    ("received_at", "promised"),
    [
        (shanghai(3, 10), timedelta(seconds=20)),  # the early shift
        (shanghai(3, 14), timedelta(seconds=20)),  # both shifts
        (shanghai(3, 18, 29, 59), timedelta(seconds=20)),  # the last second of the early one
        (shanghai(3, 18, 30), timedelta(minutes=1)),  # the late one alone: the evening
        (shanghai(3, 23, 29, 59), timedelta(minutes=1)),
        (shanghai(3, 12), timedelta(minutes=30, seconds=20)),  # between the shifts: from half past twelve
        (shanghai(3, 23, 30), timedelta(hours=9, minutes=30, seconds=20)),  # the night: from nine o'clock
        (shanghai(7, 10), timedelta(days=1, hours=23, seconds=20)),  # Saturday: from Monday, nine o'clock
    ],
)
def test_the_shift_at_the_instant_of_receipt_chooses_the_promise(received_at: datetime, promised: timedelta):
    assert due_after(chat(received_at)) == promised


def test_a_promise_runs_through_the_break_that_begins_meanwhile():
    assert due_after(chat(shanghai(3, 11, 29, 50))) == timedelta(seconds=20)


def test_a_case_entered_late_has_the_promise_of_its_receipt_and_is_late_at_once():
    d = desk(received_at=shanghai(2, 19), channel=Channel.CHAT)  # entered the next morning
    clock = d.complaint.running("first_reply")
    assert clock is not None
    assert clock.due_at == shanghai(2, 19, 1)
    d.notice()
    breach = next(e for e in d.events[d.complaint.case] if isinstance(e, ClockBreached) and e.clock == "first_reply")
    assert (breach.due, breach.at) == (shanghai(2, 19, 1), b.START)


def test_of_the_rows_that_fit_the_first_one_counts_and_without_a_row_there_is_no_clock():
    pinned = b.policy()
    rows = pinned.policy.first_reply
    only_late = replace(pinned, policy=replace(pinned.policy, first_reply=rows[1:2]))
    assert chat(pinned=only_late).complaint.running("first_reply") is None
    assert due_after(chat(shanghai(3, 20), pinned=only_late)) == timedelta(minutes=1)
    any_first = replace(pinned, policy=replace(pinned.policy, first_reply=(rows[2], rows[1])))
    assert due_after(chat(shanghai(3, 20), pinned=any_first)) == timedelta(seconds=20)
    none = replace(pinned, policy=replace(pinned.policy, first_reply=()))
    d = chat(pinned=none)
    assert d.complaint.running("first_reply") is None
    assert "greet" not in d.tasks()
    with pytest.raises(LookupError):
        clock_rule(d.complaint, "first_reply")


# -- what keeps it ---------------------------------------------------------------------------------------------


def spoken(d: Desk) -> bool:
    return d.complaint.replied_at is not None and d.complaint.running("first_reply") is None


def test_a_greeting_with_the_agents_name_ends_it_and_is_told_by_name():
    d = chat()
    d.wait(timedelta(seconds=12))
    assert d.take(cs.Greet(actor=b.LIN)) == ("customer_greeted",)
    clock = next(each for each in d.view().clocks if each.name == "first_reply")
    assert (clock.ended_at, clock.end_cause, clock.on_time) == (d.now, "customer_greeted", True)
    assert d.complaint.handler == b.LIN.person
    event = d.events[d.complaint.case][-1]
    assert sentence(event, Language.ENGLISH) == "Lin greeted the customer, with this name."


def test_a_greeting_a_second_too_late_is_late_and_the_supervisor_has_heard_of_it():
    d = chat()
    d.wait(timedelta(seconds=20))
    assert "overdue-first_reply" in d.tasks()
    d.wait(timedelta(seconds=1))
    d.take(cs.Greet(actor=b.LIN))
    clock = next(each for each in d.view().clocks if each.name == "first_reply")
    assert clock.on_time is False
    assert "overdue-first_reply" not in d.tasks()


def test_the_customer_who_waits_on_the_chat_is_the_agents_task_until_greeted():
    d = chat()
    task = looks.task(d, "greet")
    assert (task.desk, task.step, task.due_at) == (Role.AGENT, "greet", b.START + timedelta(seconds=20))
    d.take(cs.Greet(actor=b.WU))
    assert "greet" not in d.tasks()
    assert (d.offers(b.LIN)["greet"].open, d.offers(b.LIN)["greet"].code) == (False, "already_greeted")


def test_a_feedback_is_a_first_word_too():
    d = chat()
    d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON))
    assert spoken(d)


def test_a_proposal_and_a_refusal_are_first_words_too():
    d = m.judged(chat())
    assert not spoken(d), "a judgement says nothing to the customer"
    d.take(m.propose(RemedyKind.APOLOGY, None))
    assert spoken(d)
    d = chat()
    d.take(m.photos())
    d.take(m.judge(fault_confirmed=False, fault=""))
    d.take(cs.RefuseClaim(actor=b.LIN, reason="the pattern is meant"))
    assert spoken(d)


def test_a_person_who_tells_what_no_machine_could_has_spoken_to_the_customer():
    d = chat()
    d.mail_bounces()
    d.take(ReportTelling(actor=b.LIN, number=1, how="chat"))
    assert spoken(d)


def test_a_letter_that_a_machine_sent_is_no_persons_word():
    d = chat()
    d.post()
    assert not spoken(d)


@pytest.mark.parametrize("reached", [True, False])
def test_a_call_counts_if_it_was_answered(reached: bool):
    d = chat()
    d.wait(timedelta(hours=72))
    d.take(cs.RecordCall(actor=b.LIN, reached=reached))
    assert spoken(d) == reached


def test_who_passes_on_the_customers_word_has_spoken_with_the_customer_and_the_customers_own_step_is_no_reply():
    d = chat(description=None)
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, description=b.sealed("description")))
    assert not spoken(d)
    heard = Actor("p-lin", Role.AGENT, "Lin", on_behalf_of=Role.CUSTOMER)
    d.take(m.photos(actor=heard))
    assert spoken(d)


def test_a_case_that_ends_without_a_word_owes_none_any_more():
    d = chat()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    assert d.complaint.running("first_reply") is None
    assert "greet" not in d.tasks()


@pytest.mark.parametrize("person", [b.CUSTOMER, b.HE, b.ZHAO, b.SHOP])
def test_nobody_but_agent_and_supervisor_greets(person: Actor):
    assert "greet" not in chat().offers(person)


# -- the first feedback ----------------------------------------------------------------------------------------


def told(d: Desk) -> dict[str, str]:
    return next(letter.says for letter in d.complaint.letters if letter.kind == "feedback")


def test_the_first_feedback_tells_process_expected_time_and_next_step():
    d = desk()
    d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON, words="thank you"))
    assert told(d) == {**m.IT_GOES_ON, "words": "thank you"}
    assert d.complaint.running("first_feedback") is None


def test_an_expected_instant_is_kept_as_utc_and_words_stay_words():
    d = desk()
    d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON | {"expected_by": "2026-03-06T18:00:00+08:00"}))
    assert told(d)["expected_by"] == "2026-03-06T10:00:00+00:00"
    for words in ("2026-03-06", "2026-03-06T18:00:00", "soon", "20"):
        d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON | {"expected_by": words}))
        event = d.events[d.complaint.case][-1]
        assert isinstance(event, FeedbackGiven)
        assert event.expected_by == words


# -- who is on duty --------------------------------------------------------------------------------------------

WEEK = (0, 1, 2, 3, 4)
MORNING, EVENING = Span(540, 720), Span(1080, 1320)
SHIFTS = (NamedShift("morning", WEEK, (MORNING,)), NamedShift("evening", (*WEEK, 5), (EVENING,)))


def calendar(working: tuple[WorkingDate, ...] = (), offsets: Any = None) -> Calendar:
    weekly = ((MORNING, EVENING),) * 5 + ((EVENING,), ())
    offsets = offsets or ((datetime(2025, 1, 1, tzinfo=UTC), 8 * 3600),)
    closed = (shanghai(4, 12).date(),)
    return Calendar(weekly, closed, working, offsets, "by hand", SHIFTS)


@pytest.mark.parametrize(
    ("at", "on_duty"),
    [
        (shanghai(3, 9), ("morning",)),
        (shanghai(3, 12), ()),
        (shanghai(3, 18), ("evening",)),
        (shanghai(4, 18), ()),  # a holiday
        (shanghai(7, 18), ("evening",)),
        (shanghai(7, 9), ()),
        (shanghai(8, 18), ()),
    ],
)
def test_on_duty_is_who_works_on_that_day_at_that_time(at: datetime, on_duty: tuple[str, ...]):
    assert calendar().on_duty(at) == on_duty


def test_a_made_up_day_is_worked_as_a_monday_and_one_with_hours_of_its_own_within_them():
    sunday = shanghai(8, 12).date()
    assert calendar((WorkingDate(sunday),)).on_duty(shanghai(8, 9)) == ("morning",)
    short = calendar((WorkingDate(sunday, (Span(600, 660), Span(800, 900))),))
    assert short.on_duty(shanghai(8, 9)) == ()
    assert short.on_duty(shanghai(8, 10, 30)) == ("morning",)
    assert short.on_duty(shanghai(8, 14)) == (), "open, but no shift's time"


def test_where_clocks_go_back_across_midnight_tomorrows_shift_has_begun():
    change = datetime(2026, 3, 3, 16, 30, tzinfo=UTC)  # half past midnight on Wednesday: back to half past eleven
    offsets = ((datetime(2025, 1, 1, tzinfo=UTC), 8 * 3600), (change, 7 * 3600))
    early = Span(0, 120)
    shift = NamedShift("small_hours", (2,), (early,))
    desk = Calendar(((), (), (early,), (), (), (), ()), (), (), offsets, "by hand", (shift,))
    assert desk.is_open(change)
    assert desk.local_date(change) == date(2026, 3, 3)
    assert desk.on_duty(change) == ("small_hours",)


def test_duty_is_not_asked_of_an_instant_without_a_zone():
    with pytest.raises(ValueError, match="timezone"):
        calendar().on_duty(datetime(2026, 3, 3, 9))  # noqa: DTZ001  that is the point

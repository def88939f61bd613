"""While a case is open its customer hears of it at least every 48 hours, and never more often by the machine [F]."""

from __future__ import annotations

import ast
import inspect
from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from domain.casefile import LetterState
from domain.complaint import situation
from domain.complaint import steps as cs
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.promises import events as e
from domain.complaint.promises.progress import OURS
from domain.complaint.promises.standing import IN_THE_RECORD, TO_THE_CUSTOMER
from domain.complaint.recall import questions as recalls
from domain.complaint.sorting import steps as ss
from domain.complaint.watching.state import ParcelState
from domain.letters import compose
from domain.policy import ClockRules, Language, Sourced
from domain.shared_steps import ReportTelling
from tests import builders as b
from tests.builders import it_goes_on
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked_by_promises import contact, look, promise, timetable

EVERY = timedelta(hours=48)


def live(d: Desk, by: timedelta) -> None:
    """Let time pass on a desk whose mail goes out at once."""
    end = d.now + by
    d.post()
    while (due := d.next_instant()) is not None and due <= end:
        d.now = max(due, d.now)
        d.notice()
        d.settle_down()
        d.post()
    d.now = end


def progress(d: Desk) -> list[datetime]:
    """When the case told its progress by itself."""
    return [each.at for each in d.events.get(d.complaint.case, []) if isinstance(each, e.ProgressTold)]


def silent_desk() -> Desk:
    """Everything is in and nobody judges."""
    d = desk()
    d.post()
    d.take(m.photos())
    return d


def test_a_customer_who_hears_nothing_for_two_days_is_told_how_it_stands_and_what_is_next():
    d = silent_desk()
    live(d, EVERY - timedelta(seconds=1))
    assert progress(d) == []
    live(d, timedelta(seconds=1))
    assert progress(d) == [b.START + EVERY]
    letter = d.complaint.letters[-1]
    assert letter.kind == "progress"
    assert letter.says == {
        "stands": "to_judge",
        "tracking": "",
        "parcel": "",
        "due": "",  # what was owed is overdue already: no time is named that has passed
        "until": (b.START + EVERY * 2).isoformat(),
    }


def test_the_next_time_that_the_desk_owes_something_is_named():
    d = silent_desk()
    d.take(promise(minutes=60 * 50))
    live(d, EVERY)
    assert d.complaint.letters[-1].says["due"] == (b.START + timedelta(hours=50)).isoformat()


def test_silence_goes_on_and_is_ended_every_two_days_not_more_often():
    d = silent_desk()
    live(d, timedelta(days=10))
    assert progress(d) == [b.START + EVERY * n for n in range(1, 6)]


def test_whatever_reaches_the_customer_puts_it_off():
    d = silent_desk()
    live(d, timedelta(hours=40))
    d.take(cs.GiveFeedback(actor=b.LIN, **it_goes_on("we look into it")))
    live(d, timedelta(hours=47))
    assert progress(d) == []
    d.take(contact(answered=True))
    live(d, timedelta(hours=47))
    assert progress(d) == []
    live(d, timedelta(hours=1))
    assert progress(d) == [b.START + timedelta(hours=40 + 47 + 48)]


def test_what_the_customer_asks_in_vain_puts_nothing_off():
    d = silent_desk()
    live(d, timedelta(hours=40))
    d.take(contact())
    live(d, timedelta(hours=8))
    assert len(progress(d)) == 1


def test_reminders_count_as_hearing_and_after_the_last_one_silence_counts_from_it():
    d = desk()
    live(d, timedelta(hours=95))
    assert d.letters() == ["acknowledged", "reminder_evidence", "reminder_evidence"]
    live(d, timedelta(hours=1))
    assert d.letters()[-1] == "progress"
    assert d.complaint.letters[-1].says["stands"] == "waiting_for_evidence"


def test_a_customer_called_in_vain_waits_for_a_person_and_is_not_written_to_again():
    d = desk()
    live(d, timedelta(hours=73))
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    live(d, timedelta(days=10))
    assert progress(d) == []


def test_a_customer_who_was_reached_by_phone_has_heard():
    d = desk()
    live(d, timedelta(hours=90))
    d.take(cs.RecordCall(actor=b.LIN, reached=True))
    live(d, EVERY - timedelta(seconds=1))
    assert progress(d) == []
    live(d, timedelta(seconds=1))
    assert progress(d) == [b.START + timedelta(hours=90) + EVERY]


def test_while_the_promised_call_back_comes_sooner_nothing_is_written():
    d = m.apologised(desk())
    live(d, timedelta(hours=24))
    assert progress(d) == []
    assert d.state == "to_call_back"
    live(d, timedelta(hours=24))  # the call-back is overdue, and nobody called
    assert [letter.says["stands"] for letter in d.complaint.letters if letter.kind == "progress"] == ["to_call_back"]


def test_a_customer_who_was_not_reached_in_all_tries_is_the_supervisors():
    d = m.apologised(desk())
    for _day in range(3):
        d.take(m.call_back(cs.CallResult.NOT_REACHED))
        live(d, timedelta(hours=24))
    told = len(progress(d))
    live(d, timedelta(days=10))
    assert d.state == "not_reached"
    assert len(progress(d)) == told <= 1


def test_goods_that_the_customer_is_to_send_are_the_returns_business_until_they_are_on_their_way():
    d = desk()
    m.returning(d)
    live(d, timedelta(days=6))
    assert progress(d) == []
    d.take(m.shipped())
    live(d, EVERY)
    assert progress(d) == [b.START + timedelta(days=6) + EVERY]
    assert d.complaint.letters[-1].says["stands"] == "returning"


@pytest.mark.parametrize("told", [False, True])
def test_a_message_that_waits_for_a_person_is_told_first(told):
    d = desk()
    d.take(m.photos())
    d.mail_bounces()
    d.wait(timedelta(days=3))
    assert progress(d) == []
    if told:
        d.take(ReportTelling(actor=b.LIN, number=1, how="phone"))
        d.wait(EVERY)
        assert progress(d) == [b.START + timedelta(days=3) + EVERY]
        assert d.complaint.letters[-1].state is LetterState.TO_SEND


def test_a_case_entered_late_is_not_written_to_twice_at_once():
    d = desk(received_at=b.START - timedelta(days=5))
    d.notice()
    d.take(m.photos())
    live(d, timedelta(hours=47))
    assert progress(d) == []


def test_a_software_that_was_down_tells_once_however_long_the_silence_was():
    d = silent_desk()
    d.sleep(timedelta(days=9))
    d.notice()
    d.post()
    assert progress(d) == [b.START + timedelta(days=9)]
    told = next(each for each in d.events[d.complaint.case] if isinstance(each, e.ProgressTold))
    assert told.due == b.START + EVERY


def test_reminders_that_the_software_owes_after_it_was_down_are_message_enough():
    d = desk()
    d.post()
    d.sleep(timedelta(hours=60))
    d.notice()
    d.post()
    d.notice()
    assert d.letters() == ["acknowledged", "reminder_evidence", "reminder_evidence"]


def test_a_broken_promise_is_news_enough():
    d = silent_desk()
    d.take(promise(minutes=60 * 48))
    live(d, EVERY)
    assert d.letters()[-1] == "promise_broken"
    assert progress(d) == []


def test_a_closed_case_is_silent():
    d = silent_desk()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    live(d, timedelta(days=10))
    assert progress(d) == []


def test_a_watched_parcel_is_told_with_the_progress_when_nothing_changes():
    d = desk(problem=Problem.LATE_DELIVERY)
    d.take(look(ParcelState.NOT_MOVING))
    live(d, EVERY)
    said = d.complaint.letters[-1].says
    assert (said["tracking"], said["parcel"]) == ("SF0000000001", "not_moving")
    body = compose("progress", said, Language.ENGLISH, case="AS-1", name="", link="l", utc_offset=8 * 3600).body
    assert "SF0000000001" in body
    assert "has not moved" in body


def states() -> set[str]:
    """Every state that situation.state_of can answer for an open case, read from its code."""
    told = ast.walk(ast.parse(inspect.getsource(situation.state_of)))
    answers: list[ast.AST] = [pair.elts[1] for pair in told if isinstance(pair, ast.Tuple) and len(pair.elts) == 2]
    stages = ast.walk(ast.parse(inspect.getsource(recalls.stage)))
    answers += [told.value for told in stages if isinstance(told, ast.Return) and told.value is not None]
    words = (word for answer in answers for word in ast.walk(answer) if isinstance(word, ast.Constant))
    return {word.value for word in words if isinstance(word.value, str)} | {"carrying_out"}


def test_every_state_is_told_in_the_record_and_to_the_customer():
    assert len(states()) > 10
    assert states() == set(IN_THE_RECORD) == set(TO_THE_CUSTOMER)


def test_a_policy_of_another_pace_is_followed():
    pinned = b.policy()
    quicker = replace(pinned.policy, progress_every_hours=Sourced(12, "O"))
    d = desk(pinned=replace(pinned, policy=quicker))
    d.post()
    d.take(m.photos())
    live(d, timedelta(hours=30))
    assert progress(d) == [b.START + timedelta(hours=12), b.START + timedelta(hours=24)]


def test_a_timetable_is_told_in_the_shops_local_time():
    d = desk()
    d.take(timetable(24, 48))
    body = compose(
        "timetable",
        d.complaint.letters[-1].says,
        Language.CHINESE,
        case="AS-1",
        name="",
        link="l",
        utc_offset=8 * 3600,
    ).body
    assert "2026年3月4日 10:00: step after 24 h\n2026年3月5日 10:00: step after 48 h" in body


def test_another_class_of_the_complaint_leaves_no_state_without_words():
    d = desk()
    for problem in Problem:
        if problem is not d.complaint.problem:
            d.take(ss.Reclassify(actor=b.LIN, problem=problem, reason="another class"))
        assert d.state in TO_THE_CUSTOMER
    d.take(m.photos())
    d.take(m.judge())
    d.take(m.propose(RemedyKind.APOLOGY, None))
    assert d.state in TO_THE_CUSTOMER


def test_every_clock_whose_end_a_customer_notices_is_a_row_of_the_policy():
    assert {field.name for field in fields(ClockRules)} >= OURS

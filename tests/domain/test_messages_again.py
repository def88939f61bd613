"""Messages that are sent once more, that a gateway could not deliver, that wait for the morning."""

from datetime import timedelta

import pytest

from domain import casework
from domain.casefile import CaseFile, Letter, LetterState
from domain.complaint import steps as cs
from domain.refusals import MessageNotSent, RoleMayNot
from domain.shared_steps import ReportTelling, ResendMessage
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

TEN_AT_NIGHT = b.START + timedelta(hours=12)


def first(d: Desk) -> Letter:
    case: CaseFile = d.complaint
    return case.letters[0]


def again(d: Desk, number: int = 1, by: object = b.LIN) -> None:
    d.take(ResendMessage(actor=by, number=number))  # type: ignore[arg-type]


def test_a_message_that_was_sent_goes_out_once_more_and_who_wanted_it_is_on_record() -> None:
    d = desk()
    d.post()
    again(d)
    assert (first(d).state, first(d).round, first(d).asked_by) == (LetterState.TO_SEND, 2, b.LIN.person)
    d.post()
    assert first(d).state is LetterState.SENT
    assert d.happened().count("letter_sent") == 2


def test_what_is_sent_once_more_counts_as_told_meanwhile_and_what_did_not_arrive_does_not() -> None:
    d = desk()
    d.post()
    assert d.complaint.running("acknowledgement") is None
    again(d)
    assert d.complaint.running("acknowledgement") is None
    d.post()
    d.receipt_fails(d.complaint.case, 1, 2)
    assert d.complaint.running("acknowledgement") is None
    other = desk()
    other.post()
    other.receipt_fails(other.complaint.case, 1)
    again(other)
    other.post()
    other.receipt_fails(other.complaint.case, 1, 2)
    assert other.complaint.running("acknowledgement") is not None
    other.take(ReportTelling(actor=b.LIN, number=1, how="phone"))
    assert other.complaint.running("acknowledgement") is None


def test_what_a_person_told_or_has_to_tell_may_be_tried_by_machine_again() -> None:
    d = desk()
    d.mail_bounces()
    again(d)
    assert d.tasks().isdisjoint({"tell-1"})
    d.mail_bounces()
    assert "tell-1" in d.tasks()
    d.take(ReportTelling(actor=b.LIN, number=1, how="phone"))
    again(d)
    assert (first(d).round, first(d).told_by) == (3, "")


def test_what_is_under_way_is_not_sent_a_second_time() -> None:
    with pytest.raises(MessageNotSent):
        again(desk())


def test_only_who_speaks_with_customers_sends_again() -> None:
    d = desk()
    d.post()
    for nobody in (b.ZHAO, b.QIAN, b.CUSTOMER, b.SHOP):
        with pytest.raises(RoleMayNot):
            again(d, by=nobody)


def test_the_last_message_of_a_closed_case_may_be_sent_again() -> None:
    d = desk()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.post()
    number = len(d.complaint.letters)
    again(d, number)
    assert d.complaint.has_loose_ends
    d.post()
    assert not d.complaint.has_loose_ends


def test_a_message_that_the_gateway_could_not_deliver_becomes_a_task_for_a_person_once() -> None:
    d = desk()
    d.post()
    d.receipt_fails(d.complaint.case, 1)
    assert "tell-1" in d.tasks()
    d.deliver(len(d.delivered) - 1, again=True)
    assert d.happened().count("letter_fell_to_person") == 1


def test_a_receipt_that_is_faster_than_the_gateways_own_answer_counts() -> None:
    d = desk()
    d.receipt_fails(d.complaint.case, 1)
    assert first(d).state is LetterState.WITH_A_PERSON


def test_a_receipt_of_a_round_before_or_of_a_message_that_was_told_changes_nothing() -> None:
    d = desk()
    d.post()
    again(d)
    d.receipt_fails(d.complaint.case, 1, 1)
    assert first(d).state is LetterState.TO_SEND
    d.mail_bounces()
    d.take(ReportTelling(actor=b.LIN, number=1, how="phone"))
    d.receipt_fails(d.complaint.case, 1, 2)
    assert first(d).state is LetterState.TOLD
    assert d.happened().count("news_set_aside") == 2


def test_a_receipt_for_a_closed_case_still_calls_a_person() -> None:
    d = desk()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.post()
    number = len(d.complaint.letters)
    d.receipt_fails(d.complaint.case, number)
    assert f"tell-{number}" in d.tasks()


def at_night(d: Desk, number: int, kind: str) -> str:
    """The reason of the task, when a message falls to a person at ten in the evening."""
    assert d.complaint.letters[number - 1].kind == kind
    d.now = TEN_AT_NIGHT
    d.mail_bounces()
    return next(task.reason for task in d.view().tasks if task.key == f"tell-{number}")


def test_at_night_a_task_says_until_when_nobody_is_called_and_the_first_word_is_exempt() -> None:
    d = desk()
    d.post()
    d.take(m.photos())
    d.take(m.judge())
    d.take(m.propose())
    assert at_night(d, 2, "proposal").endswith("(no address); not by phone before 08:00")
    assert at_night(desk(), 1, "acknowledged").endswith("(no address)")


def test_a_message_that_waits_for_the_morning_holds_up_no_other_and_is_ready_then() -> None:
    d = desk()
    morning = b.START + timedelta(hours=22)
    d.record_by_machine(d.complaint.case, (casework.letter_put_off(1, morning, d.now),))
    assert casework.letters_ready(d.complaint, d.now) == ()
    assert casework.letters_ready(d.complaint, morning) == casework.letters_to_send(d.complaint) != ()
    assert d.complaint.has_loose_ends

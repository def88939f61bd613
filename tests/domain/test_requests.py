"""Requests to other desks: asked with an analysis, answered, sent back, passed on, named; what the case waits for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.complaint import situation
from domain.complaint import steps as cs
from domain.complaint.book import BOOK
from domain.complaint.problems import RemedyKind, Urgency
from domain.complaint.requests import refusals as no
from domain.complaint.requests import steps as rq
from domain.complaint.requests.state import OtherDesk, RequestKind, RequestState, Verdict
from domain.people import Actor, Role, Unit
from domain.refusals import CaseClosed, RoleMayNot
from domain.steps import Step
from tests import builders as b
from tests.domain import asking as a
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.looks import refused, task

COMP = RemedyKind.COMPENSATION
OTHER = RequestKind.OTHER


# -- asked --------------------------------------------------------------------------------------------------------


def test_a_request_holds_order_person_name_date_and_the_whole_analysis():
    d = a.technical()
    told = a.shown(d)
    assert told["asked_by"] == {"person": "p-lin", "role": "agent", "name": "Lin"}
    assert told["asked_at"] == "2026-03-03T02:00:00Z"
    assert told["analysis"] == {
        "facts": "bought in March, the battery is new",
        "loss": "two days without the machine",
        "extent": "one",
        "urgency": "ordinary",
        "mendable": True,
        "suspected_cause": "the new firmware",
    }
    assert "answers" not in told, "what is empty is not shown"
    assert d.complaint.handler == b.LIN.person


def test_it_stands_on_the_list_of_the_desk_that_has_it_with_its_deadline():
    d = a.technical()
    waits = task(d, "request-1")
    assert (waits.desk, waits.step) == (Role.DEPARTMENT, "receive_request")
    assert waits.due_at == d.complaint.due("department#1")
    d.take(a.receive())
    assert task(d, "request-1").step == "answer_request"


def test_the_deadline_is_eight_office_hours_and_the_desk_is_asked_again_half_way():
    d = a.technical()
    d.wait(timedelta(hours=5, minutes=30))  # 10:00 to 15:30, an hour of it a break
    assert a.request(d).reminders == 1
    assert "asked again: 1" in task(d, "request-1").reason
    assert not d.complaint.breached("department#1")
    d.take(rq.RemindDesk(actor=b.LIN, number=1))
    assert a.request(d).reminders == 2


def test_health_at_risk_is_said_first_on_the_desks_list():
    d = desk()
    d.take(a.ask(urgency=Urgency.HEALTH_AT_RISK))
    assert task(d, "request-1").reason.startswith("health_at_risk: ")


def test_several_desks_are_asked_at_once_each_with_its_own_clock():
    d = desk()
    d.take(a.ask())
    d.take(a.ask(a.DELIVERY))
    d.take(a.ask(None, desk=OtherDesk.LABEL_DESK, kind=OTHER))
    running = {clock.name for clock in d.complaint.clocks if clock.ended_at is None}
    assert running >= {"department#1", "department#2", "department#3"}
    d.take(a.answer(3, b.MA, verdict=None))
    assert d.complaint.running("department#3") is None
    assert d.complaint.running("department#1") is not None


def test_one_analysis_is_asked_of_a_unit_at_once_but_any_number_of_other_things():
    d = desk()
    d.take(a.ask())
    assert refused(d, a.ask()) is no.AlreadyAsked
    d.take(a.ask(kind=OTHER))
    d.take(a.ask(kind=OTHER))


def test_two_parcels_are_traced_at_once_but_none_twice():
    d = desk()
    d.take(a.trace(tracking="sf 1"))
    assert refused(d, a.trace(tracking="SF 1")) is no.AlreadyAsked
    d.take(a.trace())
    assert [each.tracking for each in d.complaint.requests] == ["SF 1", "SF0000000001"]


@pytest.mark.parametrize("other", [b.CUSTOMER, b.ZHAO, b.HE, b.DAI, b.SHOP])
def test_only_the_after_sales_desk_asks(other: Actor):
    assert refused(desk(), a.ask(actor=other)) is RoleMayNot


@pytest.mark.parametrize(("asked", "unit"), [(OtherDesk.DEPARTMENT, None), (OtherDesk.WAREHOUSE, Unit.DELIVERY)])
def test_a_department_has_a_unit_and_no_other_desk_has(asked: OtherDesk, unit: Unit | None):
    assert refused(desk(), a.ask(unit, desk=asked, kind=OTHER)) is no.UnitUnfit


# -- received and answered ----------------------------------------------------------------------------------------


def test_who_answers_at_once_has_received_it_by_that():
    d = a.technical()
    assert d.take(a.answer()) == ("request_received", "request_answered")
    assert a.request(d).state is RequestState.ANSWERED
    assert a.request(d).hands == (b.DAI.person,)
    assert "request-1" not in d.tasks()


def test_a_colleague_takes_over_by_receiving_and_both_names_stand():
    d = a.technical()
    d.take(a.receive())
    assert refused(d, a.answer(actor=b.TAO)) is no.ReceivedByAnother
    assert refused(d, a.pass_on(actor=b.TAO)) is no.ReceivedByAnother
    d.take(a.receive(actor=b.TAO))
    assert refused(d, a.answer()) is no.ReceivedByAnother
    d.take(a.answer(actor=b.TAO))
    assert a.request(d).hands == (b.DAI.person, b.TAO.person)


@pytest.mark.parametrize("step", [a.receive(actor=b.NING), a.answer(actor=b.NING), a.pass_on(actor=b.NING)])
def test_another_unit_takes_no_step_on_it(step: Step):
    assert refused(a.technical(), step) is no.NotYourRequest


def test_a_person_of_the_departments_without_a_unit_takes_no_step_on_it():
    unitless = rq.ReceiveRequest(actor=b.DAI, number=1)
    assert refused(a.technical(), unitless) is no.NotYourRequest


def test_a_request_to_a_desk_without_units_is_for_anybody_of_that_desk_and_nobody_else():
    d = desk()
    d.take(a.ask(None, desk=OtherDesk.WAREHOUSE, kind=OTHER))
    assert refused(d, a.receive(actor=b.DAI)) is no.NothingAsked
    d.take(a.answer(actor=b.ZHAO, verdict=None))


def test_an_answer_given_twice_is_told_and_the_first_stands():
    d = a.technical()
    d.take(a.ask(kind=OTHER))
    d.take(a.answer())
    assert refused(d, a.answer(findings="something else")) is no.RequestOver
    assert [each.findings for each in a.request(d).answers] == ["the fuse was blown"]


def test_an_answer_to_a_request_that_was_withdrawn_is_refused():
    d = desk()
    d.take(a.ask())
    d.take(a.ask(kind=OTHER))
    d.take(a.withdraw(2))
    assert refused(d, a.answer(2)) is no.RequestOver
    assert d.complaint.running("department#2") is None


def test_whoever_answered_does_not_make_the_call_back():
    d = a.technical()
    d.take(a.answer())
    assert b.DAI.person in d.complaint.handlers


# -- what the case waits for --------------------------------------------------------------------------------------


def test_the_judgement_waits_for_every_answer_that_is_needed_and_the_refusal_names_them():
    d = m.judged(desk())
    d.take(a.ask())
    d.take(a.ask(a.DELIVERY, needed=False))
    with pytest.raises(no.RequestUnanswered) as caught:
        d.take(m.judge())
    assert "1 (technical)" in caught.value.sentence
    assert "2" not in caught.value.sentence
    assert "mark_request" in caught.value.record().way_out
    assert refused(d, m.propose(COMP, "20.00")) is no.RequestUnanswered
    d.take(m.propose(RemedyKind.APOLOGY, None))


@pytest.mark.parametrize("way", [a.answer(), a.withdraw(), a.mark()])
def test_an_answer_a_withdrawal_or_its_not_being_needed_lets_the_case_go_on(way: Step):
    d = desk()
    d.take(m.photos())
    d.take(a.ask())
    assert d.state == "waiting_for_desk"
    assert d.complaint.running("judgement") is None
    d.take(way)
    assert d.state == "to_judge"
    assert d.complaint.running("judgement") is not None
    d.take(m.judge())


def test_an_answer_that_is_not_needed_holds_up_nothing_and_is_asked_for_all_the_same():
    d = desk()
    d.take(a.ask(needed=False))
    d.take(m.photos())
    assert d.state == "to_judge"
    d.take(m.judge())
    d.wait(b.DAY)
    assert d.complaint.breached("department#1")
    assert "answer_delayed" not in d.letters()


def test_what_was_not_needed_can_be_needed_after_all():
    d = desk()
    d.take(a.ask(needed=False))
    d.take(a.mark(needed=True))
    assert refused(d, m.judge()) is no.RequestUnanswered


# -- lateness -----------------------------------------------------------------------------------------------------


def test_a_late_desk_stands_with_the_supervisor_and_the_customer_hears_of_it_once_a_request():
    d = a.technical()
    d.wait(b.DAY)
    assert task(d, "overdue-department#1").desk is Role.SUPERVISOR
    assert d.letters().count("answer_delayed") == 1
    assert d.complaint.letters[-1].says["due"] > d.now.isoformat()
    d.take(a.answer())
    assert a.shown(d)["answers"][0]["overdue"] is True  # type: ignore[index]
    d.take(a.send_back())
    d.wait(b.DAY)
    assert d.complaint.breached("department#1")
    assert d.letters().count("answer_delayed") == 1


def test_a_late_answer_is_kept_and_shown_as_late_after_the_case_went_on():
    d = m.apologised(desk())
    d.take(a.ask(needed=False))
    d.take(a.answer())
    told = a.shown(d)["answers"][0]  # type: ignore[index]
    assert told["afterwards"] is True
    assert told["overdue"] is False


def test_an_answer_after_the_judgement_that_did_not_wait_for_it_came_afterwards():
    d = desk()
    d.take(m.photos())
    d.take(a.ask(needed=False))
    d.wait(b.HOUR)
    d.take(m.judge())
    d.take(a.answer())
    assert a.request(d).answers[0].afterwards


def test_a_second_round_asked_for_after_the_judgement_is_not_late_by_that():
    d = desk()
    d.take(m.photos())
    d.take(a.ask())
    d.take(a.answer())
    d.take(m.judge())
    d.wait(b.HOUR)
    d.take(a.send_back())
    d.take(a.answer(findings="the fuse, by a surge"))
    assert not a.request(d).answers[1].afterwards


def test_a_closed_case_still_hears_the_answer_and_is_filed_with_it():
    d = m.apologised(desk())
    d.take(a.ask(needed=False))
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    assert d.state == "resolved"
    assert not situation.filed(d.complaint)
    assert d.tasks() == set()
    assert refused(d, a.receive()) is CaseClosed
    d.take(a.answer())
    assert a.request(d).answers[0].afterwards
    assert situation.filed(d.complaint)


def test_a_case_that_was_closed_with_nothing_to_hear_says_that_it_is_closed():
    d = m.apologised(desk())
    d.take(m.call_back(cs.CallResult.SATISFIED))
    assert refused(d, a.answer()) is CaseClosed
    assert refused(d, a.turned_up()) is CaseClosed


def test_a_closed_case_that_is_never_answered_is_filed_in_the_end():
    d = m.apologised(desk())
    d.take(a.ask(needed=False))
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    d.wait(30 * b.DAY - b.HOUR)
    assert not situation.filed(d.complaint)
    d.wait(b.HOUR)
    assert situation.filed(d.complaint)
    assert d.happened()[-1] == "late_news_ended"
    assert a.request(d).state is RequestState.UNANSWERED


def test_a_case_opened_again_hears_late_answers_anew():
    d = desk()
    d.take(a.ask(needed=False))
    d.wait(timedelta(hours=73))
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    d.take(cs.DeclareNoAnswer(actor=b.LIN, reason="nobody answers", message="write to us"))
    d.take(m.photos())
    assert d.complaint.closed_at is None
    assert d.complaint.running("department#1") is not None
    assert not d.complaint.late_news_over


# -- what the customer sees ---------------------------------------------------------------------------------------


def test_the_customer_sees_neither_requests_nor_findings_nor_verdicts():
    d = a.technical()
    d.take(a.answer(verdict=Verdict.USER_ERROR))
    assert "requests" not in BOOK.told_to_customers
    assert all("user_error" not in str(letter.says) for letter in d.complaint.letters)

"""Matters of technique and of use: what their unit says first, and guidance before remedies."""

from __future__ import annotations

import pytest

from domain.complaint.looking_into import steps as ls
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.requests import refusals as no
from domain.complaint.requests.state import Verdict
from tests import builders as b
from tests.domain import asking as a
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.looks import refused, task

# -- technical or operation [F] -----------------------------------------------------------------------------------


@pytest.mark.parametrize("problem", [Problem.TECHNICAL, Problem.OPERATION])
def test_the_technical_unit_answers_before_the_judgement(problem: Problem):
    d = desk(problem=problem)
    assert d.state == "to_ask"
    assert task(d, "ask").step == "ask_desk"
    assert task(d, "ask").due_at == d.complaint.due("judgement") is not None
    assert "judge" not in d.tasks()
    assert refused(d, m.judge()) is no.AskUnitFirst
    d.take(a.ask(a.DELIVERY))
    assert d.state == "to_ask"
    d.take(a.ask())
    assert d.state == "waiting_for_desk"
    d.take(a.answer(1, b.NING, verdict=None))
    assert refused(d, m.judge()) is no.RequestUnanswered
    d.take(a.answer(2))
    d.take(m.judge())


def test_a_unit_that_another_passed_the_matter_to_answers_for_it():
    d = a.technical()
    d.take(a.pass_on())
    d.take(a.answer(actor=b.NING))
    d.take(m.judge())


def test_the_technical_unit_is_waited_for_even_if_marked_as_not_needed_until_its_deadline():
    d = a.technical()
    d.take(a.mark())
    assert refused(d, m.judge()) is no.RequestUnanswered
    d.wait(b.DAY)
    d.take(m.judge())


def test_a_withdrawn_request_has_to_be_asked_again():
    d = a.technical()
    d.take(a.withdraw())
    assert d.state == "to_ask"
    assert refused(d, m.judge()) is no.AskUnitFirst


def test_a_matter_of_use_is_settled_by_guidance_and_the_customers_word_that_it_works():
    d = a.technical()
    d.take(a.answer(verdict=Verdict.USER_ERROR))
    assert task(d, "guide").step == "explain"
    d.take(m.judge())
    assert refused(d, m.propose(RemedyKind.COMPENSATION, "20.00")) is no.GuideFirst
    d.take(ls.Explain(actor=b.LIN, words="hold the button for five seconds"))
    assert "guide" not in d.tasks()
    d.take(ls.ReportEffect(actor=b.CUSTOMER, helped=True))
    assert d.state == "to_call_back"
    assert "judge" not in d.tasks()


def test_guidance_that_helps_before_the_judgement_leaves_nothing_to_judge():
    d = a.technical()
    d.take(a.answer(verdict=Verdict.USER_ERROR))
    d.take(ls.Explain(actor=b.LIN, words="hold the button for five seconds"))
    d.take(ls.ReportEffect(actor=b.CUSTOMER, helped=True))
    assert d.state == "to_call_back"
    assert "judge" not in d.tasks()
    assert d.complaint.running("judgement") is None


def test_guidance_in_vain_opens_the_remedies():
    d = a.technical()
    d.take(a.answer(verdict=Verdict.USER_ERROR))
    d.take(ls.Explain(actor=b.LIN, words="hold the button for five seconds"))
    d.take(ls.ReportEffect(actor=b.CUSTOMER, helped=False))
    d.take(m.judge())
    d.take(m.propose(RemedyKind.COMPENSATION, "20.00"))


def test_the_last_verdict_counts():
    d = a.technical()
    d.take(a.answer(verdict=Verdict.USER_ERROR))
    d.take(a.send_back())
    d.take(a.answer(verdict=Verdict.SYSTEM_FAULT))
    d.take(m.judge())
    d.take(m.propose(RemedyKind.COMPENSATION, "20.00"))

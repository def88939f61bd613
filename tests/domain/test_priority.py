"""Priority from the four questions: by the policy, by a person's own word, and health before everything [F]."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.charge import FIRST, LAST, MIDDLE
from domain.complaint import steps as cs
from domain.complaint.priority import refusals as no
from domain.complaint.priority.level import computed, level, weights
from domain.complaint.priority.state import Answers, Loss, OwnLevel
from domain.complaint.problems import Extent, RemedyKind, Urgency
from domain.complaint.refusals import WrongCurrency
from domain.money import Money
from domain.people import Role, Unit
from tests import builders as b
from tests.domain import asking as a
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.intake_moves import assess, set_priority

RULES = b.policy().policy.priority
ANSWERS = st.builds(
    Answers,
    loss_size=st.sampled_from((None, *Loss)),
    loss_amount=st.sampled_from((None, b.yuan("0"), b.yuan("10"), b.yuan("300"))),
    extent=st.sampled_from((None, *Extent)),
    urgency=st.sampled_from((None, *Urgency)),
    mendable_simply=st.sampled_from((None, True, False)),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, MIDDLE),
        ({"urgency": Urgency.HEALTH_AT_RISK}, FIRST),
        ({"urgency": Urgency.HEALTH_AT_RISK, "loss_size": Loss.NONE, "mendable_simply": True}, FIRST),
        ({"loss_size": Loss.NONE, "extent": Extent.ONE, "urgency": Urgency.ORDINARY, "mendable_simply": True}, LAST),
        ({"loss_size": Loss.SMALL}, 4),
        ({"loss_size": Loss.LARGE}, 4),
        ({"loss_size": Loss.LARGE, "mendable_simply": False}, 3),
        ({"urgency": Urgency.BUSINESS_STOPPED}, 3),
        ({"urgency": Urgency.BUSINESS_STOPPED, "extent": Extent.SYSTEMIC}, 2),
        ({"urgency": Urgency.BUSINESS_STOPPED, "extent": Extent.SYSTEMIC, "loss_size": Loss.LARGE}, 2),
    ],
)
def test_the_level_follows_from_the_policys_rows(answers: dict[str, Any], expected: int):
    assert computed(Answers(**answers), RULES).level == expected


@pytest.mark.parametrize(("sum_", "row"), [("0", None), ("0.01", "small_loss"), ("299.99", "small_loss")])
def test_a_loss_whose_sum_is_known_is_judged_by_the_sum(sum_: str, row: str | None):
    found = weights(Answers(loss_size=Loss.LARGE, loss_amount=b.yuan(sum_)), RULES)
    assert [name for name, _ in found] == ([row] if row else [])
    assert weights(Answers(loss_amount=b.yuan("300")), RULES)[0][0] == "large_loss"


@given(ANSWERS)
def test_nothing_but_health_reaches_the_first_level_and_every_reason_is_a_row(answers: Answers):
    found = computed(answers, RULES)
    assert (found.level == FIRST) == (answers.urgency is Urgency.HEALTH_AT_RISK)
    assert FIRST <= found.level <= LAST
    assert found.points == sum(weight for _, weight in weights(answers, RULES)) or found.level == FIRST


@given(ANSWERS, st.integers(2, 5))
def test_a_persons_word_holds_but_never_below_health(answers: Answers, own: int):
    said = OwnLevel(own, "so", b.START, b.WU)
    held = level(answers, said, RULES)
    assert held.level == (FIRST if answers.urgency is Urgency.HEALTH_AT_RISK else own)


@given(ANSWERS)
def test_a_worse_answer_never_puts_a_case_behind(answers: Answers):
    if not answers.given:
        return
    before = computed(answers, RULES).level
    worse: list[dict[str, Any]] = [
        {"loss_size": Loss.LARGE, "loss_amount": None},
        {"extent": Extent.SYSTEMIC},
        {"mendable_simply": False},
        {"urgency": Urgency.HEALTH_AT_RISK},
    ]
    for change in worse:
        assert computed(replace(answers, **change), RULES).level <= before


def test_answers_given_at_the_opening_stand_in_the_case_and_in_its_story():
    d = desk(answers=Answers(urgency=Urgency.BUSINESS_STOPPED, loss_amount=b.yuan("12.50")))
    view = d.view()
    assert view.priority == 3
    assert (view.story or {})["priority"] == {
        "answers": {"loss_amount": {"amount": "12.50", "currency": "CNY"}, "urgency": "business_stopped"},
        "points": 4,
        "reasons": ["small_loss", "business_stopped"],
    }


def test_a_case_that_nobody_assessed_stands_in_the_middle_and_tells_nothing_of_it():
    view = desk().view()
    assert view.priority == MIDDLE
    assert "priority" not in (view.story or {})


def test_an_assessment_adds_to_what_is_known_and_a_changed_answer_needs_its_reason():
    d = desk()
    assert d.take(assess(extent=Extent.SYSTEMIC)) == ("assessed",)
    d.take(assess(urgency=Urgency.BUSINESS_STOPPED))
    assert d.view().priority == 2
    with pytest.raises(no.AnswerChanged):
        d.take(assess(extent=Extent.ONE))
    d.take(assess(extent=Extent.ONE, reason="the other reports were about another batch"))
    assert d.view().priority == 3


def test_a_word_for_the_loss_takes_the_place_of_a_sum_and_is_a_change():
    d = desk()
    d.take(assess(loss_amount=b.yuan("500")))
    with pytest.raises(no.AnswerChanged):
        d.take(assess(loss_size=Loss.NONE))
    d.take(assess(loss_size=Loss.NONE, reason="the goods came after all"))
    assert d.complaint.answers == Answers(loss_size=Loss.NONE)


def test_a_loss_in_another_currency_is_refused_at_the_opening_and_later():
    dollars = Money(100, "USD")
    with pytest.raises(WrongCurrency):
        desk(answers=Answers(loss_amount=dollars))
    with pytest.raises(WrongCurrency):
        desk().take(assess(loss_amount=dollars))


def test_a_persons_level_holds_until_it_is_taken_back():
    d = desk()
    d.take(assess(extent=Extent.ONE))
    d.take(set_priority(2, b.WU))
    d.take(assess(mendable_simply=True))
    assert d.view().priority == 2
    assert (d.view().story or {})["priority"]["reasons"][0] == "by_a_person"
    d.take(set_priority(None, b.GAO))
    assert d.view().priority == LAST


def test_health_found_later_goes_before_a_persons_word_and_cannot_be_put_behind():
    d = desk()
    d.take(set_priority(5, b.WU))
    d.take(assess(urgency=Urgency.HEALTH_AT_RISK))
    assert d.view().priority == FIRST
    offer = d.offers(b.WU)["set_priority"]
    assert (offer.open, offer.code) == (False, "health_goes_first")
    d.take(assess(urgency=Urgency.ORDINARY, reason="the rash was an old one"))
    assert d.view().priority == 5


def test_what_is_overdue_in_a_health_case_also_stands_on_the_centre_managers_desk():
    d = desk()
    d.take(assess(urgency=Urgency.HEALTH_AT_RISK))
    d.wait(timedelta(hours=25))
    overdue = {(task.key, task.desk) for task in d.view().tasks if task.key.startswith("overdue-first_feedback")}
    assert overdue == {
        ("overdue-first_feedback", Role.SUPERVISOR),
        ("overdue-first_feedback-head", Role.CENTRE_MANAGER),
    }
    d.take(cs.GiveFeedback(actor=b.LIN, **b.it_goes_on("we test the batch today")))
    assert not [task for task in d.view().tasks if task.key.startswith("overdue-first_feedback")]


def test_in_another_case_the_centre_manager_is_spared():
    d = desk()
    d.wait(timedelta(hours=25))
    assert not [task for task in d.view().tasks if task.desk is Role.CENTRE_MANAGER]


def _priorities(d: Desk) -> dict[str, int]:
    return {name: d.view(name).priority for name in d.names()}


def test_returns_and_slips_begin_with_the_complaints_level_and_are_told_of_a_change():
    d = desk()
    d.take(assess(extent=Extent.SYSTEMIC, urgency=Urgency.BUSINESS_STOPPED))
    name = m.returning(d)
    assert _priorities(d) == {d.complaint.case: 2, name: 2}
    d.take(assess(urgency=Urgency.HEALTH_AT_RISK, reason="a child was burnt"))
    assert _priorities(d) == {d.complaint.case: FIRST, name: FIRST}
    assert d.happened(name)[-2:] == ["charge_taken", "news_taken"]
    d.take(assess(urgency=Urgency.ORDINARY, reason="it was another pot"))
    d.take(assess(urgency=Urgency.HEALTH_AT_RISK, reason="it was this pot after all"))
    assert _priorities(d)[name] == FIRST, "the same level told a second time counts again"


def test_the_analysis_for_another_desk_answers_what_nobody_has_answered():
    d = desk()
    d.take(assess(extent=Extent.ONE))
    asked = d.take(a.ask(extent=Extent.SYSTEMIC, urgency=Urgency.BUSINESS_STOPPED, mendable=False))
    assert asked == ("desk_asked", "assessed")
    known = d.complaint.answers
    assert (known.extent, known.urgency, known.mendable_simply) == (Extent.ONE, Urgency.BUSINESS_STOPPED, False)
    assert known.loss_size is None, "the loss is told in words there"


def test_health_at_risk_in_an_analysis_counts_whatever_was_said_before():
    d = desk()
    d.take(assess(urgency=Urgency.ORDINARY))
    d.take(a.ask(urgency=Urgency.HEALTH_AT_RISK))
    assert d.view().priority == FIRST
    assert d.take(a.ask(unit=Unit.DELIVERY, urgency=Urgency.ORDINARY)) == ("desk_asked",)
    assert d.view().priority == FIRST, "only a person's assessment takes that back"


def test_a_return_that_is_over_is_told_nothing_any_more():
    d = desk()
    name = m.passed(d)
    for slip in list(d.payments):
        m.settle_slip(d, slip)
    told = len(d.delivered)
    d.take(assess(urgency=Urgency.HEALTH_AT_RISK))
    assert len(d.delivered) == told
    assert d.view(name).priority == MIDDLE


def test_a_slip_asked_for_in_a_health_case_comes_first():
    d = m.judged(desk(answers=Answers(urgency=Urgency.HEALTH_AT_RISK)))
    d.take(m.propose(RemedyKind.COMPENSATION, "50.00"))
    d.take(m.accept())
    assert d.view(d.complaint.payments[0].case).priority == FIRST

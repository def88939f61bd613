"""A return opened directly: agreed by the rule, refused by it, or left to a person (domain.md [S][O])."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.casework import view
from domain.complaint.book import BOOK, open_complaint, opening_events
from domain.complaint.eligible.refusals import NotEligible
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.lines.from_story import return_to_come
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.state import OpenComplaint
from domain.order import OrderFacts
from domain.policy import Language
from domain.record import sentence
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

SIGNED = replace(b.order(), signed_at=b.START - 2 * b.DAY)


def direct(order: OrderFacts | None = SIGNED, **changes: Any) -> Desk:
    """A customer who changed their mind about both cups and the saucer, all as new."""
    said: dict[str, Any] = {
        "problem": Problem.CHANGED_MIND,
        "direct": True,
        "signed_for": True,
        "order_facts": order,
        "further": (ClaimedLine(2, 1),),
        "condition": GoodsCondition(True, True, True),
    }
    d = desk(**(said | changes))
    d.settle_down()
    return d


def as_new() -> OpenComplaint:
    """What opens a return of one line, all as new."""
    return b.opening(
        problem=Problem.CHANGED_MIND,
        direct=True,
        signed_for=True,
        order_facts=SIGNED,
        condition=GoodsCondition(True, True, True),
    )


def test_what_the_rule_allows_is_agreed_and_the_customer_is_told_how_to_send():
    d = direct()
    name = d.complaint.returns[0].case
    assert d.letters(name) == ["return_instructions"]
    assert "proposal" not in d.letters(), "nobody is asked what they asked for"
    assert (d.state, d.complaint.accepted and d.complaint.accepted.refund) == ("returning", b.yuan("320.00"))
    assert "judgement" not in {clock.name for clock in d.complaint.clocks if clock.ended_at is None}


def test_money_goes_through_the_one_door_for_what_came_and_passed():
    d = direct()
    name = d.complaint.returns[0].case
    d.take(m.receive(), name)
    d.take(m.inspect(further=(m.found(2),)), name)
    assert [(slip.line, slip.amount) for slip in d.complaint.payments] == [
        (1, b.yuan("300.00")),
        (2, b.yuan("20.00")),
    ]
    slip = d.payments[d.complaint.payments[0].case]
    assert slip.requested_by == b.SHOP
    assert slip.approvals_needed == 2, "320.00 in sum"


def test_the_customer_pays_the_way_back_of_a_change_of_mind():
    d = direct()
    name = d.complaint.returns[0].case
    assert d.returns[name].authorisation.freight_rule == "customer_pays_return_freight"
    m.send(d)
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(further=(m.found(2),)), name)
    assert {slip.purpose for slip in d.complaint.payments} == {"refund"}


@pytest.mark.parametrize(
    "changes",
    [
        {"order": replace(SIGNED, signed_at=b.START - timedelta(days=9))},
        {"condition": GoodsCondition(True, True, False)},
    ],
)
def test_what_the_rule_does_not_allow_opens_nothing(changes: dict[str, Any]):
    with pytest.raises(NotEligible):
        direct(**changes)


@pytest.mark.parametrize(
    "changes", [{"order": None}, {"order": b.order()}, {"customer": b.customer(phone=None, email=None)}]
)
def test_what_is_not_known_opens_the_case_and_a_person_decides(changes: dict[str, Any]):
    d = direct(**changes)
    assert d.complaint.returns == ()
    assert d.complaint.proposals == ()
    assert d.tasks()


def test_units_that_are_on_their_way_already_are_not_agreed_to_twice():
    d = desk(
        problem=Problem.CHANGED_MIND,
        direct=True,
        signed_for=True,
        order_facts=SIGNED,
        condition=GoodsCondition(True, True, True),
    )
    d.units[("AS-2026-000009-R1", 1)] = 1
    d.settle_down()
    assert d.complaint.returns == ()
    assert d.state == "to_propose"


def test_it_is_told_in_sentences_from_its_first_events():
    opening = as_new()
    assert [type(event).__name__ for event in opening_events(opening)] == [
        "ComplaintOpened",
        "Judged",
        "RemedyProposed",
        "ProposalAccepted",
    ]
    assert all(sentence(event, Language.CHINESE) for event in opening_events(opening))


def test_a_return_is_awaited_from_its_agreement_until_it_begins():
    opening = as_new()
    assert return_to_come(view(BOOK, open_complaint(opening), 1)) == "AS-2026-000001-R1"
    assert return_to_come(direct().view()) is None, "it has begun"


def test_no_return_is_awaited_of_what_was_not_agreed_brings_nothing_or_was_refused_by_the_register():
    d = desk()
    d.units[("AS-2026-000009-R1", 1)] = 2
    m.judged(d)
    d.take(m.propose())
    assert return_to_come(d.view()) is None, "not agreed"
    d.take(m.accept())
    assert [trouble.code for trouble in d.complaint.troubles] == ["more_returned_than_bought"]
    assert return_to_come(d.view()) is None, "more than was bought"
    d.take(m.propose(RemedyKind.COMPENSATION, "20.00"))
    d.take(m.accept(2))
    assert return_to_come(d.view()) is None, "money alone"

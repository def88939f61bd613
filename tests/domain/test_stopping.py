"""Stopping an order before dispatch: each state in which it is found, whose word decides, and what is noted [S]."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.complaint import steps as cs
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.refusals import FactsMissing, NoProposalOpen, OutcomeStands
from domain.complaint.situation import filed
from domain.complaint.sorting.steps import Reclassify
from domain.complaint.stopping import refusals as no
from domain.complaint.stopping.state import Aftermath, Change, Found
from domain.people import Role
from domain.refusals import CaseClosed, RoleMayNot
from tests import builders as b
from tests.domain import moves as m
from tests.domain import stop_moves as sm
from tests.domain.desk import Desk, desk
from tests.domain.looks import refused
from tests.domain.provoked_while_looking import outside

REFUND, RETURN = RemedyKind.REFUND, RemedyKind.RETURN_AND_REFUND
HELD = (Found.NOT_PRINTED, Found.PRINTED, Found.PACKED)
KEEP_IT = RemedyKind.APOLOGY


def task(d: Desk, key: str) -> Role | None:
    return next((each.desk for each in d.view().tasks if each.key == key), None)


def judged(d: Desk) -> Desk:
    d.take(m.judge(fault=""))
    return d


# -- the request ---------------------------------------------------------------------------------------------------


def test_the_first_task_is_the_request_to_the_label_desk_and_nothing_is_judged_before_its_answer():
    d = sm.changed_mind()
    assert d.state == "to_stop"
    assert task(d, "ask_stop") is Role.AGENT
    assert "judge" not in d.tasks()
    assert d.complaint.due("judgement") is not None
    d.take(sm.cancel(b.TAN))
    assert (d.state, task(d, "stop"), task(d, "ask_stop")) == ("stopping", Role.LABEL_DESK, None)
    assert "judge" not in d.tasks()


def test_a_request_names_order_wish_person_and_date_and_counts_as_feedback():
    d = sm.changed_mind()
    d.take(sm.cancel(b.TAN))
    (request,) = d.complaint.stops
    assert (request.number, request.by, request.at) == (1, b.TAN, d.now)
    assert d.complaint.feedback_at == d.now
    assert d.complaint.letters[-1].kind == "stopping"
    assert d.complaint.letters[-1].says["due"] == d.complaint.due("label_desk_answer").isoformat()  # type: ignore[union-attr]
    assert d.complaint.handler is None, "pre-sales hands over, the case is an agent's"


def test_only_the_order_has_to_be_known_for_it():
    d = sm.changed_mind(line=None, description=None, order_facts=None)
    assert d.complaint.missing
    d.take(sm.cancel())
    assert refused(sm.changed_mind(order=None, order_index=None, order_facts=None), sm.cancel()) is FactsMissing


@pytest.mark.parametrize("by", [b.CUSTOMER, b.MA, b.ZHAO, b.QIAN, b.SHOP])
def test_who_may_not_ask(by: b.Actor):
    assert refused(sm.changed_mind(), sm.cancel(by)) is RoleMayNot


@pytest.mark.parametrize("by", [b.LIN, b.TAN, b.ZHAO, b.CUSTOMER, b.LU])
def test_only_the_label_desk_answers(by: b.Actor):
    d = sm.changed_mind()
    d.take(sm.cancel())
    assert refused(d, sm.found(Found.PRINTED, actor=by)) is RoleMayNot


def test_another_wish_for_the_order_replaces_the_first_and_the_label_desk_answers_anew():
    d = sm.other_variant()
    sm.held_for_change(d)
    d.take(sm.change("size 41 instead of 39"))
    assert [request.number for request in d.complaint.stops] == [1, 2]
    assert d.state == "stopping"
    assert refused(d, sm.change("size 41 instead of 39 ")) is no.StopAskedAlready


def test_who_wants_it_no_longer_after_all_is_put_into_the_other_class_and_asked_for_anew():
    d = sm.other_variant()
    sm.held_for_change(d)
    sm.sorted_anew(d, Problem.CHANGED_MIND)
    assert d.state == "to_stop"
    assert refused(d, sm.changed(Change.PAPERS_CORRECTED)) is no.NothingToChange
    judged(d)
    assert refused(d, m.propose(REFUND, "150.00")) is no.StopFirst
    d.take(sm.cancel())
    assert refused(d, m.propose(REFUND, "150.00")) is no.StopFirst
    d.take(sm.found(Found.PRINTED))
    d.take(m.propose(REFUND, "150.00"))


def test_a_new_address_travels_sealed_and_is_never_shown():
    d = sm.other_variant()
    d.take(sm.change("the address", address=b.sealed("address")))
    view = d.view()
    assert (view.sealed or {})["new_address"] == b.sealed("address")
    assert "box-of" not in str(view.story)
    assert all("box-of" not in str(letter.says) for letter in d.complaint.letters)


def test_an_order_that_the_shop_registered_as_dispatched_is_gone_from_the_start():
    d = sm.changed_mind(order_facts=sm.dispatched())
    assert d.state == "to_judge"
    assert task(d, "recall") is Role.AGENT
    assert refused(d, sm.cancel()) is no.ParcelGone
    assert refused(sm.changed_mind(signed_for=True), sm.cancel()) is no.ParcelGone


def test_an_order_that_turns_out_to_be_dispatched_after_the_request_needs_no_answer_but_takes_one():
    d = sm.changed_mind(order_facts=None)
    d.take(sm.cancel())
    d.take(cs.VerifyOrder(actor=b.SHOP, order_index="ix-order", order_facts=sm.dispatched()))
    assert d.complaint.running("label_desk_answer") is None
    assert d.state == "to_judge"
    d.take(sm.found(Found.PACKED))
    judged(d)
    d.take(m.propose(REFUND, "150.00"))


# -- each state: cancelled -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", HELD)
def test_the_refund_waits_until_the_order_is_in_hand_and_needs_no_return(state: Found):
    d = judged(sm.changed_mind())
    assert refused(d, m.propose(REFUND, "150.00")) is no.StopFirst
    d.take(sm.cancel())
    d.take(sm.found(state, secured=False))
    assert d.state == "stopping"
    assert refused(d, m.propose(REFUND, "150.00")) is no.StopFirst
    assert refused(d, m.propose()) is no.StopFirst
    d.take(sm.found(state))
    assert d.state == "to_propose"
    assert refused(d, m.propose()) is no.OrderIsHeldBack
    d.take(m.propose(REFUND, "150.00"))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    assert d.state == "to_call_back"
    assert not d.complaint.proposals[0].freight


@pytest.mark.parametrize(
    ("state", "done", "desk", "by"),
    [
        (Found.PRINTED, Aftermath.PAPERS_DESTROYED, Role.LABEL_DESK, b.MA),
        (Found.PACKED, Aftermath.BACK_INTO_STOCK, Role.WAREHOUSE, b.ZHAO),
    ],
)
def test_papers_are_destroyed_and_goods_stocked_after_the_refund_and_that_holds_up_the_filing(
    state: Found, done: Aftermath, desk: Role, by: b.Actor
):
    d = sm.changed_mind()
    slip = sm.refund_agreed(d, state)
    assert refused(d, sm.noted(done, by)) is no.AftermathNotDue
    m.settle_slip(d, slip)
    assert task(d, "aftermath") is desk
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    assert (d.state, task(d, "aftermath")) == ("resolved", desk)
    assert not filed(d.complaint)
    assert refused(d, sm.noted(done, b.LIN)) is RoleMayNot
    d.take(sm.noted(done, by))
    assert filed(d.complaint)
    (request,) = d.complaint.stops
    assert request.aftermath is not None
    assert (request.aftermath.signed, request.aftermath.at) == (by.name, d.now)
    assert refused(d, sm.noted(done, by)) is CaseClosed


def test_nothing_remains_of_an_order_that_was_never_printed():
    d = sm.changed_mind()
    sm.refunded(d, Found.NOT_PRINTED)
    assert task(d, "aftermath") is None
    assert refused(d, sm.noted(Aftermath.STAYS_VOID)) is no.AftermathNotDue
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    assert filed(d.complaint)


def test_gone_is_treated_as_dispatched():
    d = sm.changed_mind()
    sm.gone(d)
    assert d.letters()[-1] == "parcel_gone"
    assert d.state == "to_judge"
    judged(d)
    assert task(d, "recall") is Role.AGENT
    d.take(m.propose())
    assert not d.complaint.proposals[-1].freight, "a changed mind pays the way back"
    d.take(m.accept())
    (returned,) = d.returns.values()
    assert returned.authorisation.freight_rule == "customer_pays_return_freight"
    assert returned.authorisation.card_reason == "cup"


def test_goods_without_a_registered_fault_pass_when_they_are_whole():
    d = sm.changed_mind()
    sm.gone(d)
    judged(d)
    d.take(m.propose())
    d.take(m.accept())
    name = d.complaint.returns[0].case
    d.take(m.shipped())
    d.take(m.receive(), name)
    d.take(m.inspect(fault_found=False), name)
    assert d.returns[name].outcome == "passed"
    assert [slip.purpose for slip in d.payments.values()] == ["refund"]


def test_freight_that_was_promised_outside_is_kept_all_the_same():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(outside(RETURN, "150.00"))
    judged(d)
    d.take(replace(m.propose(), freight=True))
    assert not d.complaint.proposals[-1].freight
    d.take(replace(outside(RETURN, "150.00"), freight=True))
    d.take(m.propose())
    assert d.complaint.proposals[-1].freight


# -- each state: changed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "done"),
    [
        (Found.NOT_PRINTED, Change.ORDER_EDITED),
        (Found.PRINTED, Change.PAPERS_CORRECTED),
        (Found.PACKED, Change.PARCEL_REPRINTED),
    ],
)
def test_a_changed_order_is_the_outcome_without_judgement_or_money(state: Found, done: Change):
    d = sm.other_variant()
    d.take(sm.change())
    assert refused(d, sm.changed(done)) is no.NothingToChange
    d.take(sm.found(state, secured=False))
    assert refused(d, sm.changed(done)) is no.NothingToChange
    d.take(sm.found(state))
    assert (d.state, task(d, "change")) == ("changing", Role.LABEL_DESK)
    assert d.complaint.running("label_desk_change") is not None
    assert d.complaint.running("label_desk_answer") is None
    for other in set(Change) - {done}:
        assert refused(d, sm.changed(other)) is no.ChangeDoesNotFit
    d.take(sm.changed(done, "sf77"))
    assert d.state == "to_call_back"
    assert (d.letters()[-1], d.complaint.letters[-1].says) == ("order_changed", {"tracking": "SF77"})
    assert not d.payments
    assert not {"judge", "ask_stop"} & d.tasks()
    assert refused(d, sm.changed(done)) is no.NothingToChange
    assert refused(d, sm.found(Found.GONE)) is no.NothingToStop, "a changed order goes out: that is no news"
    assert refused(d, sm.change("size 42")) is OutcomeStands
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    assert d.state == "resolved"
    assert filed(d.complaint)


def test_a_change_that_comes_too_late_is_for_after_sales():
    d = sm.other_variant()
    d.take(sm.change())
    d.take(sm.found(Found.GONE))
    assert d.state == "to_judge"
    judged(d)
    d.take(m.propose())
    assert not d.complaint.proposals[-1].freight


def test_a_customer_who_is_not_satisfied_with_the_change_brings_it_back_to_the_request():
    d = sm.other_variant()
    sm.held_for_change(d)
    d.take(sm.changed(Change.PAPERS_CORRECTED))
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    assert d.state == "to_stop"
    d.take(sm.change("size 41 after all"))
    d.take(sm.found(Found.GONE))
    assert d.state == "to_judge"


# -- under one's hands ---------------------------------------------------------------------------------------------


def test_the_label_desks_last_word_counts_from_printed_over_packed_to_gone():
    d = judged(sm.changed_mind())
    d.take(sm.cancel())
    for state in (Found.PRINTED, Found.PACKED):
        d.take(sm.found(state, secured=False))
        assert d.state == "stopping"
        assert refused(d, sm.found(state, secured=False)) is no.FindingKnown
    d.take(sm.found(Found.GONE))
    assert d.state == "to_propose"
    assert refused(d, m.propose(REFUND, "150.00")).__name__ == "RecallFirst"
    assert [finding.found for finding in d.complaint.stops[0].findings] == [Found.PRINTED, Found.PACKED, Found.GONE]
    assert d.letters().count("parcel_gone") == 1
    assert "order_held" not in d.letters()


def test_the_answer_clock_runs_until_the_order_is_in_hand_or_gone_and_again_when_that_is_lost():
    d = sm.changed_mind()
    d.take(sm.cancel())
    first = d.complaint.due("label_desk_answer")
    d.wait(b.HOUR)
    d.take(sm.found(Found.PRINTED, secured=False))
    assert d.complaint.due("label_desk_answer") == first
    d.take(sm.found(Found.PRINTED))
    assert d.complaint.running("label_desk_answer") is None
    d.take(sm.found(Found.PACKED, secured=False))
    assert d.complaint.due("label_desk_answer") == b.policy().calendar.add_business(d.now, 2 * b.HOUR)
    d.wait(4 * b.HOUR)
    assert task(d, "overdue-label_desk_answer") is Role.SUPERVISOR


def test_an_unanswered_proposal_whose_ground_is_gone_is_taken_back():
    d = sm.changed_mind()
    sm.held(d)
    judged(d)
    d.take(m.propose(REFUND, "150.00"))
    d.take(sm.found(Found.GONE))
    assert refused(d, m.accept()) is NoProposalOpen
    assert d.state == "to_propose"
    d.take(m.propose())
    d.take(sm.found(Found.PACKED))
    assert refused(d, m.accept(2)) is NoProposalOpen, "what is in hand after all does not come back"


def test_a_proposal_taken_along_from_another_class_does_not_skip_the_stop():
    d = judged(desk(problem=Problem.OTHER))
    d.take(m.propose(REFUND, "150.00"))
    d.take(Reclassify(actor=b.LIN, problem=Problem.CHANGED_MIND, reason="they do not want it"))
    assert refused(d, m.accept()) is NoProposalOpen

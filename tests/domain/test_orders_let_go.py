"""What was held back is let go, destroyed or stocked when the matter ends, and not forgotten with the case [S][O]."""

from __future__ import annotations

import pytest

from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.complaint.refusals import GoodsOnTheWay, RemedyUnderWay
from domain.complaint.situation import filed
from domain.complaint.sorting.steps import PassToPlatform
from domain.complaint.stopping import refusals as no
from domain.complaint.stopping.state import Aftermath, Change, Found
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain import stop_moves as sm
from tests.domain.looks import refused
from tests.domain.provoked_while_looking import outside
from tests.domain.test_stopping import HELD, judged, task

REFUND, KEEP_IT = RemedyKind.REFUND, RemedyKind.APOLOGY


@pytest.mark.parametrize("state", [None, *HELD])
def test_a_withdrawn_complaint_lets_the_order_go_and_is_not_filed_before(state: Found | None):
    d = sm.changed_mind()
    d.take(sm.cancel())
    if state is not None:
        d.take(sm.found(state))
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.post()
    assert (d.state, task(d, "aftermath"), task(d, "stop")) == ("withdrawn", Role.LABEL_DESK, None)
    assert not filed(d.complaint)
    assert d.offers(b.MA)["record_aftermath"].open
    d.take(sm.noted(Aftermath.LET_GO))
    assert filed(d.complaint)


def test_a_parcel_found_gone_after_the_withdrawal_needs_nothing_more_and_tells_nobody():
    d = sm.changed_mind()
    d.take(sm.cancel())
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.take(sm.found(Found.GONE))
    d.post()
    assert filed(d.complaint)
    assert "parcel_gone" not in d.letters()


@pytest.mark.parametrize("state", HELD)
def test_an_order_whose_case_the_platform_decides_may_stay_where_it_is(state: Found):
    d = sm.changed_mind()
    sm.held(d, state)
    d.take(PassToPlatform(actor=b.WU, reason="the platform decides", reference="TM-1"))
    other = {Found.NOT_PRINTED: Aftermath.STAYS_VOID, Found.PRINTED: Aftermath.PAPERS_DESTROYED}
    d.take(sm.noted(other.get(state, Aftermath.BACK_INTO_STOCK)))
    d.post()
    assert filed(d.complaint)


def test_a_customer_who_keeps_the_order_after_all_has_it_sent():
    d = sm.changed_mind()
    sm.held(d)
    judged(d)
    d.take(m.propose(KEEP_IT, None))
    d.take(m.accept())
    d.post()  # the apology is written: done once it is sent
    assert (d.state, task(d, "aftermath")) == ("to_call_back", Role.LABEL_DESK)
    d.take(sm.noted(Aftermath.LET_GO))
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    assert d.state == "to_stop", "what was sent on its way is not in hand any more"
    assert refused(d, m.propose(REFUND, "150.00")) is no.StopFirst


def test_a_refused_claim_lets_the_order_go():
    d = sm.changed_mind()
    sm.held(d)
    d.take(m.judge(fault_confirmed=False, fault=""))
    d.take(cs.RefuseClaim(actor=b.LIN, reason="made to measure"))
    assert task(d, "aftermath") is Role.LABEL_DESK
    d.take(sm.found(Found.GONE))
    assert task(d, "aftermath") is None
    assert "parcel_gone" not in d.letters(), "the customer gets what was ordered"


def test_a_refused_claim_ends_the_label_desks_search():
    d = sm.changed_mind()
    d.take(sm.cancel())
    d.take(m.judge(fault_confirmed=False, fault=""))
    d.take(cs.RefuseClaim(actor=b.LIN, reason="made to measure"))
    assert (task(d, "stop"), task(d, "aftermath")) == (None, Role.LABEL_DESK)
    assert d.complaint.running("label_desk_answer") is None


def test_papers_that_were_destroyed_stay_in_hand_in_the_next_round():
    d = sm.changed_mind()
    sm.held(d)
    judged(d)
    d.take(m.propose(KEEP_IT, None))
    d.take(m.accept())
    d.post()
    d.take(sm.noted(Aftermath.PAPERS_DESTROYED))
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    assert d.state == "to_propose"
    d.take(m.propose(REFUND, "150.00"))


def test_a_changed_order_may_have_left_by_the_next_round():
    d = sm.other_variant(order_facts=None)
    sm.held_for_change(d)
    d.take(sm.changed(Change.PAPERS_CORRECTED))
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    d.take(cs.VerifyOrder(actor=b.SHOP, order_index="ix-order", order_facts=sm.dispatched()))
    assert d.state == "to_judge"


def test_a_refund_that_was_promised_and_paid_does_not_end_the_label_desks_search():
    d = sm.changed_mind()
    d.take(sm.cancel())
    d.take(sm.found(Found.PRINTED, secured=False))
    d.take(outside(REFUND, "150.00"))
    judged(d)
    d.take(m.propose(REFUND, "150.00"))
    d.take(sm.found(Found.PACKED, secured=False))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    assert (task(d, "stop"), task(d, "aftermath")) == (Role.LABEL_DESK, None)
    d.take(sm.found(Found.PACKED))
    assert (task(d, "stop"), task(d, "aftermath")) == (None, Role.WAREHOUSE)


def test_that_the_order_is_held_back_is_told_once():
    d = sm.changed_mind()
    sm.held(d)
    d.take(sm.found(Found.PACKED))
    assert d.letters().count("order_held") == 1


def test_a_silent_customers_order_is_not_let_go_in_silence():
    d = sm.changed_mind()
    sm.held(d)
    judged(d)
    d.take(m.propose(REFUND, "150.00"))
    d.wait(73 * b.HOUR)
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    silent = cs.DeclareNoAnswer(actor=b.LIN, reason="called in vain", message="write to us")
    assert refused(d, silent) is GoodsOnTheWay
    assert task(d, "proposal_answer") is Role.SUPERVISOR


def test_nothing_is_asked_for_once_a_remedy_is_agreed():
    d = sm.changed_mind()
    sm.refund_agreed(d)
    assert refused(d, sm.cancel()) is RemedyUnderWay

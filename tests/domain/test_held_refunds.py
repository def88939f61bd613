"""A refund whose parcel has left after all: the slip waits and a person hears of it, whichever came first [S][O]."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.complaint import steps as cs
from domain.complaint.errands import HoldPayment, errands
from domain.complaint.problems import RemedyKind
from domain.complaint.refusals import Irreversible, RemedyUnderWay, SlipNotFailed
from domain.complaint.situation import filed
from domain.complaint.state import ProposalState
from domain.complaint.stopping.state import Found
from domain.payment.refusals import HeldBack
from domain.payment.steps import ReportNotPaid, SignPaid, TakeHold, VoidSlip
from domain.people import DESK, Role
from domain.shared_steps import SettleTrouble
from tests import builders as b
from tests.domain import moves as m
from tests.domain import stop_moves as sm
from tests.domain.looks import refused
from tests.domain.provoked_while_looking import outside
from tests.domain.stop_moves import task, troubles

REFUND = RemedyKind.REFUND


def test_a_refund_whose_parcel_has_left_is_neither_approved_nor_paid_blindly():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(sm.found(Found.GONE))
    assert troubles(d) == ["refund_of_gone_parcel"]
    assert slip in d.complaint.troubles[0].sentence
    assert (d.state, task(d, "trouble-1")) == ("refund_held", (Role.SUPERVISOR, "settle_trouble"))
    assert d.payments[slip].held
    assert refused(d, m.approve("150.00"), slip) is HeldBack
    (waits,) = d.view(slip).tasks
    assert (waits.desk, waits.step, waits.needs_a_person) == (Role.SUPERVISOR, "void_slip", True)
    assert refused(d, m.propose()) is RemedyUnderWay
    assert task(d, "recall") == (Role.AGENT, "ask_for_recall")


def test_a_slip_that_is_with_finance_already_is_held_in_its_hands():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(m.approve("150.00"), slip)
    d.take(sm.found(Found.GONE))
    (waits,) = d.view(slip).tasks
    assert (waits.desk, waits.step) == (Role.FINANCE, "report_not_paid")
    assert refused(d, m.pay("150.00"), slip) is HeldBack
    d.take(ReportNotPaid(actor=b.QIAN, reason="the parcel has left"), slip)
    assert d.state == "to_propose"
    assert not [each for each in d.tasks() if each.startswith("slip-")]
    assert refused(d, cs.RequestSlip(actor=b.LIN, slip=slip, reason="once more")) is SlipNotFailed


def test_what_finance_had_paid_before_it_could_know_is_put_on_record_and_comes_to_a_person():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(m.approve("150.00"), slip)
    d.take(sm.found(Found.GONE))
    d.take(SignPaid(actor=b.QIAN, amount=b.yuan("150.00"), reference="PAY-1", despite_hold=True), slip)
    assert troubles(d) == ["refund_of_gone_parcel", "refund_and_parcel_out"]
    assert d.state == "to_call_back", "the customer has the money: that is the outcome"
    d.take(sm.recall())
    assert d.state == "to_call_back"


def test_a_voided_refund_makes_room_for_the_ordinary_return():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(sm.found(Found.GONE))
    d.take(VoidSlip(actor=b.SUN, reason="the parcel has left"), slip)
    assert d.state == "to_propose"
    assert next(t.reason for t in d.view().tasks if t.key == "propose").startswith("the parcel has left after all")
    d.take(m.propose())
    d.take(m.accept(2))
    assert d.complaint.returns


def test_a_voided_refund_may_also_end_in_a_withdrawal_for_the_customer_who_keeps_the_parcel():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(sm.found(Found.GONE))
    assert refused(d, cs.Withdraw(actor=b.CUSTOMER)) is Irreversible
    d.take(VoidSlip(actor=b.SUN, reason="the parcel has left"), slip)
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    assert d.state == "withdrawn"


def test_a_refund_goes_on_by_itself_when_the_recalled_parcel_is_back():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(sm.found(Found.GONE))
    for step in (sm.recall(), sm.registered(), sm.part_one()):
        d.take(step)
    assert d.payments[slip].held
    d.take(sm.original())
    assert not d.payments[slip].held
    m.settle_slip(d, slip)
    assert d.state == "to_call_back"
    assert "refund_and_parcel_out" not in troubles(d)


def test_a_slip_is_held_while_the_parcel_is_fetched_once_more_and_goes_on_when_it_is():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(sm.found(Found.PACKED, secured=False))
    assert d.payments[slip].held
    assert troubles(d) == [], "the label desk is at it"
    assert task(d, "stop") == (Role.LABEL_DESK, "confirm_stop")
    d.take(sm.found(Found.PACKED))
    assert not d.payments[slip].held
    m.settle_slip(d, slip)


def test_a_slip_that_came_to_nothing_is_asked_for_anew_once_the_parcel_is_in_hand_again():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(sm.found(Found.GONE))
    d.take(VoidSlip(actor=b.SUN, reason="the parcel has left"), slip)
    d.take(sm.found(Found.PACKED))
    assert d.state == "slip_failed"
    d.take(cs.RequestSlip(actor=b.LIN, slip=slip, reason="the parcel is here after all"))
    m.settle_slip(d, d.complaint.payments[-1].case)
    assert d.state == "to_call_back"


def test_a_refund_that_was_promised_outside_is_paid_wherever_the_parcel_is():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(m.judge(fault=""))
    d.take(outside(REFUND, "150.00"))
    d.take(m.propose(REFUND, "150.00"))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    assert troubles(d) == []


# -- the race, in both orders --------------------------------------------------------------------------------------


def test_paid_first_and_gone_after_comes_to_a_person_also_when_the_case_is_closed():
    d = sm.changed_mind()
    sm.refunded(d)
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.take(sm.found(Found.GONE))
    assert troubles(d) == ["refund_and_parcel_out"]
    assert task(d, "aftermath") is None
    assert "parcel_gone" not in d.letters(), "a closed case promises nothing"
    d.post()
    assert not filed(d.complaint)
    d.take(SettleTrouble(actor=b.WU, number=1, how="the customer sends it back"))
    assert filed(d.complaint)


@pytest.mark.parametrize("hold_first", [True, False])
def test_gone_and_paid_at_the_same_time(hold_first: bool):
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.take(m.approve("150.00"), slip)
    d.at_once = False
    d.take(sm.found(Found.GONE))
    d.do_errand()  # the word to wait is under way
    if hold_first:
        d.deliver(0)
        assert refused(d, m.pay("150.00"), slip) is HeldBack
        return
    d.take(m.pay("150.00"), slip)
    d.deliver(0)
    assert "news_set_aside" in d.happened(slip)
    d.report_one()
    d.deliver(0)
    assert troubles(d) == ["refund_of_gone_parcel", "refund_and_parcel_out"]


def test_no_slip_is_asked_for_when_the_parcel_is_gone_before_it_could_be():
    d = sm.changed_mind()
    sm.held(d)
    d.take(m.judge(fault=""))
    d.take(m.propose(REFUND, "150.00"))
    d.at_once = False
    d.take(m.accept())
    d.take(sm.found(Found.GONE))
    assert not d.do_errand()
    assert d.state == "to_propose"


def test_words_to_a_slip_that_overtake_each_other_leave_the_last_one_standing():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    d.at_once = False
    d.take(sm.found(Found.GONE))
    d.do_errand()
    d.take(sm.found(Found.PACKED))
    d.do_errand()
    d.deliver(1)
    d.deliver(0)
    assert not d.payments[slip].held
    d.take(TakeHold(actor=DESK, held=True, told=2), slip)
    assert not d.payments[slip].held


def test_what_is_paid_beside_the_refund_does_not_wait_for_the_parcel():
    d = sm.changed_mind()
    slip = sm.refund_agreed(d)
    beside = replace(d.complaint.payments[0], case=f"{slip}x", purpose="compensation")
    d.complaint = replace(d.complaint, payments=(*d.complaint.payments, beside))
    d.at_once = False
    d.take(sm.found(Found.GONE))
    assert [errand.payment_case for errand in errands(d.complaint) if isinstance(errand, HoldPayment)] == [slip]


def test_a_remedy_of_parts_that_waits_for_its_approval_is_taken_back_as_well():
    d = sm.changed_mind()
    sm.held(d)
    d.take(m.judge(fault=""))
    d.take(m.propose(REFUND, "150.00"))
    waits = replace(d.complaint.proposals[-1], state=ProposalState.TO_APPROVE)
    d.complaint = replace(d.complaint, proposals=(waits,))
    d.take(sm.found(Found.GONE))
    assert d.complaint.proposals[-1].state is ProposalState.REPLACED

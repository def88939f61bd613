"""Calling a parcel back: the slip in two parts, what is refunded when, and money and goods that part company [S]."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from domain.complaint import steps as cs
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.recall import refusals as no
from domain.complaint.recall.state import Holder, RecallState
from domain.complaint.refusals import GoodsOnTheWay, Irreversible, NoProposalOpen, RemedyUnderWay, SlipNotFailed
from domain.complaint.situation import filed
from domain.complaint.state import Complaint
from domain.complaint.stopping.state import Aftermath, Found
from domain.payment.refusals import HeldBack
from domain.payment.steps import ReportNotPaid, SignPaid, TakeHold, VoidSlip
from domain.people import DESK, Actor, Role
from domain.refusals import Refusal, RoleMayNot
from domain.shared_steps import SettleTrouble
from domain.steps import Step
from tests import builders as b
from tests.domain import moves as m
from tests.domain import stop_moves as sm
from tests.domain.desk import Desk
from tests.domain.provoked_while_looking import outside

REFUND, RETURN = RemedyKind.REFUND, RemedyKind.RETURN_AND_REFUND


def refused(d: Desk, step: Step, name: str = "") -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        d.take(step, name)
    return type(caught.value)


def task(d: Desk, key: str) -> tuple[Role, str] | None:
    return next(((each.desk, each.step) for each in d.view().tasks if each.key == key), None)


def troubles(d: Desk) -> list[str]:
    return [trouble.code for trouble in d.complaint.troubles]


def recall_of(d: Desk) -> tuple[RecallState, Holder | None]:
    last = d.complaint.recalls[-1]
    return last.state, last.part_one_with


# -- the slip in two parts -----------------------------------------------------------------------------------------


def test_a_recalled_parcel_is_exchanged_for_part_one_and_then_refunded():
    d = sm.changed_mind(order_facts=sm.dispatched())
    assert task(d, "recall") == (Role.AGENT, "ask_for_recall")
    d.take(sm.recall())
    assert (d.state, task(d, "recall")) == ("recalling", (Role.LOGISTICS, "register_recall"))
    assert recall_of(d) == (RecallState.ASKED, None)
    d.take(sm.registered())
    assert recall_of(d) == (RecallState.REGISTERED, Holder.LOGISTICS)
    assert d.letters()[-1] == "recall_registered"
    assert d.complaint.letters[-1].says["tracking"] == "SF0000000001"
    d.take(sm.part_one())
    assert (recall_of(d), task(d, "recall")) == (
        (RecallState.SIGNED, Holder.LABEL_DESK),
        (Role.LABEL_DESK, "sign_original_received"),
    )
    d.take(m.judge(fault=""))
    assert d.state == "recalling"
    assert refused(d, m.propose(REFUND, "150.00")) is no.RecallRunning
    assert refused(d, m.propose()) is no.RecallRunning
    d.take(sm.original())
    assert recall_of(d) == (RecallState.RECEIVED, Holder.COURIER)
    assert d.complaint.recalls[0].since == d.now
    assert d.letters()[-1] == "original_received"
    assert d.state == "to_propose"
    assert refused(d, m.propose()) is no.ParcelIsBack
    d.take(m.propose(REFUND, "150.00"))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    assert d.state == "to_call_back"
    assert task(d, "aftermath") == (Role.WAREHOUSE, "record_aftermath")
    d.take(sm.noted(Aftermath.BACK_INTO_STOCK, b.ZHAO))
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    assert filed(d.complaint)


def test_each_hand_in_its_turn_and_nobody_elses():
    d = sm.changed_mind()
    sm.gone(d)
    assert refused(d, sm.registered()) is no.NoRecallHere
    d.take(sm.recall())
    steps: tuple[tuple[Step, Actor], ...] = ((sm.registered(), b.MA), (sm.part_one(), b.LU), (sm.original(), b.LU))
    for step, wrong in steps:
        body = {name: value for name, value in vars(step).items() if name != "actor"}
        assert refused(d, type(step)(**body, actor=wrong)) is RoleMayNot
    for early in (sm.part_one(), sm.original()):
        assert refused(d, early) is no.NoRecallHere
    d.take(sm.registered())
    assert refused(d, sm.registered("RC-2")) is no.NoRecallHere
    assert refused(d, sm.original()) is no.NoRecallHere
    d.take(sm.part_one())
    assert refused(d, sm.part_one()) is no.NoRecallHere
    d.take(sm.original())
    assert refused(d, sm.original()) is no.NoRecallHere
    assert refused(d, sm.no_recall()) is no.NoRecallHere
    assert refused(d, sm.recall()) is no.ParcelIsBack


def test_the_agent_names_the_parcel_where_the_order_does_not():
    d = sm.changed_mind(order_facts=None)
    sm.gone(d)
    assert refused(d, sm.recall()) is no.TrackingNeeded
    d.take(sm.recall(carrier="YTO", tracking=" yt77 "))
    assert (d.complaint.recalls[0].carrier, d.complaint.recalls[0].tracking) == ("YTO", "YT77")


def test_registration_and_arrival_have_their_deadlines():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(sm.recall())
    assert d.complaint.due("recall_registration") == b.policy().calendar.add_business(d.now, 4 * b.HOUR)
    d.take(sm.registered())
    assert d.complaint.running("recall_registration") is None
    arrival = d.now + 10 * b.DAY
    assert d.complaint.due("recall_arrival") == arrival
    d.take(sm.part_one())
    assert d.complaint.due("recall_arrival") == arrival, "the clock runs on whoever has the slip"
    d.wait(11 * b.DAY)
    assert task(d, "recall") == (Role.LOGISTICS, "report_recall_failed")
    assert task(d, "overdue-recall_arrival") is not None
    d.take(sm.original())
    assert d.complaint.running("recall_arrival") is None


@pytest.mark.parametrize("by", [b.LU, b.MA])
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_failed_recall_is_told_at_once_and_leaves_the_ordinary_return(by: Actor, steps: int):
    d = sm.changed_mind()
    sm.gone(d)
    d.take(m.judge(fault=""))
    d.take(sm.recall())
    for step in (sm.registered(), sm.part_one())[:steps]:
        d.take(step)
    d.take(sm.no_recall(by))
    assert d.letters()[-1] == "recall_failed"
    assert d.complaint.letters[-1].says["due"] == d.complaint.due("proposal").isoformat()  # type: ignore[union-attr]
    assert d.state == "to_propose"
    assert refused(d, m.propose(REFUND, "150.00")) is no.RecallFirst
    d.take(m.propose())
    assert not d.complaint.proposals[-1].freight
    d.take(m.accept())
    assert d.complaint.returns
    assert refused(d, sm.recall()) is RemedyUnderWay


def test_it_may_be_tried_once_more_and_both_slips_stay_on_record():
    d = sm.changed_mind()
    sm.recalling(d)
    d.take(sm.no_recall())
    d.take(sm.recall())
    d.take(sm.registered("RC-2"))
    assert [(each.number, each.slip, each.state) for each in d.complaint.recalls] == [
        (1, "RC-1", RecallState.FAILED),
        (2, "RC-2", RecallState.REGISTERED),
    ]


def test_a_return_that_was_offered_is_taken_back_when_the_parcel_is_called_back():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(m.judge(fault=""))
    d.take(m.propose())
    d.take(sm.recall())
    assert refused(d, m.accept()) is NoProposalOpen


def test_a_parcel_that_comes_back_after_the_return_was_agreed_comes_to_a_person():
    d = sm.changed_mind()
    sm.recalling(d)
    d.take(sm.no_recall())
    d.take(m.judge(fault=""))
    d.take(m.propose())
    d.take(m.accept())
    d.take(sm.original())
    assert troubles(d) == ["parcel_is_here"]
    assert recall_of(d) == (RecallState.RECEIVED, Holder.COURIER)


def test_nobody_withdraws_or_closes_over_a_parcel_that_the_courier_brings_back():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(sm.recall())
    assert d.offers(b.CUSTOMER)["withdraw"].open
    d.take(sm.registered())
    assert refused(d, cs.Withdraw(actor=b.CUSTOMER)) is Irreversible
    assert refused(d, m.close()) is GoodsOnTheWay


def test_a_recall_that_was_asked_for_before_the_withdrawal_is_called_off_in_writing():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(sm.recall())
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.post()
    assert task(d, "recall") == (Role.LOGISTICS, "report_recall_failed")
    assert not filed(d.complaint)
    d.take(sm.no_recall())
    assert filed(d.complaint)
    assert "recall_failed" not in d.letters()


def test_a_parcel_that_was_called_back_all_the_same_after_the_withdrawal_comes_to_a_person():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(sm.recall())
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    for step in (sm.registered(), sm.part_one(), sm.original()):
        d.take(step)
    d.post()
    assert troubles(d) == ["goods_of_closed_case"]
    assert task(d, "aftermath") == (Role.LABEL_DESK, "record_aftermath")
    d.take(SettleTrouble(actor=b.WU, number=1, how="the customer wants it after all"))
    assert not filed(d.complaint)
    d.take(sm.noted(Aftermath.LET_GO))
    assert filed(d.complaint)
    assert not d.complaint.original_received


def test_another_size_is_no_reason_to_call_a_parcel_back():
    d = sm.other_variant(order_facts=sm.dispatched())
    assert task(d, "recall") is None
    assert refused(d, sm.recall()) is no.NotToBeRecalled
    sm.sorted_anew(d, Problem.CHANGED_MIND)
    d.take(sm.recall())


# -- the parcel has left after all, and the refund is under way ----------------------------------------------------


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


def test_requests_and_slips_survive_being_carried_into_a_new_run():
    d = sm.other_variant()
    d.take(sm.change("the address", address=b.sealed("address")))
    d.take(sm.found(Found.PACKED, secured=False))
    sm.sorted_anew(d, Problem.CHANGED_MIND)
    sm.recalling(d)
    d.take(sm.original())
    wire = TypeAdapter(Complaint)
    assert wire.validate_json(wire.dump_json(d.complaint)) == d.complaint

"""Calling a parcel back: the slip in two parts, what is refunded when, and money and goods that part company [S]."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from domain.complaint import steps as cs
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.recall import refusals as no
from domain.complaint.recall.state import Holder, RecallState
from domain.complaint.refusals import GoodsOnTheWay, Irreversible, NoProposalOpen, RemedyUnderWay
from domain.complaint.situation import filed
from domain.complaint.state import Complaint
from domain.complaint.stopping.state import Aftermath, Found
from domain.people import Actor, Role
from domain.refusals import RoleMayNot
from domain.shared_steps import SettleTrouble
from domain.steps import Step
from tests import builders as b
from tests.domain import moves as m
from tests.domain import stop_moves as sm
from tests.domain.desk import Desk
from tests.domain.looks import refused
from tests.domain.stop_moves import task, troubles

REFUND, RETURN = RemedyKind.REFUND, RemedyKind.RETURN_AND_REFUND


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


def test_a_return_that_was_offered_is_taken_back_when_the_parcel_comes_after_all():
    d = sm.changed_mind()
    sm.recalling(d)
    d.take(sm.no_recall())
    d.take(m.judge(fault=""))
    d.take(m.propose())
    d.take(sm.original())
    assert refused(d, m.accept()) is NoProposalOpen
    assert troubles(d) == []
    assert d.state == "to_propose"


def test_a_recall_given_up_before_part_one_was_signed_has_nothing_to_give_in_exchange():
    d = sm.changed_mind()
    sm.gone(d)
    d.take(sm.recall())
    d.take(sm.registered())
    d.take(sm.no_recall())
    assert refused(d, sm.original()) is no.NoRecallHere


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


def test_requests_and_slips_survive_being_carried_into_a_new_run():
    d = sm.other_variant()
    d.take(sm.change("the address", address=b.sealed("address")))
    d.take(sm.found(Found.PACKED, secured=False))
    sm.sorted_anew(d, Problem.CHANGED_MIND)
    sm.recalling(d)
    d.take(sm.original())
    wire = TypeAdapter(Complaint)
    assert wire.validate_json(wire.dump_json(d.complaint)) == d.complaint

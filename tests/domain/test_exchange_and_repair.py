"""Goods handed out for goods that came back: an exchange, a repair and its estimate."""

from __future__ import annotations

import pytest

from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.complaint.fulfilling import refusals as unfit
from domain.complaint.fulfilling import steps as fs
from domain.complaint.fulfilling.state import PartState
from domain.complaint.problems import RemedyKind
from domain.goods_return import steps as rs
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.looks import task

COMP, COUPON = RemedyKind.COMPENSATION, RemedyKind.COUPON
RESHIP, EXCHANGE, REPAIR = RemedyKind.RESHIPMENT, RemedyKind.EXCHANGE, RemedyKind.REPAIR


# -- exchange and repair ---------------------------------------------------------------------------------------


def test_an_exchange_ships_only_after_the_goods_passed():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, m.beside(COUPON, worth="10.00"), worth="40.00", what="cup, size L"))
    d.take(m.accept())
    name = d.complaint.returns[0].case
    assert d.returns[name].authorisation.card_reason == "cup: cracked handle -> cup, size L"
    assert d.state == "returning"
    assert d.complaint.fulfilments == ()
    m.send(d)
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    assert [part.kind for part in d.complaint.fulfilments] == [EXCHANGE, COUPON]
    m.settle_slip(d, d.complaint.payments[0].case)
    assert d.complaint.payments[0].purpose == "freight"
    d.take(m.part_sent(1))
    d.take(m.coupon(2))
    d.take(m.seen())
    assert d.state == "to_call_back"
    assert [p.amount for p in d.complaint.payments] == [b.yuan("12.00")]


def test_an_exchange_whose_goods_fail_the_inspection_ships_nothing_unless_the_supervisor_lets_it():
    d = desk()
    name = m.exchanged(d, intact=False)
    assert d.state == "inspection_failed"
    assert d.complaint.fulfilments == ()
    with pytest.raises(no.RemedyDoesNotFit):
        d.take(m.offer(RESHIP))
    d.take(cs.AllowDespiteInspection(actor=b.WU, reason="the box was thin"))
    assert [part.kind for part in d.complaint.fulfilments] == [EXCHANGE]
    assert d.returns[name].outcome == "accepted"
    d.take(m.part_sent())
    d.take(m.seen())
    assert d.state == "to_call_back"


def test_goods_that_failed_can_be_sent_back_instead_of_exchanged():
    d = desk()
    name = m.exchanged(d, fault_found=False)
    d.take(m.propose(RemedyKind.SEND_BACK, None))
    d.take(m.accept(2))
    d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF99"), name)
    assert d.state == "to_call_back"
    assert d.complaint.fulfilments == ()


def test_goods_for_an_exchange_that_never_come_bring_it_back_to_the_agent():
    d = m.agreed(desk(), EXCHANGE, worth="40.00")
    name = d.complaint.returns[0].case
    d.wait(b.HOUR * 200)
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="never sent it"), name)
    assert d.state == "to_propose"
    assert task(d, "propose").reason == "the goods never came back"


def test_only_the_supervisor_lets_an_exchange_go_out_first():
    d = m.agreed(desk(), EXCHANGE, m.beside(COUPON, worth="10.00"), worth="40.00")
    assert "ship_first" not in d.offers(b.LIN)
    d.take(fs.ShipFirst(actor=b.WU, reason="leaves tomorrow"))
    assert [part.kind for part in d.complaint.fulfilments] == [EXCHANGE]
    with pytest.raises(unfit.NothingToShipFirst):
        d.take(fs.ShipFirst(actor=b.WU, reason="leaves tomorrow"))
    d.take(m.part_sent())
    d.take(m.seen())
    assert d.state == "returning"
    name = d.complaint.returns[0].case
    d.take(m.shipped(freight=None))
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    assert [part.kind for part in d.complaint.fulfilments] == [EXCHANGE, COUPON]
    d.take(m.coupon(2))
    assert d.state == "to_call_back"


def test_nothing_goes_out_first_once_the_goods_are_here():
    d = desk()
    m.exchanged(d, intact=False)
    assert not d.offers(b.WU)["ship_first"].open


def test_a_repair_is_mended_then_sent_back_by_the_label_desk():
    d = desk()
    m.exchanged(d, kind=REPAIR)
    waits = task(d, "part-1")
    assert (waits.desk, waits.step, waits.due_at) == (Role.WAREHOUSE, "report_repaired", d.complaint.due("repair#1"))
    with pytest.raises(unfit.NothingToCarryOut):
        d.take(m.part_sent())
    d.take(m.repaired())
    assert (task(d, "part-1").desk, task(d, "part-1").step) == (Role.LABEL_DESK, "report_part_sent")
    assert d.complaint.running("repair#1") is None
    assert d.complaint.running("reshipment#1") is not None
    d.take(m.part_sent())
    assert d.complaint.letters[-1].says["sent"] == "repair"
    d.take(m.seen())
    assert d.state == "to_call_back"


def test_a_repair_that_fails_is_made_good_with_money_or_other_goods():
    d = desk()
    m.exchanged(d, kind=REPAIR)
    d.take(m.part_failed(1, b.ZHAO))
    assert d.state == "part_failed"
    d.take(m.propose(RemedyKind.REFUND, "290.00"))
    d.take(m.accept(2))
    m.settle_slip(d, d.complaint.payments[0].case, b.WU, b.SUN)
    assert d.state == "to_call_back"


def mending() -> Desk:
    """A repair agreed, the goods here and passed, its estimate made."""
    d = desk()
    m.exchanged(d, kind=RemedyKind.REPAIR)
    d.take(m.estimate(customer_pays=b.yuan("12.00")))
    return d


def test_nothing_is_mended_before_the_customer_agreed_to_the_estimate():
    d = mending()
    assert d.letters()[-1] == "repair_estimate"
    (task,) = [task for task in d.view().tasks if task.key == "part-1"]
    assert (task.desk, task.step) == (Role.CUSTOMER, "answer_estimate")
    with pytest.raises(unfit.EstimateWaits):
        d.take(m.repaired())
    with pytest.raises(unfit.EstimateWaits):
        d.take(m.estimate())
    d.take(m.answer_estimate())
    d.take(m.repaired())
    assert d.complaint.fulfilments[0].state is PartState.MENDED


def test_an_estimate_that_the_customer_does_not_want_comes_back_to_the_agent():
    d = mending()
    d.take(m.answer_estimate(agreed=False))
    assert d.complaint.fulfilments[0].state is PartState.FAILED
    assert d.state == "part_failed"
    assert any("did not agree to the estimate" in task.reason for task in d.view().tasks)

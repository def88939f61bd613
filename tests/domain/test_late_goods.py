"""Goods that come after their return had ended without them: it opens again, and nothing is paid twice [S][O]."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.complaint.problems import RemedyKind
from domain.complaint.steps import CallResult
from domain.goods_return import steps as rs
from domain.goods_return.refusals import ReturnOver
from domain.goods_return.situation import finished
from domain.goods_return.state import Goods, Verdict
from tests import builders as b
from tests.domain import dock_moves as dm
from tests.domain import moves as m
from tests.domain.desk import Desk, desk


def given_up(*, sent: bool = True) -> tuple[Desk, str]:
    """A return whose parcel was lost on the way, or that was never sent."""
    d = desk()
    name = m.returning(d)
    if sent:
        d.take(m.shipped(freight=None))
    d.wait(timedelta(days=11))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="nothing came"), name)
    assert d.returns[name].outcome == ("lost" if sent else "not_sent")
    return d, name


def refunded_without_goods() -> tuple[Desk, str]:
    """The same, and a compensation was agreed on and paid instead."""
    d, name = given_up()
    d.take(m.propose(RemedyKind.COMPENSATION, "100.00"))
    d.take(m.accept(2))
    m.settle_slip(d, d.complaint.payments[-1].case)
    return d, name


@pytest.mark.parametrize("sent", [True, False])
def test_a_parcel_that_comes_after_all_opens_the_return_again_and_the_agreed_sum_is_paid_once(sent: bool):
    d, name = given_up(sent=sent)
    assert d.state == "to_propose"
    d.take(m.receive(), name)
    assert (d.returns[name].goods, d.returns[name].verdict) == (Goods.RECEIVED, Verdict.PENDING)
    assert d.returns[name].running("inspection") is not None
    assert d.returns[name].running("return_tracking") is None
    assert d.letters(name)[-1] == "received"
    assert d.state == "returning"
    d.take(m.inspect(), name)
    assert [(slip.purpose, slip.amount) for slip in d.complaint.payments] == [("refund", b.yuan("150.00"))]


def test_what_was_paid_instead_is_not_paid_again():
    d, name = refunded_without_goods()
    assert d.state == "to_call_back"
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    d.post()
    assert d.paid() == 10_000
    assert len(d.complaint.payments) == 1
    assert d.returns[name].disposed
    assert d.state == "to_call_back"


def test_for_a_closed_case_the_goods_need_a_person_and_no_money_moves():
    d, name = refunded_without_goods()
    d.take(m.call_back(CallResult.SATISFIED))
    d.take(m.receive(), name)
    assert d.complaint.troubles == ()
    d.take(m.inspect(), name)
    assert [trouble.code for trouble in d.complaint.troubles] == ["goods_of_closed_case"]
    assert d.paid() == 10_000


def test_goods_of_a_closed_case_that_fail_go_back():
    d, name = refunded_without_goods()
    d.take(m.call_back(CallResult.SATISFIED))
    d.take(m.receive(), name)
    d.take(m.inspect(intact=False), name)
    assert d.returns[name].settled_as == "send_back"
    assert "send_back" in d.tasks(name)


def called_off() -> tuple[Desk, str]:
    """A case that was closed while its goods were still to be sent; they come all the same."""
    d = desk()
    name = m.returning(d)
    d.take(m.close())
    assert d.returns[name].outcome == "called_off"
    assert d.units == {(name, 1): 0}
    d.take(m.receive(), name)
    return d, name


def test_goods_of_a_return_that_was_called_off_are_counted_once_they_passed_after_all():
    d, name = called_off()
    d.take(m.inspect(), name)
    assert [trouble.code for trouble in d.complaint.troubles] == ["goods_of_closed_case"]
    assert d.units == {(name, 1): 2}


def test_goods_of_a_return_that_was_called_off_go_back_when_they_fail():
    d, name = called_off()
    d.take(m.inspect(intact=False), name)
    assert d.returns[name].settled_as == "send_back"
    assert "send_back" in d.tasks(name)
    d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF9901"), name)
    assert d.returns[name].outcome == "sent_back"
    assert d.units == {(name, 1): 0}


def test_what_bounces_back_from_the_customer_goes_once_more():
    d = desk()
    name = m.failed(d)
    d.take(m.propose(RemedyKind.SEND_BACK, None))
    d.take(m.accept(2))
    d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF9901"), name)
    assert d.returns[name].outcome == "sent_back"
    d.take(m.receive("SF9901"), name)
    assert d.returns[name].settled_as == "send_back"
    assert d.returns[name].running("inspection") is None
    assert "send_back" in d.tasks(name)
    d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF9902"), name)
    assert d.returns[name].outcome == "sent_back"
    assert d.complaint.returns[0].result == "sent_back"


def test_after_its_time_the_ended_return_takes_nothing_and_is_filed():
    d, name = given_up()
    d.post()
    assert not finished(d.returns[name])
    d.wait(timedelta(days=59))
    d.post()
    assert not finished(d.returns[name])
    d.wait(timedelta(days=2))
    d.post()
    assert finished(d.returns[name])
    with pytest.raises(ReturnOver):
        d.take(m.receive(), name)


def test_a_return_whose_goods_passed_takes_no_further_parcel():
    d = desk()
    name = m.passed(d)
    with pytest.raises(ReturnOver):
        d.take(m.receive("SF2222"), name)


def test_the_dock_matches_it_by_its_number_like_any_other():
    d, name = given_up()
    lead = dm.lead(d.returns[name], over=False)
    d.scan(dm.parcel(d, lead, tracking="SF1111"))
    assert d.returns[name].received
    assert d.returns[name].closed_at is None
    d.take(m.inspect(), name)
    assert d.parcels[dm.PARCEL].outcome == "inspected"


def test_a_wrong_match_taken_back_ends_it_again_as_it_had_ended():
    d, name = given_up()
    lead = dm.lead(d.returns[name], over=False, same_phone=True)
    before = d.returns[name]
    d.wait(b.HOUR)
    d.scan(dm.parcel(d, lead))
    d.take(dm.match(lead), dm.PARCEL)
    assert d.complaint.returns[0].result is None
    d.take(dm.unmatch(name), dm.PARCEL)
    after = d.returns[name]
    assert (after.closed_at, after.outcome, after.goods) == (before.closed_at, "lost", Goods.LOST)
    assert after.clocks == before.clocks
    assert d.complaint.returns[0].result == "lost"
    assert d.state == "to_propose"

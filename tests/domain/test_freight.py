"""Freight prepaid for a return: paid by its receipt, whenever it comes, under a cap for each return."""

from datetime import timedelta

import pytest

from domain.complaint import refusals_parcel as of_parcel
from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.goods_return import steps as rs
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

RECEIPT = m.receipt()
PAPER = RECEIPT.photos[0].photo


def unproved() -> Desk:
    """The goods passed; freight was reported, and its receipt did not come."""
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    return d


def asked(d: Desk) -> list[tuple[str, str]]:
    return [(p.purpose, str(p.amount)) for p in d.complaint.payments]


def test_freight_without_its_receipt_is_not_paid_and_holds_nothing_up():
    d = unproved()
    assert asked(d) == [("refund", "150.00 CNY")]
    m.settle_slip(d, d.complaint.payments[0].case)
    assert d.state == "to_call_back"
    d.take(m.call_back(cs.CallResult.SATISFIED))
    assert d.state == "resolved"


def test_the_missing_receipt_is_the_customers_task_and_later_the_agents():
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    assert [task.desk for task in d.view().tasks if task.key == "receipt"] == [Role.CUSTOMER]
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    assert [task.desk for task in d.view().tasks if task.key == "receipt"] == [Role.AGENT]
    d.take(RECEIPT)
    d.take(m.shipped(freight=None, receipt=PAPER, actor=b.LIN))
    assert "receipt" not in d.tasks()


def test_nobody_looks_for_the_receipt_of_freight_that_was_not_promised_or_of_goods_that_were_lost():
    d = m.judged(desk())
    d.take(m.propose(freight=False))
    d.take(m.accept())
    d.take(m.shipped())
    assert "receipt" not in d.tasks()
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    d.wait(timedelta(days=10))
    d.take(rs.GiveUpReturn(actor=b.LU, reason="the courier lost it"), name)
    assert "receipt" not in d.tasks()


def test_a_receipt_that_comes_before_the_closing_is_still_paid():
    d = unproved()
    m.settle_slip(d, d.complaint.payments[0].case)
    d.take(RECEIPT)
    d.take(m.shipped(freight=None, receipt=PAPER))
    assert d.state == "paying"
    slip = d.complaint.payments[-1]
    assert (slip.purpose, slip.amount, slip.receipts) == ("freight", b.yuan("12.00"), (PAPER,))
    assert d.payments[slip.case].receipts == (PAPER,)
    assert d.payments[slip.case].return_case == d.complaint.returns[0].case
    m.settle_slip(d, slip.case)
    assert d.state == "to_call_back"


def test_a_receipt_is_a_photo_sent_as_one():
    d = desk()
    d.take(m.photos(b.photo("crack")))
    with pytest.raises(of_parcel.ReceiptUnknown):
        d.take(m.shipped(receipt=b.photo("crack").photo))


def test_a_known_parcel_is_completed_and_repeated_only_when_something_is_new():
    d = desk()
    d.take(m.shipped(freight=None))
    d.wait(b.HOUR)
    d.take(m.shipped(freight="12.00"))
    d.take(RECEIPT)
    d.take(m.shipped(freight=None, receipt=PAPER))
    (parcel,) = d.complaint.shipments
    assert (parcel.freight, parcel.receipt, parcel.reported_at) == (b.yuan("12.00"), PAPER, b.START)
    for freight in (None, "12.00", "30.00"):  # what a receipt proved is not raised by saying so
        with pytest.raises(of_parcel.TrackingKnown):
            d.take(m.shipped(freight=freight, receipt=PAPER))


def test_more_freight_after_the_freight_slip_has_a_further_slip_for_the_difference_up_to_the_cap():
    d = desk()
    m.passed(d)
    assert asked(d)[1:] == [("freight", "12.00 CNY")]
    m.settle_slip(d, d.complaint.payments[1].case)
    m.send(d, "SF2222", "25.00")
    assert asked(d)[1:] == [("freight", "12.00 CNY"), ("freight", "18.00 CNY")]
    assert d.complaint.payments[-1].receipts == (m.receipt("SF2222").photos[0].photo,)
    m.send(d, "SF3333", "5.00")
    assert len(d.complaint.payments) == 3


def test_a_rejected_freight_slip_is_not_asked_for_again_by_itself():
    d = desk()
    m.passed(d)
    slip = d.complaint.payments[1].case
    d.take(m.reject(), slip)
    assert len(d.complaint.payments) == 2
    d.take(cs.RequestSlip(actor=b.MEI, slip=slip, reason="the receipt is fine"))
    assert asked(d)[2:] == [("freight", "12.00 CNY")]
    for part in (d.complaint.payments[0], d.complaint.payments[-1]):
        m.settle_slip(d, part.case)
    assert d.state == "to_call_back"


def test_a_parcel_is_reported_as_long_as_the_complaint_is_open():
    d = desk()
    name = m.returning(d)
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    d.take(m.shipped())
    d = desk()
    name = m.returning(d)
    d.wait(timedelta(hours=200))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="never sent it"), name)
    d.take(m.shipped())
    d = m.apologised(desk())
    d.take(m.shipped())
    assert d.state == "to_call_back"


def test_a_compensation_after_the_goods_passed_carries_their_freight_and_not_twice():
    d = unproved()
    d.take(m.reject(), d.complaint.payments[0].case)
    d.take(m.propose(RemedyKind.COMPENSATION, "100.00"))
    d.take(m.accept(2))
    m.send(d)
    assert asked(d)[1:] == [("compensation", "100.00 CNY"), ("freight", "12.00 CNY")]
    for part in d.complaint.payments[1:]:
        m.settle_slip(d, part.case)
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    d.take(m.propose(RemedyKind.COMPENSATION, "10.00"))
    d.take(m.accept(3))
    assert asked(d)[3:] == [("compensation", "10.00 CNY")]


def test_the_cap_is_for_each_return():
    d = desk()
    first = m.returning(d)
    m.send(d, "SF1111", "28.00")
    d.wait(timedelta(days=10))
    d.take(rs.GiveUpReturn(actor=b.LU, reason="lost by the courier"), first)
    d.take(m.propose())
    d.take(m.accept(2))
    second = d.complaint.returns[-1].case
    m.send(d, "SF2222", "25.00")
    d.take(m.receive("SF2222"), second)
    d.take(m.inspect(), second)
    assert asked(d) == [("refund", "150.00 CNY"), ("freight", "25.00 CNY")]
    assert d.complaint.payments[-1].return_case == second

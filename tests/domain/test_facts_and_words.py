"""Facts of the right order only, verified facts that stay, and the customer's words that are kept under lock."""

from typing import Any

import pytest

from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.goods_return import steps as rs
from domain.order import OtherOrder
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk

MINE, OTHER = "ix-order", "ix-other"


def test_another_orders_facts_do_not_verify_a_case():
    d = desk(order_facts=None)
    with pytest.raises(OtherOrder):
        d.take(cs.VerifyOrder(actor=b.LIN, order_index=OTHER, order_facts=b.order()))
    d.take(cs.VerifyOrder(actor=b.LIN, order_index=MINE, order_facts=b.order()))
    assert d.complaint.verified


def test_facts_looked_up_for_an_order_that_the_case_has_left_are_refused():
    d = desk(order_facts=None, description=None)
    d.take(cs.SupplyFacts(actor=b.LIN, order=b.sealed("order"), order_index=OTHER))
    late: dict[str, Any] = {"description": b.sealed("description"), "order_facts": b.order()}
    with pytest.raises(OtherOrder):
        d.take(cs.SupplyFacts(actor=b.LIN, order_index=MINE, **late))
    d.take(cs.SupplyFacts(actor=b.LIN, order_index=OTHER, **late))
    assert (d.complaint.verified, d.complaint.order_index) == (True, OTHER)


def test_another_order_brings_its_own_facts():
    d = desk(order_facts=None)
    d.take(cs.SupplyFacts(actor=b.LIN, order=b.sealed("order"), order_index=OTHER, order_facts=b.order("100.00")))
    assert (d.complaint.verified, d.complaint.order_index) == (True, OTHER)


def test_line_and_quantity_are_corrected_only_while_the_order_is_not_verified():
    d = desk(description=None)
    changes: tuple[dict[str, Any], ...] = ({"line": 2}, {"quantity": 1})
    for changed in changes:
        with pytest.raises(no.AlreadyVerified):
            d.take(cs.SupplyFacts(actor=b.CUSTOMER, description=b.sealed("description"), **changed))
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, description=b.sealed("description"), line=1, quantity=2))
    d = desk(order_facts=None)
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, quantity=1))
    assert d.complaint.quantity == 1


def test_a_quantity_that_was_missing_is_supplied_although_the_order_is_verified():
    d = desk(quantity=None)
    assert d.complaint.verified
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, quantity=1))
    assert d.complaint.quantity == 1


def test_a_return_that_nothing_was_sent_for_does_not_keep_the_customer_from_withdrawing():
    d = desk()
    name = m.returning(d)
    d.wait(b.HOUR * 200)
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="never sent it"), name)
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    assert d.state == "withdrawn"


def test_a_parcel_sent_after_the_return_was_given_up_keeps_the_complaint_from_being_withdrawn():
    d = desk()
    name = m.returning(d)
    d.wait(b.HOUR * 200)
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="never sent it"), name)
    d.take(m.shipped())
    with pytest.raises(no.Irreversible):
        d.take(cs.Withdraw(actor=b.CUSTOMER))


def test_why_a_customer_withdrew_is_kept_under_lock():
    d = desk()
    d.take(cs.Withdraw(actor=b.CUSTOMER, reason=b.sealed("reason")))
    assert (d.view().sealed or {})["withdrawn"] == b.sealed("reason")
    assert b.sealed("reason") in vars(d.events[d.complaint.case][-1]).values()


def test_what_a_customer_said_at_every_call_back_is_kept_under_lock():
    d = m.apologised(desk())
    d.take(cs.RecordCallBack(actor=b.HE, result=cs.CallResult.NOT_REACHED, words=b.sealed("machine")))
    d.wait(b.DAY)
    d.take(cs.RecordCallBack(actor=b.HE, result=cs.CallResult.SATISFIED, words=b.sealed("thanks")))
    kept = d.view().sealed or {}
    assert (kept["call_back_1"], kept["call_back_2"]) == (b.sealed("machine"), b.sealed("thanks"))

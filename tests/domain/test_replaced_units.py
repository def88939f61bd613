"""Units in whose place others were sent: what of the line may still go back, over all cases [S][O]."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.complaint.fulfilling import steps as fs
from domain.complaint.problems import RemedyKind
from domain.goods_return import steps as rs
from domain.order import OrderFacts, OrderLine
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk


def sent_first() -> tuple[Desk, str]:
    """An exchange of both cups that the supervisor let go before the goods are back, and that has come."""
    d = m.judged(desk())
    d.take(m.offer(RemedyKind.EXCHANGE, worth="40.00", what="the same cup"))
    d.take(m.accept())
    return d, goes_first(d)


def goes_first(d: Desk) -> str:
    """The supervisor lets the agreed exchange go, and it comes; the name of the return that it does not wait for."""
    d.take(fs.ShipFirst(actor=b.WU, reason="a wedding on Saturday"))
    part = d.complaint.fulfilments[-1].number
    d.take(m.part_sent(part, f"SF900{part}"))
    d.take(m.seen(tracking=f"SF900{part}"))
    return d.complaint.returns[-1].case


def another(first: Desk, quantity: int = 2) -> Desk:
    """A complaint about the same line, under the same register."""
    d = desk(case="AS-2026-000002", quantity=quantity)
    d.units = first.units
    m.judged(d).take(m.propose(refund="60.00"))
    d.take(m.accept())
    return d


def test_what_was_exchanged_and_came_back_leaves_the_line_as_it_was():
    d = desk()
    name = m.exchanged(d)
    d.take(m.part_sent())
    assert d.units == {(name, 1): 0}
    assert another(d).state == "returning"  # the replacements may go back like the first ones


def test_what_was_replaced_and_never_came_counts_as_replaced():
    d, name = sent_first()
    assert d.units == {(name, 1): 2}
    d.wait(timedelta(days=8))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="the customer keeps it"), name)
    assert d.returns[name].outcome == "not_sent"
    assert d.units == {(name, 1): 2}
    other = another(d)
    assert other.state == "to_propose"
    assert [trouble.code for trouble in other.complaint.troubles] == ["more_returned_than_bought"]


def test_each_of_two_that_went_first_counts_as_replaced_while_neither_is_back():
    order = OrderFacts((OrderLine(1, "Tea cup, blue", 3, b.yuan("300.00")),), paid_at=b.START - b.DAY)
    d = m.judged(desk(order_facts=order, quantity=1))
    names = list[str]()
    for number in (1, 2):
        d.take(m.offer(RemedyKind.EXCHANGE, worth="40.00", what="the same cup"))
        d.take(m.accept(number))
        names.append(goes_first(d))
        d.wait(timedelta(days=8))
        d.take(rs.GiveUpReturn(actor=b.LIN, reason="the customer keeps it"), names[-1])
    assert d.units == {(name, 1): 1 for name in names}
    assert d.complaint.shipped_first == (1, 2)


def test_it_counts_no_more_once_it_comes_after_all():
    d, name = sent_first()
    d.wait(timedelta(days=8))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="the customer keeps it"), name)
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    assert d.units == {(name, 1): 0}
    assert another(d).state == "returning"


def test_what_was_lost_on_its_way_to_us_has_its_replacement_with_the_customer():
    d, name = sent_first()
    d.take(m.shipped(freight=None))
    d.wait(timedelta(days=11))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="the courier lost it"), name)
    assert d.returns[name].outcome == "lost"
    assert another(d).state == "returning"


@pytest.mark.parametrize("closed", [False, True])
def test_what_failed_and_went_back_to_a_customer_who_has_the_replacement_counts(closed: bool):
    d, name = sent_first()
    d.take(m.shipped(freight=None))
    d.take(m.receive(), name)
    d.take(m.inspect(intact=False), name)
    if closed:
        d.take(m.close())
    else:
        d.take(m.propose(RemedyKind.SEND_BACK, None))
        d.take(m.accept(2))
    d.take(rs.GiveGoodsBack(actor=b.ZHAO, note="came for them"), name)
    assert d.units == {(name, 1): 2}


@pytest.mark.parametrize("came", [0, 1])
def test_what_is_missing_of_goods_that_were_replaced_first_counts_when_the_rest_is_kept(came: int):
    d, name = sent_first()
    d.take(m.shipped(freight=None))
    d.take(m.receive(), name)
    d.take(m.inspect(came), name)
    d.take(m.propose(RemedyKind.PART_REFUND, "5.00"))
    d.take(m.accept(2))
    assert d.units == {(name, 1): 2 - came}

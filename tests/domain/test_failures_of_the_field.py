"""What went wrong with goods in other returns systems, and does not here: each test bears the name of its row.

| row | shown by |
|---|---|
| Refund for goods that never came: 3 announced, 2 received, 3 paid | here |
| Refund at list price, discount ignored | here |
| Refund attached to the wrong return when an order has several; cancelling one cancels all | here |
| Order summary wrong after several returns; cannot refund again | here |
| Partial receipt impossible: float quantities; batch of returns must arrive together | here, `test_several_lines.py` |
| Multi-step receipt counted once per step, so allowed quantity is short | here |
| Full quantity offered again; infinite returns of one delivery | here, `tests/db/test_returned_units.py` |
| Split jumps a return to returned before anything was delivered | here |
| Stuck returns: nothing left to do, cannot be closed; cancel changes nothing | here, `test_any_order.py` |
| Same item added twice duplicates the return line | here |
| Restocked twice, or never restocked | here, `test_goods_add_up.py` |
| The hold has no exit | `test_inspections.py` |
| Return rules checked only in the browser, bypassed | here, `tests/api/test_returns.py` |
| Receiving a lost parcel forces a refund | here, `test_late_goods.py` |
| Received quantity set to the last receipt instead of adding; a second parcel cannot be received | here |
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.casework import decide
from domain.complaint import steps as cs
from domain.complaint.eligible.refusals import NotEligible
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.lines.refusals import LineClaimedAlready
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.refusals import AboveLinePaid
from domain.dock import steps as ds
from domain.goods_return import lines
from domain.goods_return import steps as rs
from domain.goods_return.state import Disposition, Goods, Grade, Verdict
from tests import builders as b
from tests.domain import dock_moves as dm
from tests.domain import moves as m
from tests.domain.desk import Desk, desk


def three() -> tuple[Desk, str]:
    """Three cups, 300.00 paid after discounts, are to come back."""
    d = desk(order_facts=b.order("300.00", quantity=3), quantity=3)
    return d, m.returning(d, "300.00")


def test_refund_for_goods_that_never_came():
    """Refund for goods that never came: 3 announced, 2 received, 3 paid."""
    d, name = three()
    d.take(m.receive(), name)
    d.take(m.inspect(2), name)
    assert d.complaint.payments == (), "what is missing is settled with the customer first"
    d.take(cs.AllowDespiteInspection(actor=b.WU, reason="two are worth taking"))
    assert [slip.amount for slip in d.complaint.payments] == [b.yuan("200.00")]


def test_refund_at_list_price():
    """Refund at list price, discount ignored: the ceiling is what was paid for the units, discounts taken off."""
    d = m.judged(desk(order_facts=b.order("199.99", quantity=2), quantity=1))
    with pytest.raises(AboveLinePaid):
        d.take(m.propose(refund="100.01"))
    d.take(m.propose(refund="100.00"))


def test_refund_attached_to_the_wrong_return():
    """Refund attached to the wrong return when an order has several; cancelling one cancels all."""
    d = desk()
    first = m.returning(d)
    d.wait(timedelta(days=8))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="nothing came"), first)
    d.take(m.propose())
    d.take(m.accept(2))
    second = d.complaint.returns[-1].case
    assert d.returns[second].closed_at is None, "the end of one is not the end of the other"
    d.take(m.receive(), second)
    d.take(m.inspect(), second)
    assert [(part.case, part.result) for part in d.complaint.returns] == [(first, "not_sent"), (second, "passed")]
    assert [slip.proposal for slip in d.complaint.payments] == [2]
    assert d.units == {(first, 1): 0, (second, 1): 2}


def test_order_summary_wrong_after_several_returns():
    """Order summary wrong after several returns; cannot refund again; refund figure vanishes."""
    d = desk(order_facts=b.order("300.00", quantity=3), quantity=3)
    d.units[("AS-2026-000009-R1", 1)] = 1
    m.judged(d)
    d.take(m.propose(refund="100.00"))
    d.take(m.accept())
    assert d.complaint.returns == (), "two of three are left, not three"
    d = desk(order_facts=b.order("300.00", quantity=3), quantity=2)
    d.units[("AS-2026-000009-R1", 1)] = 1
    name = m.passed(d, "200.00")
    m.settle_slip(d, d.complaint.payments[0].case, b.WU, b.SUN)
    d.units[(name, 1)] = 2
    assert (d.left_of(1), d.paid()) == (0, 20_000)


@pytest.mark.parametrize("parts", [(1, 1, 1), (2, 1), (1, 2)])
def test_partial_receipt_impossible(parts: tuple[int, ...]):
    """Partial receipt impossible; a batch must arrive together: units are whole numbers, parcels come one by one."""
    d, name = three()
    for number, _units in enumerate(parts):
        d.take(m.shipped(f"T{number}00", None))
    for number, units in enumerate(parts):
        d.take(m.receive(f"T{number}00"), name)
        d.take(m.inspect(units), name)
    assert [slip.amount for slip in d.complaint.payments] == [b.yuan("300.00")]


def test_multi_step_receipt_counted_once_per_step():
    """Multi-step receipt counted once per step, so allowed quantity is short: dock, receipt and looks count once."""
    d, name = three()
    d.take(m.shipped(freight=None))
    d.scan(dm.parcel(d, dm.lead(d.returns[name]), tracking="SF1111"))
    d.take(m.inspect(1), name)
    d.take(m.inspect(1), name)
    assert lines.arrived_of(d.returns[name], d.returns[name].lines[0]) == 1
    assert d.units == {(name, 1): 3}


def test_received_quantity_is_set_to_the_last_receipt():
    """Received quantity set to the last receipt instead of adding; a second parcel cannot be received."""
    d, name = three()
    d.take(m.receive("T100"), name)
    d.take(m.inspect(2), name)
    assert d.state == "inspection_failed"
    d.take(m.receive("T200"), name)
    d.take(m.inspect(1), name)
    assert d.returns[name].outcome == "passed"
    assert [slip.amount for slip in d.complaint.payments] == [b.yuan("300.00")]


def test_infinite_returns_of_one_delivery():
    """Full quantity offered again after a partial return; infinite returns of one delivery."""
    d, name = three()
    d.take(m.receive(), name)
    d.take(m.inspect(2), name)
    d.take(m.propose(RemedyKind.PART_REFUND, "200.00"))
    d.take(m.accept(2))
    assert d.left_of(1) == 1, "two came and stay; the third is still with the customer"
    again = desk(case="AS-2026-000002", order_facts=b.order("300.00", quantity=3), quantity=3)
    again.units = d.units
    m.judged(again).take(m.propose(refund="10.00"))
    again.take(m.accept())
    assert again.complaint.returns == ()


def test_split_jumps_a_return_to_returned():
    """Split jumps a return to returned before anything was delivered: a share is received, and no more."""
    d, name = three()
    here, other = dm.lead(d.returns[name], same_phone=True), dm.stranger(same_phone=True)
    d.scan(dm.parcel(d, here, other, goods=(dm.goods("6901", 2),)))
    shares = (ds.Share(name, "6901", 1), ds.Share(other.return_case, "6901", 1))
    d.at_once = False
    d.take(dm.split(*shares, leads=(here, other)), dm.PARCEL)
    while d.do_dock_errand():
        pass
    own = next(place for place, news in enumerate(d.under_way) if news.to == name)
    d.deliver(own)
    (stands,) = lines.standings(d.returns[name])
    assert (stands.arrived, stands.goods, stands.verdict) == (0, Goods.RECEIVED, Verdict.PENDING)
    assert d.view(name).state == "to_inspect"


def test_stuck_returns():
    """Stuck returns: one with nothing left to do cannot be closed; cancel answers 200 while status stays requested."""
    d, name = three()
    d.take(m.close())
    assert (d.returns[name].outcome, d.complaint.returns[0].settled_as) == ("called_off", "call_off")
    assert d.units == {(name, 1): 0}
    e, other = three()
    for tracking in ("T100", "T200"):
        e.take(m.shipped(tracking, None))
    e.take(m.receive("T100"), other)
    e.take(m.inspect(2), other)
    e.wait(timedelta(days=11))
    e.take(rs.GiveUpReturn(actor=b.LU, reason="the second parcel is lost"), other)
    assert e.state == "inspection_failed", "what came is settled although the rest never did"


def test_same_item_added_twice():
    """Same item added twice duplicates the return line."""
    d = desk(further=(ClaimedLine(2, 1),))
    with pytest.raises(LineClaimedAlready):
        d.take(m.claim_more(2))
    with pytest.raises(LineClaimedAlready):
        b.complaint(further=(ClaimedLine(2, 1), ClaimedLine(2, 1)))


def test_restocked_twice_or_never():
    """Restocked twice because an observer saved again; or never restocked."""
    d, name = three()
    d.take(m.shipped("T100", None))
    d.take(m.shipped("T200", None))
    d.take(m.receive("T100"), name)
    d.take(m.inspect(1, grade=Grade.A), name)
    d.take(m.inspect(1, grade=Grade.A), name)
    assert d.returns[name].disposed == (), "nothing is the shop's before all of it passed"
    d.take(m.receive("T200"), name)
    d.take(m.inspect(2, grade=Grade.B), name)
    places = {each.to: each.quantity for each in d.returns[name].disposed}
    assert places == {Disposition.RESTOCK: 1, Disposition.SECOND_CHOICE: 2}


def test_return_rules_checked_only_in_the_browser():
    """Return rules checked only in the browser, bypassed: the case itself asks the rule, at every door."""
    signed = replace(b.order(), signed_at=b.START - timedelta(days=30))
    told = {
        "problem": Problem.CHANGED_MIND,
        "signed_for": True,
        "order_facts": signed,
        "condition": GoodsCondition(True, True, True),
    }
    with pytest.raises(NotEligible):
        b.complaint(direct=True, **told)
    d = desk(**told)
    d.take(m.judge())
    with pytest.raises(NotEligible):
        decide(d.book(d.complaint.case), d.complaint, m.propose(), d.now)


def test_receiving_a_lost_parcel_forces_a_refund():
    """Receiving a lost parcel forces a refund: what was settled otherwise stays settled."""
    d, name = three()
    d.take(m.shipped(freight=None))
    d.wait(timedelta(days=11))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="lost on the way"), name)
    d.take(m.propose(RemedyKind.COMPENSATION, "50.00"))
    d.take(m.accept(2))
    m.settle_slip(d, d.complaint.payments[0].case)
    d.take(m.receive(), name)
    d.take(m.inspect(3), name)
    assert [slip.purpose for slip in d.complaint.payments] == ["compensation"]

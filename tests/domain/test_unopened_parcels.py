"""Parcels that are here and that nobody has opened: nothing is decided without what is in them [S][O]."""

from __future__ import annotations

import pytest

from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.complaint.refusals import InspectionDidNotFail, NoProposalOpen
from domain.complaint.state import ProposalState
from domain.goods_return.state import OtherGoods, Verdict
from domain.payment import steps as ps
from tests import builders as b
from tests.domain import dock_moves as dm
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

ALLOW = cs.AllowDespiteInspection(actor=b.WU, reason="a good customer")


def two_here() -> tuple[Desk, str]:
    """Two parcels of one return; all that was announced is in the second."""
    d = desk()
    name = m.returning(d)
    for tracking in ("SF1111", "SF2222"):
        d.take(m.receive(tracking), name)
    return d, name


def failed_in_part() -> tuple[Desk, str]:
    """One of two units came, and not whole; the complaint has heard it."""
    d = desk()
    name = m.returning(d)
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(1, intact=False, parcel="SF1111"), name)
    assert d.state == "inspection_failed"
    return d, name


def by_the_dock(d: Desk, name: str, tracking: str = "SF2222") -> None:
    lead = dm.lead(d.returns[name], same_phone=True, over=False)
    d.scan(dm.parcel(d, lead, tracking=tracking))
    d.take(dm.match(lead), dm.PARCEL)


def test_a_return_has_not_passed_while_a_parcel_of_it_stands_unopened():
    d, name = two_here()
    d.take(m.inspect(2, parcel="SF2222"), name)
    assert (d.view(name).state, set(d.tasks(name))) == ("to_inspect", {"inspect"})
    assert d.complaint.payments == ()
    d.take(m.inspect(0, parcel="SF1111", others=(OtherGoods(1, what="a saucer"),)), name)
    assert (d.returns[name].outcome, d.returns[name].verdict) == ("passed", Verdict.ACCEPTED)
    assert [trouble.code for trouble in d.returns[name].troubles] == ["other_goods"]
    assert [part.amount for part in d.complaint.payments] == [b.yuan("150.00")]


def test_it_has_passed_once_the_unopened_one_turns_out_to_be_anothers():
    d = desk()
    name = m.returning(d)
    d.take(m.receive("SF1111"), name)
    by_the_dock(d, name)
    d.take(m.inspect(2, parcel="SF1111"), name)
    assert d.returns[name].closed_at is None
    d.take(dm.unmatch(name), dm.PARCEL)
    assert (d.returns[name].outcome, d.returns[name].verdict) == ("passed", Verdict.ACCEPTED)
    assert d.returns[name].disposed
    assert d.complaint.returns[0].result == "passed"


def test_a_parcel_that_comes_after_the_failure_was_told_takes_the_decision_back():
    d, name = failed_in_part()
    d.take(m.receive("SF2222"), name)
    assert (d.state, d.complaint.returns[0].result) == ("returning", None)
    with pytest.raises(InspectionDidNotFail):
        d.take(ALLOW)
    d.take(m.inspect(1, parcel="SF2222"), name)
    assert (d.state, d.complaint.returns[0].findings) == ("inspection_failed", "damaged")
    d.take(ALLOW)
    assert d.units == {(name, 1): 2}
    assert [part.amount for part in d.complaint.payments] == [b.yuan("150.00")]


def test_an_offer_about_what_had_come_until_then_is_taken_back():
    d, name = failed_in_part()
    d.take(m.propose(RemedyKind.PART_REFUND, "20.00"))
    d.take(m.receive("SF2222"), name)
    assert d.complaint.proposals[-1].state is ProposalState.REPLACED
    with pytest.raises(NoProposalOpen):
        d.take(m.accept(2))
    assert d.state == "returning"


def test_it_stands_again_once_that_parcel_turns_out_to_be_anothers():
    d, name = failed_in_part()
    by_the_dock(d, name)
    assert d.state == "returning"
    d.take(dm.unmatch(name), dm.PARCEL)
    assert (d.state, d.complaint.returns[0].result) == ("inspection_failed", "failed")


def test_what_the_supervisor_allowed_without_knowing_of_it_waits_until_it_is_opened():
    d, name = failed_in_part()
    d.at_once = False
    d.take(ALLOW)
    d.take(m.receive("SF2222"), name)
    d.at_once = True
    d.settle_down()
    assert (d.returns[name].closed_at, d.returns[name].settled_as) == (None, "")
    assert d.complaint.returns[0].settled_as == ""
    d.take(m.inspect(1, parcel="SF2222"), name)
    assert (d.returns[name].outcome, d.complaint.returns[0].settled_as) == ("accepted", "accepted")
    assert d.units == {(name, 1): 2}
    (slip,) = d.complaint.payments
    assert [trouble.code for trouble in d.complaint.troubles] == ["goods_after_refund"]
    d.take(ps.VoidSlip(actor=b.SUN, reason="more came"), slip.case)
    d.take(cs.RequestSlip(actor=b.MEI, slip=slip.case, reason="for both"))
    assert [part.amount for part in d.complaint.payments] == [b.yuan("75.00"), b.yuan("150.00")]

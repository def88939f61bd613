"""Goods that are here and failed the inspection: somebody can always act, and the goods always find their way."""

from datetime import timedelta

import pytest

from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.complaint.state import ProposalState
from domain.goods_return import steps as rs
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

BACK = rs.SendGoodsBack(actor=b.ZHAO, carrier="SF Express", tracking="SF9999")
ALLOW = cs.AllowDespiteInspection(actor=b.WU, reason="a good customer")


def declined(times: int = 1) -> tuple[Desk, str]:
    """A failed inspection and a customer who refuses what is offered, so many times."""
    d = desk()
    name = m.failed(d, fault_found=False)
    for number in range(2, 2 + times):
        d.take(m.propose(RemedyKind.PART_REFUND, "10.00"))
        d.take(m.decline(number))
    return d, name


def refused() -> tuple[Desk, str]:
    """The same, and then the claim is refused."""
    d, name = declined()
    d.take(m.judge(fault_confirmed=False, fault=""))
    d.take(cs.RefuseClaim(actor=b.LIN, reason="no such fault found"))
    return d, name


def test_a_refused_claim_sends_failed_goods_back():
    d, name = refused()
    assert d.complaint.returns[-1].settled_as == "send_back"
    assert (d.state, d.tasks(), d.tasks(name)) == ("to_call_back", {"call_back"}, {"send_back"})
    d.take(BACK, name)
    assert d.complaint.returns[-1].result == "sent_back"
    assert d.state == "to_call_back"


def test_a_refused_claim_leaves_nothing_to_settle_even_before_the_return_is_told():
    d, _name = declined()
    d.take(m.judge(fault_confirmed=False, fault=""))
    d.at_once = False
    d.take(cs.RefuseClaim(actor=b.LIN, reason="no such fault found"))
    assert d.tasks() == {"call_back"}
    assert not d.offers(b.WU)["allow_despite_inspection"].open


def test_a_refused_claim_whose_customer_is_not_reached_is_closed_by_the_supervisor_and_the_goods_still_go_back():
    d, name = refused()
    for _day in range(3):
        d.take(m.call_back(cs.CallResult.NOT_REACHED))
        d.wait(timedelta(hours=25))
    assert [task.step for task in d.view().tasks if task.desk is Role.SUPERVISOR and task.step] == ["close_case"]
    d.take(m.close())
    assert d.tasks(name) == {"send_back"}
    d.take(BACK, name)
    assert d.complaint.returns[-1].result == "sent_back"


def test_a_customer_dissatisfied_with_a_refusal_after_the_goods_went_back_gets_another_proposal():
    d, name = refused()
    d.take(BACK, name)
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    assert d.state == "to_propose"
    d.take(m.judge())
    d.take(m.propose())


def test_the_supervisor_may_close_over_a_customer_who_keeps_declining_and_the_goods_go_back():
    d, name = declined(3)
    assert d.offers(b.WU)["close_case"].open
    d.take(m.close())
    assert d.tasks(name) == {"send_back"}


def test_the_supervisors_exception_is_for_the_agreed_return_even_after_other_offers_were_refused():
    d, name = declined(2)
    d.take(ALLOW)
    assert d.complaint.allowed_despite_inspection == 1
    assert d.complaint.accepted == d.complaint.proposals[0]
    assert next((p.proposal, p.purpose, p.amount) for p in d.complaint.payments) == (1, "refund", b.yuan("150.00"))
    assert d.returns[name].outcome == "accepted"
    assert d.state == "paying"


def test_the_supervisors_exception_takes_an_open_proposal_back():
    d, _name = declined()
    d.take(m.propose(RemedyKind.PART_REFUND, "20.00"))
    d.take(ALLOW)
    assert d.complaint.proposals[-1].state is ProposalState.REPLACED
    with pytest.raises(no.NoProposalOpen):
        d.take(m.accept(3))


def test_a_proposal_made_after_the_exception_takes_its_place():
    d, _name = declined()
    d.take(ALLOW)
    for payment in d.complaint.payments:
        d.take(m.reject(), payment.case)
    d.take(m.propose(RemedyKind.COMPENSATION, "100.00"))
    assert d.complaint.accepted is None
    d.take(m.accept(3))
    assert next(p.purpose for p in d.complaint.payments if p.result is None) == "compensation"

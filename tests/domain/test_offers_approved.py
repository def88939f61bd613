"""Who lets an offer out: by amount and role, by hands of their own, before the customer hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.schemas.case import as_customers_see_it
from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.complaint.offering import refusals as unoffered
from domain.complaint.problems import RemedyKind
from domain.complaint.state import ProposalState
from domain.people import Actor, Role
from tests import builders as b
from tests.domain import looks
from tests.domain import moves as m
from tests.domain.desk import desk

COMP, COUPON, EXCHANGE = RemedyKind.COMPENSATION, RemedyKind.COUPON, RemedyKind.EXCHANGE


# -- approval --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "worth", "approver"),
    [
        (b.LIN, "500.00", None),
        (b.LIN, "500.01", Role.SUPERVISOR),
        (b.LIN, "5000.01", Role.CENTRE_MANAGER),
        (b.WU, "5000.00", None),
        (b.WU, "5000.01", Role.CENTRE_MANAGER),
    ],
)
def test_who_approves_is_a_matter_of_amount_and_role(by: Actor, worth: str, approver: Role | None):
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth=worth, actor=by))
    assert looks.last_offer(d).approver is approver
    assert d.state == ("waiting_for_customer" if approver is None else "proposal_to_approve")
    assert ("proposal" in d.letters()) is (approver is None)


def test_the_letter_and_the_validity_begin_with_the_approval():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth="600.00"))
    task = looks.task(d, "approve")
    assert (task.desk, task.step, task.due_at) == (
        Role.SUPERVISOR,
        "approve_proposal",
        d.complaint.due("proposal_approval"),
    )
    assert d.complaint.feedback_at is None
    assert "proposals_held" in (d.view().story or {})
    assert (as_customers_see_it(d.view()).story or {})["proposals"] == []
    with pytest.raises(no.NoProposalOpen):
        d.take(m.accept())
    d.wait(b.HOUR)
    d.take(m.approve_offer())
    assert d.letters()[-1] == "proposal"
    assert looks.last_offer(d).valid_until == d.now + timedelta(days=14)
    assert (d.complaint.feedback_at, looks.last_offer(d).decided_by) == (d.now, b.WU)
    assert d.complaint.running("proposal_approval") is None
    d.take(m.accept())
    assert d.state == "returning"


def test_a_proposal_whose_ground_went_while_it_waited_is_not_let_out():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth="600.00"))
    d.take(m.judge(fault_confirmed=False, fault=""))
    with pytest.raises(no.FaultNotConfirmed):
        d.take(m.approve_offer())
    d.take(m.reject_offer())
    assert d.state == "to_propose"


def test_the_case_stays_the_agents_whoever_approves_and_the_approver_makes_no_call_back():
    d = m.judged(m.dear())
    d.take(m.offer(COUPON, worth="600.00"))
    d.take(m.approve_offer())
    assert d.complaint.handler == b.LIN.person
    d.take(m.accept())
    d.take(m.coupon())
    with pytest.raises(no.HandlerMayNotCallBack):
        d.take(m.call_back(cs.CallResult.SATISFIED, b.WU))


def test_the_centre_manager_may_approve_what_a_supervisor_may():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth="600.00"))
    d.take(m.approve_offer(actor=b.GAO))
    assert d.state == "waiting_for_customer"


def test_a_rejected_proposal_comes_back_with_the_reason_and_the_customer_never_hears_of_it():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth="600.00"))
    d.take(m.reject_offer())
    assert d.state == "to_propose"
    assert any(task.reason == "not approved: too much for a scratch" for task in d.view().tasks)
    assert "proposal" not in d.letters()
    assert "too much" not in str(as_customers_see_it(d.view()).story)
    d.take(m.offer(EXCHANGE, worth="60.00"))
    assert d.state == "waiting_for_customer"


def test_a_proposal_that_waits_is_replaced_like_one_that_was_not_answered():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth="600.00"))
    d.take(m.propose(COMP, "10.00"))
    assert [p.state for p in d.complaint.proposals] == [ProposalState.REPLACED, ProposalState.OPEN]
    with pytest.raises(unoffered.NothingToApprove):
        d.take(m.approve_offer(1))
    assert [each["number"] for each in (d.view().story or {})["proposals"]] == [2]  # type: ignore[attr-defined]


def test_an_approval_that_nobody_gives_goes_to_the_centre_manager():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth="600.00"))
    d.wait(b.DAY)
    overdue = looks.task(d, "overdue-proposal_approval")
    assert overdue.desk is Role.CENTRE_MANAGER

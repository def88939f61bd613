"""Rules of approving a proposal (domain.md, "People": the supervisor approves exceptions)."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.offering import events as e
from domain.complaint.offering import questions as offer
from domain.complaint.offering import refusals as no
from domain.complaint.offering import steps as s
from domain.complaint.offering.parts import check_parts
from domain.complaint.state import Complaint, Proposal
from domain.people import Actor, Role
from domain.steps import Step


def may_decide(case: Complaint, actor: Actor, _now: datetime) -> None:
    """Open to whoever may let out so much, and did not propose it."""
    waiting = offer.to_approve(case)
    if waiting is None:
        raise no.NothingToApprove
    if waiting.by.person == actor.person:
        raise no.OwnProposal
    if waiting.approver is Role.CENTRE_MANAGER and actor.role is not Role.CENTRE_MANAGER:
        most = case.pinned.policy.supervisor_offers_up_to.value
        raise no.CentreManagerApproves(cost=waiting.cost, most=most)


def approve(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """It goes out, and is good from now on; our own short shipment is made good at once [T]."""
    step = cast("s.ApproveProposal", step)
    waiting = _read(case, step.proposal)
    check_parts(case, waiting.parts, goodwill=waiting.goodwill)  # its ground may have gone while it waited
    approved = e.ProposalApproved(
        at=now, by=step.actor, proposal=step.proposal, valid_until=offer.valid_until(case, now)
    )
    if offer.at_once(case, waiting.parts):
        return (approved, e.AcceptedByRule(at=now, by=step.actor, proposal=step.proposal))
    return (approved,)


def reject(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Back to the agent, with the reason."""
    step = cast("s.RejectProposal", step)
    _read(case, step.proposal)
    return (e.ProposalRejected(at=now, by=step.actor, proposal=step.proposal, reason=step.reason),)


def _read(case: Complaint, number: int) -> Proposal:
    """The proposal that waits, if it is the one that was read: the agent may have replaced it meanwhile."""
    waiting = offer.to_approve(case)
    if waiting is None:
        raise no.NothingToApprove
    if waiting.number != number:
        raise no.OtherToApprove(field="proposal", given=number, waiting=waiting.number)
    return waiting

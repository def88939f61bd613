"""Offering, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.evolve import with_accepted, with_feedback, with_proposal
from domain.complaint.offering import events as e
from domain.complaint.offering import questions as offer
from domain.complaint.offering import rules
from domain.complaint.offering import steps as s
from domain.complaint.offering.letters import letters_for
from domain.complaint.offering.shown import shown
from domain.complaint.state import Complaint, ProposalState
from domain.people import Role
from domain.view import Task


def _approved(case: Complaint, event: e.ProposalApproved) -> Complaint:
    changes: dict[str, Any] = {"state": ProposalState.OPEN, "valid_until": event.valid_until, "decided_by": event.by}
    return with_feedback(with_proposal(case, event.proposal, **changes), event)


def _rejected(case: Complaint, event: e.ProposalRejected) -> Complaint:
    changes: dict[str, Any] = {"state": ProposalState.REJECTED, "answered_at": event.at, "decided_by": event.by}
    return with_proposal(case, event.proposal, rejected_because=event.reason, **changes)


def _accepted(case: Complaint, event: e.AcceptedByRule) -> Complaint:
    return with_accepted(case, event.proposal, event.at)


def _clocks(case: Complaint) -> Iterator[str]:
    if offer.to_approve(case) is not None:
        yield "proposal_approval"


def _tasks(case: Complaint) -> Iterator[Task]:
    waiting = offer.to_approve(case)
    if waiting is not None:
        why = "goodwill" if waiting.goodwill else waiting.kind.value
        reason = f"approve proposal {waiting.number} ({why}): it costs {waiting.cost}"
        desk = waiting.approver or Role.SUPERVISOR
        yield Task("approve", desk, s.ApproveProposal.slug(), case.due("proposal_approval"), reason)


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.ApproveProposal, rules.may_decide, rules.approve, lambda case: case.due("proposal_approval")),
    StepRule(s.RejectProposal, rules.may_decide, rules.reject, lambda case: case.due("proposal_approval")),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.ProposalApproved: _approved,
        e.ProposalRejected: _rejected,
        e.AcceptedByRule: _accepted,
    },
    clocks=_clocks,
    tasks=_tasks,
    letters=letters_for,
    shown=shown,
    told_to_customers=frozenset({"proposals"}),
)

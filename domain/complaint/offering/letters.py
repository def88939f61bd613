"""Which letters an offer sends: the proposal itself, or that it is being carried out already."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint import events as spine
from domain.complaint.offering import events as e
from domain.complaint.offering.questions import at_once
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint, Proposal, ProposalState
from domain.money import Money

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """A proposal goes out when nobody has to approve it, or once it was approved [F]."""
    match event:
        case spine.RemedyProposed(proposal=proposal) if proposal.state is ProposalState.OPEN:
            return _going_out(case, proposal)
        case e.ProposalApproved(proposal=number):
            return _going_out(case, case.proposals[number - 1])
        case e.AcceptedByRule(proposal=number):
            done = case.proposals[number - 1]
            return (("at_once", {"kind": done.kind.value, "also": _also(done), "words": done.words}),)
        case _:
            return ()


def _going_out(case: Complaint, proposal: Proposal) -> Drafts:
    """Nothing is asked of a customer whose missing item is on its way already."""
    return () if at_once(case, proposal.parts) else (("proposal", _offered(case, proposal)),)


def _offered(case: Complaint, proposal: Proposal) -> dict[str, str]:
    due = case.due("proposal_answer")
    return {
        "number": str(proposal.number),
        "kind": proposal.kind.value,
        "also": _also(proposal),
        "amount": _text(proposal.refund),
        "compensation": _text(_part(proposal, RemedyKind.COMPENSATION)),
        "coupon": _text(_worth(proposal)),
        "freight_cap": str(case.pinned.policy.freight_cap.value) if proposal.freight else "",
        "words": proposal.words,
        "due": due.isoformat() if due is not None else "",
        "until": proposal.valid_until.isoformat() if proposal.valid_until is not None else "",
    }


def _also(proposal: Proposal) -> str:
    return ", ".join(part.kind.value for part in proposal.also)


def _part(proposal: Proposal, kind: RemedyKind) -> Money | None:
    """The sum of a further part of that kind."""
    return next((part.refund for part in proposal.also if part.kind is kind), None)


def _worth(proposal: Proposal) -> Money | None:
    return next((part.worth for part in proposal.parts if part.kind is RemedyKind.COUPON), None)


def _text(money: Money | None) -> str:
    return str(money) if money is not None else ""

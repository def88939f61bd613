"""What a view shows of the proposals: as the customer sees them, and beside that what is the desk's own."""

from __future__ import annotations

from domain.complaint.offering.state import Part
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint, Proposal, ProposalState
from domain.plain import plain

_NOT_OFFERED = frozenset({ProposalState.TO_APPROVE, ProposalState.REJECTED})
_ALWAYS = ("number", "kind", "refund", "freight", "words", "at", "by", "state")
_IF_ANY = ("apology", "valid_until", "answered_at", "answer", "counter_kind", "counter_refund", "what")
_OF_THE_DESK = ("cost", "borne_by", "rule", "goodwill", "approver", "decided_by", "rejected_because", "worth")


def shown(case: Complaint) -> dict[str, object]:
    """`proposals` are those that the customer was offered; `proposals_held` wait for approval or were rejected.

    `proposal_costs` has what only the desk knows of each: cost, who bears it, by which rule, who approved it.
    """
    offered = [told(each) for each in case.proposals if was_offered(each)]
    held = [told(each) for each in case.proposals if not was_offered(each)]
    costs = [_costs(each) for each in case.proposals]
    rest: dict[str, object] = {"proposals_held": held, "proposal_costs": costs}
    return {"proposals": offered, **{name: value for name, value in rest.items() if value}}


def was_offered(proposal: Proposal) -> bool:
    """Whether the customer ever saw it; one that was replaced before its approval was not."""
    return proposal.state not in _NOT_OFFERED and proposal.valid_until is not None


def told(proposal: Proposal) -> dict[str, object]:
    """A proposal as the customer may see it: of a coupon its value, of other goods not what they cost the shop."""
    facts: dict[str, object] = {name: plain(getattr(proposal, name)) for name in _ALWAYS}
    facts |= {name: plain(value) for name in _IF_ANY if (value := getattr(proposal, name))}
    if proposal.kind is RemedyKind.COUPON:
        facts["worth"] = plain(proposal.worth)
    if proposal.also:
        facts["also"] = [_part(part) for part in proposal.also]
    return facts


def _part(part: Part) -> dict[str, object]:
    coupon = part.kind is RemedyKind.COUPON
    facts = {"kind": part.kind, "refund": part.refund, "worth": part.worth if coupon else None, "what": part.what}
    return {name: plain(value) for name, value in facts.items() if value}


def _costs(proposal: Proposal) -> dict[str, object]:
    facts = {name: plain(value) for name in _OF_THE_DESK if (value := getattr(proposal, name))}
    return {"number": proposal.number, **facts}

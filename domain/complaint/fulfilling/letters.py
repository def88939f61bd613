"""Which letters the carrying out sends: each part's end, good or bad, is told at once [T][F][S]."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint import events as spine
from domain.complaint.fulfilling import events as e
from domain.complaint.fulfilling.questions import find
from domain.complaint.offering.events import AcceptedByRule
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint, Proposal

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:  # noqa: PLR0911  one row an event
    """An apology is the letter itself; what was sent, issued or put right is told with its facts."""
    match event:
        case spine.ProposalAccepted(proposal=number) | AcceptedByRule(proposal=number):
            return _apology(case.proposals[number - 1])
        case e.PartSent(kind=kind, carrier=carrier, tracking=tracking):
            return (("part_sent", {"sent": kind.value, "carrier": carrier, "tracking": tracking}),)
        case e.RepairEstimated(estimate=made):
            pays = str(made.customer_pays) if made.customer_pays is not None else ""
            return (("repair_estimate", {"days": str(made.days), "amount": pays, "words": made.words}),)
        case e.CouponIssued(part=number, code_shown=shown):
            part = find(case, number)
            worth = str(part.worth) if part is not None and part.worth is not None else ""
            return (("coupon", {"amount": worth, "code": shown}),)
        case e.PartCorrected(words=words):
            return (("corrected", {"words": words}),)
        case e.PartFailed(kind=kind):
            due = case.due("proposal")
            return (("part_failed", {"kind": kind.value, "due": due.isoformat() if due is not None else ""}),)
        case _:
            return ()


def _apology(agreed: Proposal) -> Drafts:
    if all(part.kind is not RemedyKind.APOLOGY for part in agreed.parts):
        return ()
    return (("apology", {"words": agreed.apology or agreed.words}),)

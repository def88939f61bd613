"""A return opened directly: a change of mind that the rule allows is agreed by the rule, money through the one door."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint import events as spine
from domain.complaint.eligible.rule import Answer, eligibility
from domain.complaint.offering.questions import cost_of, paid_for
from domain.complaint.offering.state import Part
from domain.complaint.parties import Party
from domain.complaint.problems import Extent, RemedyKind
from domain.complaint.state import Complaint, Judgement, OpenComplaint, Proposal, ProposalState, Severity
from domain.people import DESK

KIND = RemedyKind.RETURN_AND_REFUND
WORDS = "The goods may come back by the shop's rule on returns; their price is repaid once they are here and passed."


def agreed_by_rule(opening: OpenComplaint, case: Complaint) -> tuple[Event, ...]:
    """Judgement, remedy and consent, all of them the rule's and the customer's own; nothing while a person is needed.

    The sum is what was paid for the units; what the line gave back before is the ledger's to know.
    """
    ruled = eligibility(case) if opening.direct and not case.missing else None
    refund = paid_for(case)
    if ruled is None or ruled.answer is not Answer.YES or refund is None:
        return ()
    at, by = opening.received_at, opening.opened_by
    judged = Judgement(
        fault_confirmed=True,
        responsible=Party.CUSTOMER,
        severity=Severity.MINOR,
        extent=Extent.ONE,
        fault="",
        place="",
        at=at,
        by=DESK,
        problem=case.problem,
    )
    proposal = Proposal(
        number=1,
        kind=KIND,
        refund=refund,
        freight=False,
        words=WORDS,
        at=at,
        by=by,
        state=ProposalState.ACCEPTED,
        answered_at=at,
        cost=cost_of(case, (Part(KIND, refund),)),
        rule=ruled.rule,
        eligible=ruled.answer.value,
    )
    return (
        spine.Judged(at=at, by=DESK, judgement=judged),
        spine.RemedyProposed(at=at, by=by, proposal=proposal),
        spine.ProposalAccepted(at=at, by=by, proposal=1, heard_on=opening.channel.value),
    )

"""Rules of claiming further lines (domain.md, "Returns and exchanges" [S])."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event, TroubleArose
from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint.eligible.rules import check as eligible
from domain.complaint.heard import heard_where
from domain.complaint.lines import events as e
from domain.complaint.lines import questions as claims
from domain.complaint.lines import refusals as no
from domain.complaint.lines import steps as s
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.offering import questions as offer
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint, Proposal
from domain.order import check_against
from domain.people import DESK, Actor
from domain.steps import Step


def may_claim_more(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open until a remedy is agreed; of an agreed return, while none of its goods were inspected."""
    if case.missing:
        raise spine.FactsMissing(missing=", ".join(case.missing))
    if not case.verified:
        raise spine.NotVerified
    if at.carried_out(case):
        raise spine.OutcomeStands
    agreed = case.accepted
    if agreed is None or at.to_propose(case):
        return
    part = at.return_of(case)
    runs = part is not None and part.proposal == agreed.number and part.result is None
    if agreed.kind is not RemedyKind.RETURN_AND_REFUND or not runs:
        raise no.ReturnTakesNoLine(kind=agreed.kind.value)


def claim_more(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The line beside the others; to a running return with its own sum, in the customer's word [S][O]."""
    step = cast("s.ClaimMore", step)
    check_lines(case, (step.claim,))
    agreed = None if at.to_propose(case) else case.accepted
    if agreed is None:
        if step.refund is not None:
            raise spine.NoAmountHere(field="refund", kind="claim")
        return (e.LineClaimed(at=now, by=step.actor, claim=step.claim),)
    _check_sum(case, agreed, step)
    eligible(replace(case, further=(*case.further, step.claim)), agreed.kind, step.refund, agreed.override)
    heard = heard_where(step.actor, step.heard_on)
    added = e.LineClaimed(
        at=now, by=step.actor, claim=step.claim, proposal=agreed.number, refund=step.refund, heard_on=heard
    )
    return (added,)


def check_lines(case: Complaint, lines: tuple[ClaimedLine, ...]) -> None:
    """Further lines are lines of the order, each once, with no more units than were bought.

    Raises:
        LineClaimedAlready, UnknownLine, QuantityAboveBought.
    """
    known = {each for each in (case.line, *(further.line for further in case.further)) if each is not None}
    for claim in lines:
        if claim.line in known:
            raise no.LineClaimedAlready(field="line", line=claim.line)
        known.add(claim.line)
        if case.facts is not None:
            check_against(case.facts, claim.line, claim.quantity)


def _check_sum(case: Complaint, agreed: Proposal, step: s.ClaimMore) -> None:
    most = claims.paid_for_line(case, step.claim)
    asked = step.refund
    if most is None or asked is None or asked.currency != most.currency or asked.minor <= 0 or asked > most:
        raise no.AddedSumUnfit(field="refund", amount=str(asked), most=str(most))
    cost = agreed.cost + asked if agreed.cost is not None else asked
    if agreed.goodwill or offer.approver_for(case, cost, step.actor, goodwill=False) is not None:
        raise no.ReturnTakesNoLine(kind=agreed.kind.value)


def answered(return_case: str, proposal: int, why_not: str, now: datetime) -> tuple[Event, ...]:
    """The register's answer: the goods may come, or it goes back to the agent with the reason."""
    if not why_not:
        return (e.UnitsHeld(at=now, by=DESK, return_case=return_case, proposal=proposal),)
    refused = e.UnitsRefused(at=now, by=DESK, return_case=return_case, proposal=proposal, sentence=why_not)
    sentence = f"no more of these goods can come back than were bought: {why_not}"
    return (refused, TroubleArose(at=now, by=DESK, code="more_returned_than_bought", sentence=sentence))


def counted(over: str, now: datetime) -> tuple[Event, ...]:
    """What goes beyond what was bought is here all the same: somebody finds out how [O]."""
    if not over:
        return ()
    sentence = f"more of these goods came back than were bought: {over}; find out whose they are"
    return (TroubleArose(at=now, by=DESK, code="more_returned_than_bought", sentence=sentence),)

"""Rules of judging, proposing and answering (domain.md, spine 4 to 6)."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint import events as e
from domain.complaint import freight
from domain.complaint import refusals as no
from domain.complaint import situation as at
from domain.complaint import steps as s
from domain.complaint.eligible import rules as eligible
from domain.complaint.eligible.rule import Answer
from domain.complaint.fulfilling.questions import open_parts
from domain.complaint.gates import BEFORE_JUDGING
from domain.complaint.heard import heard_where
from domain.complaint.lines import questions as claims
from domain.complaint.offering import questions as offer
from domain.complaint.offering.events import AcceptedByRule
from domain.complaint.offering.parts import check_currency, check_parts
from domain.complaint.offering.refusals import ApologyNotOffered, ProposalExpired
from domain.complaint.offering.state import Part
from domain.complaint.parties import WHOLE, Party
from domain.complaint.problems import PROBLEMS, RemedyKind
from domain.complaint.recovering.refusals import SharesUnfit
from domain.complaint.state import Complaint, Judgement, Proposal, ProposalState
from domain.people import Actor, Role
from domain.steps import Step


def may_judge(case: Complaint, actor: Actor, _now: datetime) -> None:
    """Open until a remedy is agreed; judging before the photos is allowed, proposing money is not [T]."""
    if case.missing:
        raise no.FactsMissing(missing=", ".join(case.missing))
    for gate in BEFORE_JUDGING:
        gate(case, actor)
    if at.carried_out(case):
        raise no.OutcomeStands
    if case.accepted is not None and not at.to_propose(case):
        raise no.RemedyUnderWay


def judge(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The judgement, with the register's entry when the fault is confirmed [S]."""
    step = cast("s.Judge", step)
    if step.fault_confirmed and PROBLEMS[case.problem].fault_is_registered and not step.fault.strip():
        raise no.FaultNotDescribed(field="fault")
    if case.judgement is not None and not step.reason.strip():
        raise no.ReasonNeeded(field="reason")
    _check_shares(step)
    judgement = Judgement(
        fault_confirmed=step.fault_confirmed,
        responsible=step.responsible,
        severity=step.severity,
        extent=step.extent,
        fault=step.fault,
        place=step.place,
        at=now,
        by=step.actor,
        problem=case.problem,
        reason=step.reason,
        shares=step.shares,
    )
    return (e.Judged(at=now, by=step.actor, judgement=judgement),)


def _check_shares(step: s.Judge) -> None:
    """Shares name known parties once each, the responsible one among them, and are 100 in sum."""
    if not step.shares:
        return
    parties = [share.party for share in step.shares]
    whole = sum(share.percent for share in step.shares) == WHOLE
    if not whole or len(set(parties)) < len(parties) or step.responsible not in parties or Party.UNDECIDED in parties:
        raise SharesUnfit(field="shares", responsible=step.responsible.value)


def may_refuse_claim(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open when the judgement did not confirm the fault and nothing was agreed."""
    if case.judgement is None:
        raise no.NotJudged
    if case.judgement.fault_confirmed:
        raise no.FaultIsConfirmed
    if at.carried_out(case):
        raise no.OutcomeStands
    if (case.accepted is not None and not claims.refused(case)) or open_parts(case):
        raise no.RemedyUnderWay


def refuse_claim(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Refused, with the reason that the customer is told."""
    step = cast("s.RefuseClaim", step)
    return (e.ClaimRefused(at=now, by=step.actor, reason=step.reason),)


def may_propose(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once judged, while nothing agreed is being carried out."""
    if case.missing:
        raise no.FactsMissing(missing=", ".join(case.missing))
    if case.judgement is None:
        raise no.NotJudged
    if at.carried_out(case):
        raise no.OutcomeStands
    if case.accepted is not None and not at.to_propose(case) and not at.failed_slips(case):
        raise no.RemedyUnderWay
    if at.live_payments(case) or at.return_under_way(case):
        raise no.RemedyUnderWay


def propose(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """A remedy that fits where the goods are, within what was paid, with its evidence [T][S][F].

    It goes to the customer, or first to whoever has to approve it; our own short shipment is made good at once [T].
    """
    step = cast("s.ProposeRemedy", step)
    parts = (Part(step.kind, step.refund, step.worth, step.what), *step.also)
    check_parts(case, parts, goodwill=step.goodwill)
    ruled = eligible.check(case, step.kind, step.refund, step.override.strip())
    override = step.override.strip() if ruled is not None and ruled.answer is Answer.NO else ""
    if step.apology and all(part.kind is not RemedyKind.APOLOGY for part in parts):
        raise ApologyNotOffered(field="apology")
    goodwill = any(offer.unfounded(case, part) for part in parts)
    cost = offer.cost_of(case, parts)
    approver = offer.approver_for(case, cost, step.actor, goodwill=goodwill) or (Role.SUPERVISOR if override else None)
    at_once = offer.at_once(case, parts)
    proposal = Proposal(
        number=len(case.proposals) + 1,
        kind=step.kind,
        refund=step.refund,
        freight=step.freight and freight.may_repay(case, step.kind),
        words=step.words,
        at=now,
        by=step.actor,
        state=ProposalState.OPEN if approver is None else ProposalState.TO_APPROVE,
        worth=step.worth,
        what=step.what,
        also=step.also,
        apology=step.apology,
        cost=cost,
        borne_by=offer.bears(case, goodwill=goodwill),
        rule="T" if at_once else offer.rule_for(case, parts, goodwill=goodwill),
        goodwill=goodwill,
        valid_until=offer.valid_until(case, now) if approver is None else None,
        approver=approver,
        eligible=ruled.answer.value if ruled is not None else "",
        override=override,
    )
    proposed = e.RemedyProposed(at=now, by=step.actor, proposal=proposal)
    if at_once and approver is None:
        return (proposed, AcceptedByRule(at=now, by=step.actor, proposal=proposal.number))
    return (proposed,)


def may_answer(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a proposal waits for the customer."""
    if not at.proposal_open(case):
        raise no.NoProposalOpen


def may_accept(case: Complaint, actor: Actor, now: datetime) -> None:
    """Open while a proposal waits for the customer and is still good."""
    may_answer(case, actor, now)
    last = case.proposal
    if last is not None and last.valid_until is not None and last.ended_by(now):
        raise ProposalExpired(until=last.valid_until.isoformat())


def accept(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer agrees; it is carried out [F]."""
    step = cast("s.AcceptProposal", step)
    heard = _heard(case, step.actor, step.proposal, step.heard_on)
    return (e.ProposalAccepted(at=now, by=step.actor, proposal=step.proposal, heard_on=heard),)


def decline(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer refuses, with a reason."""
    step = cast("s.DeclineProposal", step)
    _heard(case, step.actor, step.proposal, step.heard_on)
    return (e.ProposalDeclined(at=now, by=step.actor, proposal=step.proposal, reason=step.reason),)


def counter(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer asks for something else; the amount is a wish and only checked for its currency."""
    step = cast("s.CounterPropose", step)
    _heard(case, step.actor, step.proposal, step.heard_on)
    if step.refund is not None:
        check_currency(case, step.refund)
    countered = e.ProposalCountered(
        at=now, by=step.actor, proposal=step.proposal, kind=step.kind, refund=step.refund, words=step.words
    )
    return (countered,)


def may_allow(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a failed inspection is not settled, whatever was proposed and refused since."""
    last = at.return_of(case)
    if last is None or not at.inspection_failed(case) or last.proposal <= case.round_from:
        raise no.InspectionDidNotFail


def allow(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The supervisor's exception [S][O]."""
    step = cast("s.AllowDespiteInspection", step)
    last = at.return_of(case)
    number = last.proposal if last is not None else 0
    return (e.AllowedDespiteInspection(at=now, by=step.actor, proposal=number, reason=step.reason),)


def _heard(case: Complaint, actor: Actor, number: int, heard_on: s.Channel | None) -> str:
    proposal = case.proposal
    if proposal is None or proposal.number != number:
        raise no.OtherProposal(field="proposal", given=number, open=proposal.number if proposal else "none")
    return heard_where(actor, heard_on)

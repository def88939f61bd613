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
from domain.complaint.gates import BEFORE_JUDGING, BEFORE_REMEDY
from domain.complaint.heard import heard_where
from domain.complaint.looking_into import questions as ask
from domain.complaint.problems import BUILT, COSTS, PAYS, PROBLEMS, RemedyKind
from domain.complaint.state import Complaint, Judgement, Proposal
from domain.money import Money
from domain.people import Actor
from domain.steps import Step

AFTER_FAILED_INSPECTION = (RemedyKind.PART_REFUND, RemedyKind.SEND_BACK)
GOODS_SETTLED = (RemedyKind.COMPENSATION, RemedyKind.APOLOGY)


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
    )
    return (e.Judged(at=now, by=step.actor, judgement=judgement),)


def may_refuse_claim(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open when the judgement did not confirm the fault and nothing was agreed."""
    if case.judgement is None:
        raise no.NotJudged
    if case.judgement.fault_confirmed:
        raise no.FaultIsConfirmed
    if at.carried_out(case):
        raise no.OutcomeStands
    if case.accepted is not None:
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
    """A remedy that fits where the goods are, within what was paid, with its evidence [T][S][F]."""
    step = cast("s.ProposeRemedy", step)
    _check_kind(case, step.kind)
    _check_amount(case, step.kind, step.refund)
    if step.kind in COSTS:
        _check_ground(case, step.kind, step.refund)
    proposal = Proposal(
        number=len(case.proposals) + 1,
        kind=step.kind,
        refund=step.refund,
        freight=step.freight and freight.may_repay(case, step.kind),
        words=step.words,
        at=now,
        by=step.actor,
    )
    return (e.RemedyProposed(at=now, by=step.actor, proposal=proposal),)


def may_answer(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a proposal waits for the customer."""
    if not at.proposal_open(case):
        raise no.NoProposalOpen


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
        _check_currency(case, step.refund)
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


def most_for(case: Complaint) -> Money | None:
    """The most that may be paid: the paid share of the units complained about, less what this case paid [T][O]."""
    line = case.order_line
    if line is None or case.quantity is None:
        return None
    share = line.paid.share(case.quantity, line.quantity)
    share = min(share, line.paid, key=lambda money: money.minor)
    paid = sum(p.amount.minor for p in case.payments if p.result in {None, "paid"} and p.purpose != "freight")
    return Money(max(share.minor - paid, 0), share.currency)


def _check_kind(case: Complaint, kind: RemedyKind) -> None:
    if at.inspection_failed(case):
        fitting, why = AFTER_FAILED_INSPECTION, "the goods are here and failed the inspection"
    elif any(part.result in {"passed", "failed"} for part in case.returns):
        fitting, why = GOODS_SETTLED, "the goods came back already"
    else:
        fitting = tuple(each for each in PROBLEMS[case.problem].remedies if each in BUILT)
        why = f"no goods have come back, and the complaint is about: {case.problem.value}"
    if kind not in fitting:
        names = ", ".join(fit.value for fit in fitting)
        raise no.RemedyDoesNotFit(field="kind", kind=kind.value, why=why, fitting=names)


def _check_amount(case: Complaint, kind: RemedyKind, refund: Money | None) -> None:
    if kind not in PAYS:
        if refund is not None:
            raise no.NoAmountHere(field="refund", kind=kind.value)
        return
    if refund is None or refund.minor <= 0:
        raise no.AmountNeeded(field="refund", kind=kind.value)
    _check_currency(case, refund)
    most = most_for(case)
    if most is not None and refund > most:
        raise no.AboveLinePaid(field="refund", amount=str(refund), most=str(most))


def _check_ground(case: Complaint, kind: RemedyKind, refund: Money | None) -> None:
    # A promise that was made outside binds the shop, evidence or not [S][O]; what was paid bounds it all the same.
    if ask.promise_for(case, kind, refund) is None:
        for gate in BEFORE_REMEDY:
            gate(case, kind)
        if not ask.has_evidence(case):
            raise no.EvidenceMissing
        if case.judgement is not None and not case.judgement.fault_confirmed:
            raise no.FaultNotConfirmed
    if not case.verified:
        raise no.NotVerified


def _check_currency(case: Complaint, money: Money) -> None:
    line = case.order_line
    expected = line.paid.currency if line is not None else case.pinned.policy.currency
    if money.currency != expected:
        raise no.WrongCurrency(field="refund", given=money.currency, expected=expected)


def _heard(case: Complaint, actor: Actor, number: int, heard_on: s.Channel | None) -> str:
    proposal = case.proposal
    if proposal is None or proposal.number != number:
        raise no.OtherProposal(field="proposal", given=number, open=proposal.number if proposal else "none")
    return heard_where(actor, heard_on)

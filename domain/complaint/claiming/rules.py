"""Rules of claims on the courier [S]."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.claiming import events as e
from domain.complaint.claiming import questions as ask
from domain.complaint.claiming import refusals as no
from domain.complaint.claiming import steps as s
from domain.complaint.claiming.state import Claim
from domain.complaint.state import Complaint
from domain.complaint.watching.questions import normal
from domain.money import Money
from domain.people import Actor
from domain.steps import Step


def may_file(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once a parcel is lost, or the courier answers for what happened."""
    if not ask.may_be_claimed(case):
        raise no.NothingToClaim


def file_claim(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """One claim a parcel; another one once that has come to its end."""
    step = cast("s.FileClaim", step)
    tracking = normal(step.tracking)
    stands = next((claim for claim in ask.open_claims(case) if claim.tracking == tracking), None)
    if stands is not None:
        raise no.ClaimStands(field="tracking", tracking=tracking, number=stands.number)
    _check(step.amount, ask.most(case), "amount")
    claim = Claim(
        number=len(case.claims) + 1,
        tracking=tracking,
        carrier=step.carrier,
        amount=step.amount,
        reason=step.reason,
        filed_at=now,
        by=step.actor,
        reference=step.number_there,
    )
    return (e.ClaimFiled(at=now, by=step.actor, claim=claim),)


def may_answer(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a claim waits for the courier's word or money."""
    if not ask.open_claims(case):
        raise no.ClaimUnknown(number="—")


def answer(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Granted up to what was claimed, or refused with the reason; the courier may change its mind while it owes."""
    step = cast("s.AnswerClaim", step)
    claim = _open(case, step.claim)
    if step.granted is not None:
        _check(step.granted, claim.amount, "granted")
    granted = step.granted or Money(0, claim.amount.currency)
    reference = step.number_there or claim.reference
    return (
        e.ClaimAnswered(
            at=now, by=step.actor, number=claim.number, granted=granted, answer=step.answer, reference=reference
        ),
    )


def give_up(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Nobody asks any more, with the reason [O]."""
    step = cast("s.GiveUpClaim", step)
    claim = _open(case, step.claim)
    return (e.ClaimGivenUp(at=now, by=step.actor, number=claim.number, reason=step.reason),)


def _open(case: Complaint, number: int) -> Claim:
    found = next((claim for claim in ask.open_claims(case) if claim.number == number), None)
    if found is None:
        raise no.ClaimUnknown(field="claim", number=number)
    return found


def _check(amount: Money, most: Money, field: str) -> None:
    if amount.currency != most.currency or not 0 < amount.minor <= most.minor:
        raise no.ClaimSumUnfit(field=field, most=str(most))

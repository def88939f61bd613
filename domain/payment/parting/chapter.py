"""Payment in parts, bound together as a chapter of a slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from domain.casefile import Event
from domain.casework import StepRule
from domain.chapters import Chapter
from domain.money import Money
from domain.payment import events as e
from domain.payment import refusals as slip_no
from domain.payment.gateway.rules import check_not_there
from domain.payment.parting import events as p
from domain.payment.parting import refusals as no
from domain.payment.parting import steps as s
from domain.payment.parting.state import PaidPart
from domain.payment.purposes import Direction
from domain.payment.state import Change, Payment
from domain.people import Actor
from domain.plain import plain
from domain.steps import Step


def may_sign_part(case: Payment, actor: Actor, _now: datetime) -> None:
    """Open like the signature of the whole; while the slip is held nothing is paid in parts."""
    if not case.with_finance:
        raise slip_no.NotApproved(have=len(case.approvals), need=case.approvals_needed)
    check_not_there(case)
    if case.held:
        raise slip_no.HeldBack
    if actor.person in case.signers:
        raise slip_no.SamePerson


def check_reference(case: Payment, reference: str) -> None:
    """Refuse a reference under which a part is signed already.

    Raises:
        ReferenceKnown: one is.
    """
    if reference in {part.reference for part in case.parts}:
        raise no.ReferenceKnown(field="reference", reference=reference)


def sign_part(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """A part of what is left."""
    step = cast("s.SignPart", step)
    same = step.amount.currency == case.amount.currency
    if not same or step.amount.minor <= 0 or not case.rest > step.amount:
        raise no.PartUnfit(field="amount", rest=str(case.rest))
    check_reference(case, step.reference)
    part = PaidPart(len(case.parts) + 1, step.amount, step.reference, now, step.actor)
    return (p.PartPaid(at=now, by=step.actor, part=part),)


def give_rest_up(case: Payment, reason: str, now: datetime, by: Actor) -> tuple[Event, ...]:
    """What was paid in parts stands as the whole slip; its last reference is the slip's."""
    paid = Money(case.amount.minor - case.rest.minor, case.amount.currency)
    given_up = p.RestGivenUp(at=now, by=by, was=case.amount, amount=paid, reason=reason)
    return (given_up, e.SlipPaid(at=now, by=by, reference=case.parts[-1].reference))


def part_to_book(case: Payment) -> PaidPart | None:
    """The first part that the ledger does not know yet."""
    return next((part for part in case.parts if not part.booked), None)


def _paid(case: Payment, event: p.PartPaid) -> Payment:
    return replace(case, parts=(*case.parts, event.part))


def _booked(case: Payment, event: p.PartBooked) -> Payment:
    booked = tuple(replace(part, booked=True) if part.number == event.number else part for part in case.parts)
    return replace(case, parts=booked)


def _given_up(case: Payment, event: p.RestGivenUp) -> Payment:
    less = 0 if case.direction is Direction.IN else event.was.minor - event.amount.minor
    case_sum = Money(case.case_sum.minor - less, case.case_sum.currency)
    change = Change(event.was, event.by, event.at, event.reason)
    return replace(case, amount=event.amount, case_sum=case_sum, changes=(*case.changes, change))


def _shown(case: Payment) -> dict[str, object]:
    if not case.parts:
        return {}
    parts = [{name: value for name, value in plain(part).items() if name != "booked"} for part in case.parts]
    return {"parts": parts, "rest": plain(case.rest)}


_RULES: tuple[StepRule[Any], ...] = (StepRule(s.SignPart, may_sign_part, sign_part, lambda case: case.due("payment")),)

CHAPTER: Chapter[Payment] = Chapter(
    rules=_RULES,
    changes={p.PartPaid: _paid, p.PartBooked: _booked, p.RestGivenUp: _given_up},
    shown=_shown,
)

"""Rules of a slip's steps about the payment gateway (domain.md, "Money" [T])."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.payment import events as e
from domain.payment import refusals as slip_no
from domain.payment.gateway import events as g
from domain.payment.gateway import questions as ask
from domain.payment.gateway import refusals as no
from domain.payment.gateway import steps as s
from domain.payment.gateway.hearing import hear
from domain.payment.gateway.state import Standing
from domain.payment.state import Payment
from domain.people import Actor
from domain.steps import Step


def check_not_there(case: Payment) -> None:
    """Refuse what is done by hand while the gateway may be paying, or have paid [T][O].

    Raises:
        WithGateway: it may.
    """
    if case.gateway.under_way:
        raise no.WithGateway(standing=case.gateway.standing.value)


def may_ask(case: Payment, _actor: Actor, _now: datetime) -> None:
    """Open while the gateway has it."""
    if case.closed_at is not None or not case.gateway.under_way:
        raise no.NotWithGateway


def ask_now(_case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """One inquiry more; the planned ones stay."""
    return (g.InquiryWanted(at=now, by=step.actor),)


def may_settle_unknown(case: Payment, actor: Actor, now: datetime) -> None:
    """Open once an answer, or the lack of one, has left it open; not for anybody who has a hand in the slip [O]."""
    may_ask(case, actor, now)
    if case.gateway.standing is not Standing.UNKNOWN and not ask.asked_to_the_end(case):
        raise no.InquiriesGoOn
    if actor.person in case.signers:
        raise slip_no.SamePerson


def settle_unknown(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """Paid under the gateway's reference, or not paid; what stood against it is settled with that."""
    step = cast("s.SettleUnknown", step)
    if step.found is s.Found.PAID and not step.reference:
        raise no.ReferenceMissing(field="reference")
    cleared = tuple(
        g.MismatchSettled(at=now, by=step.actor, number=each.number, how=step.reason)
        for each in case.gateway.open_mismatches
    )
    if step.found is s.Found.PAID:
        return (*cleared, e.SlipPaid(at=now, by=step.actor, reference=step.reference))
    return (*cleared, e.SlipEnded(at=now, by=step.actor, outcome="not_paid", reason=step.reason))


def may_settle_mismatch(case: Payment, _actor: Actor, _now: datetime) -> None:
    """Open for an ended slip with an open contradiction; before its end `settle_unknown` decides both."""
    if case.closed_at is None or not case.gateway.open_mismatches:
        raise no.MismatchUnknown(number="—")


def settle_mismatch(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """How it was cleared up; the slip's own record stays as it is."""
    step = cast("s.SettleMismatch", step)
    if step.number not in {each.number for each in case.gateway.open_mismatches}:
        raise no.MismatchUnknown(field="number", number=step.number)
    return (g.MismatchSettled(at=now, by=step.actor, number=step.number, how=step.how),)


def may_reverse(case: Payment, _actor: Actor, _now: datetime) -> None:
    """Open for what was paid to the customer, for as long as the ended slip hears of it."""
    if case.outcome != "paid" or case.paid_at is None:
        raise no.NotPaidOut(outcome=case.outcome or "open")
    if ask.listens_until(case) is None:
        raise no.LateNewsAreOver


def reverse(_case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """The money is back with the shop: the ceiling gets it back, the complaint hears of it."""
    step = cast("s.ReportReversed", step)
    return (g.SlipReversed(at=now, by=step.actor, reference=step.reference, reason=step.reason),)


def take_news(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """What the gateway tells by itself."""
    step = cast("s.TakeGatewayNews", step)
    return hear(case, step.heard, step.actor, now)

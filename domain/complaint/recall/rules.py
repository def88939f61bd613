"""Rules of recalling a parcel (domain.md, "changed mind after dispatch" [S])."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint.problems import BRINGS_GOODS, PROBLEMS, RemedyKind
from domain.complaint.recall import events as e
from domain.complaint.recall import questions as ask
from domain.complaint.recall import refusals as no
from domain.complaint.recall import steps as s
from domain.complaint.recall import troubles
from domain.complaint.recall.evolve import received
from domain.complaint.recall.state import RecallState
from domain.complaint.state import Complaint
from domain.complaint.stopping import questions as stops
from domain.people import Actor
from domain.steps import Step


def may_ask(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once the parcel has left, until the customer has it or a return is agreed [S]."""
    if not PROBLEMS[case.problem].recalls:
        raise no.NotToBeRecalled(problem=case.problem.value)
    if case.original_received:
        raise no.ParcelIsBack
    running = ask.running(case)
    if running is not None:
        raise no.RecallRunning(number=running.number)
    if case.refused_because or (case.accepted is None and at.carried_out(case)):
        raise spine.OutcomeStands
    if case.accepted is not None and case.accepted.kind is not RemedyKind.REFUND:
        raise spine.RemedyUnderWay
    if case.signed_for is True:
        raise no.CustomerHasTheGoods
    if not stops.gone(case):
        raise no.NotGoneYet


def ask_for_recall(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """By the order's own carrier and number, or those that the agent names."""
    step = cast("s.AskForRecall", step)
    facts = case.facts
    carrier = step.carrier.strip() or (facts.carrier if facts is not None else None) or ""
    tracking = step.tracking.strip().upper() or (facts.tracking if facts is not None else None) or ""
    for name, value in (("carrier", carrier), ("tracking", tracking)):
        if not value:
            raise no.TrackingNeeded(field=name, what=name)
    return (e.RecallAsked(at=now, by=step.actor, carrier=carrier, tracking=tracking),)


def may_register(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once it was asked for."""
    _at(case, RecallState.ASKED)


def register(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The courier was told; the slip has its number [S]."""
    step = cast("s.RegisterRecall", step)
    return (e.RecallRegistered(at=now, by=step.actor, slip=step.slip.strip(), courier=step.courier),)


def may_sign(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once the slip is written."""
    _at(case, RecallState.REGISTERED)


def sign_part_one(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Part one is with the label desk from now on [S]."""
    step = cast("s.SignPartOne", step)
    return (e.PartOneSigned(at=now, by=step.actor, courier_signed=step.courier_signed),)


def may_receive(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while part one is with the label desk; also after the recall was given up, for a parcel that came late."""
    last = case.recalls[-1] if case.recalls else None
    late = last is not None and last.state is RecallState.FAILED and bool(last.courier_signed)
    if not late:
        _at(case, RecallState.SIGNED)


def receive(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The parcel in exchange for part one [S]."""
    step = cast("s.SignOriginalReceived", step)
    signed = e.OriginalReceived(at=now, by=step.actor, signed=step.signed)
    return (signed, *troubles.original_came(case, received(case, signed), now, step.actor))


def may_fail(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a recall runs."""
    if ask.running(case) is None:
        raise no.NoRecallHere(what="running")


def fail(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer is told at once; an ordinary return fits then [S]."""
    step = cast("s.ReportRecallFailed", step)
    return (e.RecallFailed(at=now, by=step.actor, reason=step.reason),)


def before_remedy(case: Complaint, kind: RemedyKind) -> None:
    """No return beside a recall; without a return no refund before the original parcel is in [S]."""
    row = PROBLEMS[case.problem]
    weighed = kind is RemedyKind.REFUND or kind in BRINGS_GOODS
    if row.stop is None or not weighed or (case.original_received and kind is RemedyKind.REFUND):
        return
    if case.original_received:
        raise no.ParcelIsBack
    running = ask.running(case)
    if running is not None and not ask.fits(case, kind):
        raise no.RecallRunning(number=running.number)
    if kind is RemedyKind.REFUND and stops.gone(case):
        raise no.RecallFirst


def _at(case: Complaint, state: RecallState) -> None:
    running = ask.running(case)
    if running is None or running.state is not state:
        raise no.NoRecallHere(what=state.value)

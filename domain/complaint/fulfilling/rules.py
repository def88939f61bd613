"""Rules of carrying out a remedy, part by part (domain.md, spine 7, "Returns and exchanges" [S])."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.fulfilling import events as e
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling import refusals as no
from domain.complaint.fulfilling import steps as s
from domain.complaint.fulfilling.state import Fulfilment, PartState
from domain.complaint.problems import RemedyKind
from domain.complaint.state import Complaint
from domain.complaint.sums import questions as sums
from domain.complaint.sums import repairs
from domain.complaint.sums.refusals import PriceDifferenceOpen
from domain.people import DESK, Actor, Role
from domain.steps import Step

Fits = Callable[[Fulfilment], bool]

_OF_ALL_PARTS = frozenset({Role.AGENT, Role.SUPERVISOR})


def to_send(part: Fulfilment) -> bool:
    """Whether a parcel has to leave."""
    mended = part.kind is RemedyKind.REPAIR and part.state is PartState.MENDED
    return mended or (part.kind in fulfil.SENT_BY_LABEL_DESK and part.state is PartState.OPEN)


def to_mend(part: Fulfilment) -> bool:
    """Whether goods are to be mended."""
    return part.kind is RemedyKind.REPAIR and part.state is PartState.OPEN


def to_correct(part: Fulfilment) -> bool:
    """Whether something is to be put right."""
    return part.kind is RemedyKind.CORRECTION and part.state is PartState.OPEN


def to_issue(part: Fulfilment) -> bool:
    """Whether a coupon is to be issued."""
    return part.kind is RemedyKind.COUPON and part.state is PartState.OPEN


STEP_OF: tuple[tuple[Fits, type[Step]], ...] = (
    (to_send, s.ReportPartSent),
    (to_mend, s.ReportRepaired),
    (to_correct, s.RecordCorrection),
    (to_issue, s.ReportCoupon),
)
"""The step that an open part waits for."""


def step_of(part: Fulfilment) -> type[Step]:
    """The step that brings an open part on."""
    return next(step for fits, step in STEP_OF if fits(part))


def may_report(fits: Fits) -> Callable[[Complaint, Actor, datetime], None]:
    """Open while a part waits for such a report."""

    def may(case: Complaint, _actor: Actor, _now: datetime) -> None:
        if not any(fits(part) for part in fulfil.open_parts(case)):
            raise no.NothingToCarryOut

    return may


def sent(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Carrier and number; from here on the parcel is followed [S]."""
    step = cast("s.ReportPartSent", step)
    part = open_part(case, step, step.part, to_send)
    if part.kind is RemedyKind.EXCHANGE and (waiting := sums.difference_open(case)):
        raise PriceDifferenceOpen(part=part.number, why=waiting)
    tracking = step.tracking.strip().upper()
    left = e.PartSent(at=now, by=step.actor, part=part.number, kind=part.kind, carrier=step.carrier, tracking=tracking)
    return (left,)


def repaired(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Mended; the label desk sends it back."""
    step = cast("s.ReportRepaired", step)
    part = open_part(case, step, step.part, to_mend)
    if part.estimate_waits:
        raise no.EstimateWaits(field="part", part=part.number)
    return (e.PartMended(at=now, by=step.actor, part=part.number, note=step.note),)


def corrected(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Put right, and the customer is told what."""
    step = cast("s.RecordCorrection", step)
    part = open_part(case, step, step.part, to_correct)
    return (e.PartCorrected(at=now, by=step.actor, part=part.number, words=step.words),)


def issued(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The coupon exists; the customer is told where its code is."""
    step = cast("s.ReportCoupon", step)
    part = open_part(case, step, step.part, to_issue)
    if fulfil.with_the_ledger(case, part):
        raise no.CouponNotHeld(part=part.number)
    coupon = e.CouponIssued(at=now, by=step.actor, part=part.number, code=step.code, code_shown=step.code_shown)
    return (coupon,)


def may_report_failed(case: Complaint, actor: Actor, _now: datetime) -> None:
    """Open to the agent, the supervisor, and the desk with which a part lies."""
    waiting = fulfil.open_parts(case)
    if not waiting:
        raise no.NothingToCarryOut
    if not any(_is_theirs(actor, part) for part in waiting):
        raise no.NotYourPart(part=waiting[0].number, desk=fulfil.desk_of(waiting[0]).value)


def failed(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Back to the agent, with the reason."""
    step = cast("s.ReportPartFailed", step)
    part = open_part(case, step, step.part, lambda _part: True)
    if not _is_theirs(step.actor, part):
        raise no.NotYourPart(part=part.number, desk=fulfil.desk_of(part).value)
    other = tuple(name.strip() for name in step.alternatives if name.strip())
    failed_ = e.PartFailed(
        at=now, by=step.actor, part=part.number, kind=part.kind, reason=step.reason, alternatives=other
    )
    asked = repairs.too_much(case, part, None, now) if part.kind is RemedyKind.REPAIR else ()
    return (failed_, *asked)


def answered(case: Complaint, part: Fulfilment, sentence: str, now: datetime) -> tuple[Event, ...]:
    """What the ledger's answer causes: the value is held, or the coupon cannot be issued and comes back to the agent.

    sentence: why the ledger refuses; empty when it holds the value.
    """
    if not sentence:
        return (e.CostHeld(at=now, by=DESK, part=part.number),)
    refused = e.CostRefused(at=now, by=DESK, part=part.number, sentence=sentence)
    if part not in fulfil.open_parts(case):
        return (refused,)
    return (refused, e.PartFailed(at=now, by=DESK, part=part.number, kind=part.kind, reason=sentence))


def may_ship_first(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open for an exchange whose goods are still awaited [S]."""
    if not fulfil.may_ship_first(case):
        raise no.NothingToShipFirst


def ship_first(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The supervisor's exception [S]."""
    step = cast("s.ShipFirst", step)
    number = case.accepted.number if case.accepted is not None else 0
    return (e.ShippingFirstAllowed(at=now, by=step.actor, proposal=number, reason=step.reason),)


def _is_theirs(actor: Actor, part: Fulfilment) -> bool:
    """A department mends and puts right what it was asked for; the label desk only sends."""
    if actor.role in _OF_ALL_PARTS or actor.role is fulfil.desk_of(part):
        return True
    return actor.role is Role.DEPARTMENT and (to_mend(part) or to_correct(part))


def open_part(case: Complaint, step: Step, number: int, fits: Fits) -> Fulfilment:
    """The open part of that number, if it waits for such a step.

    Raises:
        PartNotThere, PartNotLikeThis.
    """
    part = fulfil.find(case, number)
    if part is None:
        raise no.PartNotThere(field="part", part=number)
    if part not in fulfil.open_parts(case) or not fits(part):
        raise no.PartNotLikeThis(
            field="part", part=number, kind=part.kind.value, state=part.state.value, step=step.slug()
        )
    return part

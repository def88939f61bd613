"""A repair with its estimate: how long, and what the customer bears of it; nothing is mended before they agree [O]."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.fulfilling import events as e
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling import refusals as no
from domain.complaint.fulfilling import steps as s
from domain.complaint.fulfilling.rules import open_part, to_mend
from domain.complaint.fulfilling.state import Estimate, Fulfilment
from domain.complaint.heard import heard_where
from domain.complaint.offering.parts import check_currency
from domain.complaint.state import Complaint
from domain.complaint.sums import repairs
from domain.people import DESK, Actor
from domain.steps import Step


def may_estimate(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while goods are to be mended and no estimate waits for its answer."""
    waiting = [part for part in fulfil.open_parts(case) if to_mend(part)]
    if not waiting:
        raise no.NothingToCarryOut
    if all(part.estimate_waits for part in waiting):
        raise no.EstimateWaits(part=waiting[0].number)


def estimate(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Days, and what the customer bears of it; a new one asks the customer anew."""
    step = cast("s.EstimateRepair", step)
    part = open_part(case, step, step.part, to_mend)
    if part.estimate_waits:
        raise no.EstimateWaits(field="part", part=part.number)
    if step.customer_pays is not None:
        check_currency(case, step.customer_pays, "customer_pays")
    made = Estimate(step.days, step.customer_pays, step.words, step.actor, now)
    return (e.RepairEstimated(at=now, by=step.actor, part=part.number, estimate=made),)


def may_answer(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while an estimate waits for the customer."""
    if not any(part.estimate_waits for part in fulfil.open_parts(case)):
        raise no.NoEstimateWaits


def answer(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Agreed: it is mended, and what the customer bears gets its slip. Not agreed: back to the agent [F][T][O]."""
    step = cast("s.AnswerEstimate", step)
    part: Fulfilment = open_part(case, step, step.part, to_mend)
    if not part.estimate_waits:
        raise no.NoEstimateWaits(field="part")
    heard = heard_where(step.actor, step.heard_on)
    told = e.EstimateAnswered(at=now, by=step.actor, part=part.number, agreed=step.agreed, heard_on=heard)
    if step.agreed:
        return (told, *repairs.agreed(case, part, now))
    why = "the customer did not agree to the estimate"
    failed = e.PartFailed(at=now, by=DESK, part=part.number, kind=part.kind, reason=why)
    return (told, failed, *repairs.too_much(case, part, None, now))

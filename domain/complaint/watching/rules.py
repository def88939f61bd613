"""Rules of watching parcels (domain.md, "Problem by problem", below the table)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.calendar import as_utc
from domain.casefile import Event, TroubleArose
from domain.complaint.state import Complaint
from domain.complaint.watching import events as e
from domain.complaint.watching import questions as ask
from domain.complaint.watching import refusals as no
from domain.complaint.watching import steps as s
from domain.complaint.watching.plan import planned_between
from domain.complaint.watching.state import (
    ENDS,
    Arrival,
    Chase,
    Condition,
    Manner,
    ParcelCheck,
    ParcelState,
    PlannedCheck,
    WatchedParcel,
)
from domain.instants import minute
from domain.people import Actor
from domain.steps import Step

MOST_PARCELS = 20
MOST_CHECKS = 200
MOST_MISSED_TOLD = 60
"""So many missed checks stand with their instants; of more the last ones."""


def may_watch(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open at any time, until the case is full."""
    if len(case.parcels) >= MOST_PARCELS:
        raise no.TooManyParcels(most=MOST_PARCELS)


def watch(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """One parcel more; one that arrived or was lost may be watched anew [S]."""
    step = cast("s.WatchParcel", step)
    tracking = ask.normal(step.tracking)
    if any(known.watched for known in ask.under(case, tracking)):
        raise no.WatchedAlready(field="tracking", tracking=tracking)
    return (e.ParcelWatched(at=now, by=step.actor, tracking=tracking, carrier=step.carrier, awaited_as=step.why),)


def may_check(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a parcel is watched."""
    if not ask.watched(case):
        raise no.NotWatched(tracking="—")


def check(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The result written, and how many planned checks went by unmade; a lost parcel needs a person [S][F]."""
    step = cast("s.RecordParcelCheck", step)
    parcel = _watched(case, step.tracking)
    if len(parcel.checks) >= MOST_CHECKS:
        raise no.TooManyChecks(tracking=parcel.tracking, most=MOST_CHECKS)
    made = replace(check_made(case, parcel, step.actor, step.result, now), note=step.note)
    return looked(parcel, made)


def looked(parcel: WatchedParcel, made: ParcelCheck) -> tuple[Event, ...]:
    """The check on record, and the trouble that a lost parcel is."""
    at, by, changed = made.at, made.by, made.result is not parcel.result
    checked = e.ParcelChecked(at=at, by=by, number=parcel.number, tracking=parcel.tracking, made=made, changed=changed)
    if made.result is not ParcelState.LOST:
        return (checked,)
    sentence = (
        f"the parcel {parcel.tracking} ({parcel.carrier}) is lost: send anew, repay, or claim it from the courier"
    )
    return (checked, TroubleArose(at=at, by=by, code="parcel_lost", sentence=sentence))


def check_made(case: Complaint, parcel: WatchedParcel, by: Actor, result: ParcelState, now: datetime) -> ParcelCheck:
    """A look at the parcel now, with the planned check that it answers and those that went by unmade."""
    planned = planned_between(case, ask.last_looked(parcel), now)
    missed = planned[:-1]
    return ParcelCheck(
        at=now,
        by=by,
        result=result,
        note="",
        answers=_planned(case, planned[-1]) if planned else None,
        missed=len(missed),
        missed_checks=tuple(_planned(case, at) for at in missed[-MOST_MISSED_TOLD:]),
    )


def _planned(case: Complaint, at: datetime) -> PlannedCheck:
    return PlannedCheck(at, case.pinned.calendar.on_duty(at))


def may_chase(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a watched parcel stands still, or is stubborn."""
    if not any(ask.stands_still(parcel) or parcel.stubborn for parcel in ask.watched(case)):
        raise no.NothingToChase


def chase(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The courier was asked [T]."""
    step = cast("s.ChaseCourier", step)
    parcel = _watched(case, step.tracking)
    if not (ask.stands_still(parcel) or parcel.stubborn):
        raise no.NothingToChase(field="tracking")
    asked = Chase(now, step.actor, step.answer)
    return (e.CourierChased(at=now, by=step.actor, number=parcel.number, tracking=parcel.tracking, chase=asked),)


def re_register(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The same parcel under another number; one that the case knows already is another parcel [S]."""
    step = cast("s.ReRegisterParcel", step)
    parcel, fresh = _watched(case, step.tracking), ask.normal(step.new_tracking)
    if ask.under(case, fresh):
        raise no.WatchedAlready(field="new_tracking", tracking=fresh)
    return (
        e.ParcelReRegistered(
            at=now,
            by=step.actor,
            number=parcel.number,
            tracking=parcel.tracking,
            new_tracking=fresh,
            carrier=step.carrier,
            reason=step.reason,
        ),
    )


def give_up(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Watched no longer, with the reason."""
    step = cast("s.GiveUpWatch", step)
    parcel = _watched(case, step.tracking)
    return (e.WatchGivenUp(at=now, by=step.actor, number=parcel.number, tracking=parcel.tracking, reason=step.reason),)


def may_confirm(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a parcel has arrived whose customer was not called yet."""
    if not any(parcel.call_owed for parcel in case.parcels):
        raise no.ArrivalNotChecked(tracking="—")


def confirm(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The four facts; what is not as it should be goes to supervisor and salesperson [S]."""
    step = cast("s.ConfirmArrival", step)
    parcel = next((each for each in ask.under(case, step.tracking) if each.call_owed), None)
    if parcel is None:
        raise no.ArrivalNotChecked(field="tracking", tracking=ask.normal(step.tracking))
    arrived_at = as_utc(step.arrived_at)
    if arrived_at > now:
        raise no.ArrivalInFuture(field="arrived_at", given=minute(arrived_at))
    arrival = Arrival(
        arrived_at=arrived_at,
        condition=step.condition,
        manner=step.manner,
        signed_by_customer=step.signed_by_customer,
        note=step.note,
        at=now,
        by=step.actor,
        signed_by=step.signed_by,
        exceptions=tuple(_exceptions(step)),
    )
    return (e.ArrivalConfirmed(at=now, by=step.actor, number=parcel.number, tracking=parcel.tracking, arrival=arrival),)


def may_acknowledge(case: Complaint, actor: Actor, _now: datetime) -> None:
    """Open while this desk has not seen an exception."""
    if not any(actor.role in ask.unseen(parcel) for parcel in case.parcels):
        raise no.NothingToAcknowledge(tracking="—")


def acknowledge(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Seen by this desk [S]."""
    step = cast("s.AcknowledgeException", step)
    parcel = next((each for each in ask.under(case, step.tracking) if step.actor.role in ask.unseen(each)), None)
    if parcel is None:
        raise no.NothingToAcknowledge(field="tracking", tracking=ask.normal(step.tracking))
    return (
        e.ExceptionSeen(at=now, by=step.actor, number=parcel.number, tracking=parcel.tracking, desk=step.actor.role),
    )


def ends(made: ParcelCheck) -> bool:
    """Whether nothing is left to watch after this check."""
    return made.result in ENDS


def _watched(case: Complaint, tracking: str) -> WatchedParcel:
    parcel = next((each for each in ask.under(case, tracking) if each.watched), None)
    if parcel is None:
        raise no.NotWatched(field="tracking", tracking=ask.normal(tracking))
    return parcel


def _exceptions(step: s.ConfirmArrival) -> Iterator[str]:
    if step.condition is not Condition.WHOLE:
        yield step.condition.value
    if step.manner is Manner.POOR:
        yield "poor_manner"
    if not step.signed_by_customer:
        yield "signed_by_another"

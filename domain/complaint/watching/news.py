"""What a courier's connector tells of a watched parcel: a look like any other, made by the courier [S][O].

Late, twice and out of order: older news change nothing that a newer look said, and what changes nothing is a check only
where one was planned. What the news do not say, such as the four facts of an arrival, stays with a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.state import Complaint
from domain.complaint.watching import events as e
from domain.complaint.watching import questions as ask
from domain.complaint.watching import refusals as no
from domain.complaint.watching.rules import MOST_CHECKS, check_made, looked
from domain.complaint.watching.state import ENDS, ParcelState, WatchedParcel, Why
from domain.goods_return.steps import CourierStatus, TakeCourierNews
from domain.steps import Step

_SEEN = {
    CourierStatus.PICKED_UP: ParcelState.MOVING,
    CourierStatus.IN_TRANSIT: ParcelState.MOVING,
    CourierStatus.DELIVERED: ParcelState.ARRIVED,
    CourierStatus.STUCK: ParcelState.NOT_MOVING,
    CourierStatus.LOST: ParcelState.LOST,
}


def take(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The news as a check; nothing for what is older than the last look; what says the same is noted as the newest."""
    step = cast("TakeCourierNews", step)
    parcel = next((each for each in ask.under(case, step.tracking) if each.watched), None)
    if parcel is None:
        raise no.NotWatched(tracking=ask.normal(step.tracking))
    seen_at = min(step.seen_at, now)
    if seen_at <= _last_seen(parcel):
        return ()
    result = found(parcel, step.status)
    made = replace(check_made(case, parcel, step.actor, result, now), seen_at=seen_at)
    if result is parcel.result and (made.answers is None or len(parcel.checks) >= MOST_CHECKS):
        return (e.ParcelSeenAgain(at=now, by=step.actor, number=parcel.number, tracking=parcel.tracking, seen=seen_at),)
    if len(parcel.checks) >= MOST_CHECKS and result not in ENDS:
        raise no.TooManyChecks(tracking=parcel.tracking, most=MOST_CHECKS)
    return looked(parcel, made)


def found(parcel: WatchedParcel, status: CourierStatus) -> ParcelState:
    """The courier's word as a check has it: what turns back from the customer comes to us, and from us it does not."""
    if status in _SEEN:
        return _SEEN[status]
    if not parcel.to_us:
        return ParcelState.REFUSED
    return ParcelState.MOVING if parcel.why is Why.REFUSED_PARCEL else ParcelState.FORWARDED


def _last_seen(parcel: WatchedParcel) -> datetime:
    """Until when it is known where the parcel was; before the first look, nothing is."""
    looks = [check.seen_at or check.at for check in parcel.checks]
    again = [parcel.seen_again] if parcel.seen_again is not None else []
    return max((*looks, *again), default=datetime.min.replace(tzinfo=parcel.since.tzinfo))

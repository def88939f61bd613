"""Which parcels are watched, which one the customer waits for, and what is owed for them: pure questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.complaint.fulfilling.questions import parcels_to_customer
from domain.complaint.looking_into import questions as looking
from domain.complaint.looking_into.state import Finding
from domain.complaint.problems import Check, Problem
from domain.complaint.state import Complaint
from domain.complaint.watching.state import ParcelState, WatchedParcel, Why
from domain.people import Role

STANDSTILL = 2
"""So many checks in a row without movement, and the courier is chased."""
SEES_EXCEPTIONS = (Role.SUPERVISOR, Role.SALESPERSON)
"""The desks that are told of what was not as it should be at the customer's door [S]."""

Wanted = tuple[str, str, Why]
"""Tracking number, carrier, and what the parcel is to the case."""


def to_watch(case: Complaint) -> Iterator[Wanted]:
    """The parcels that the case waits for by its situation; each is watched from then on, once."""
    if case.closed_at is None:
        yield from _of_the_order(case)
        for part in parcels_to_customer(case):
            yield normal(part.tracking), part.carrier, Why.RESHIPMENT


def _of_the_order(case: Complaint) -> Iterator[Wanted]:
    facts = case.facts
    if facts is None or not facts.tracking:
        return
    parcel = (normal(facts.tracking), facts.carrier or "")
    if case.problem is Problem.LATE_DELIVERY:
        yield (*parcel, Why.LATE_PARCEL)
    elif case.problem is Problem.SHORT_OR_MISSING and second_under_way(case):
        yield (*parcel, Why.SECOND_PARCEL)
    elif case.problem is Problem.DAMAGED and case.signed_for is False:
        yield (*parcel, Why.REFUSED_PARCEL)


def second_under_way(case: Complaint) -> bool:
    """Whether the look-up found that the rest of the order is still on its way [T]."""
    found = looking.made(case, Check.TRACKING)
    return found is not None and found.finding is Finding.UNDER_WAY


def number_missing(case: Complaint) -> bool:
    """Whether a second parcel is under way and nobody has said under which number."""
    known = any(parcel.why is Why.SECOND_PARCEL for parcel in case.parcels)
    return case.problem is Problem.SHORT_OR_MISSING and second_under_way(case) and not known


def normal(tracking: str) -> str:
    """A tracking number as it is kept."""
    return tracking.strip().upper()


def under(case: Complaint, tracking: str) -> tuple[WatchedParcel, ...]:
    """The parcels of that tracking number, the last one first: a lost one that turns up is watched a second time."""
    return tuple(each for each in reversed(case.parcels) if normal(tracking) in each.numbers)


def watched(case: Complaint) -> tuple[WatchedParcel, ...]:
    """The parcels whose next check is waited for; a closed case waits for none."""
    return () if case.closed_at is not None else tuple(each for each in case.parcels if each.watched)


def last_looked(parcel: WatchedParcel) -> datetime:
    """When it was last looked for; before the first check, since when it is watched."""
    return parcel.checks[-1].at if parcel.checks else parcel.since


def stands_still(parcel: WatchedParcel) -> bool:
    """Whether it did not move in the last checks in a row, and the courier was not asked since."""
    chased = parcel.chases[-1].at if parcel.chases else None
    since = [check for check in parcel.checks if chased is None or check.at > chased]
    last = since[-STANDSTILL:]
    still = len(last) == STANDSTILL and all(check.result is ParcelState.NOT_MOVING for check in last)
    return parcel.watched and still


def unseen(parcel: WatchedParcel) -> tuple[Role, ...]:
    """The desks that have not seen yet what was not as it should be."""
    arrival = parcel.arrival
    if arrival is None or not arrival.exceptions:
        return ()
    return tuple(desk for desk in SEES_EXCEPTIONS if desk not in arrival.seen_by)


def most_awaited(case: Complaint) -> WatchedParcel | None:
    """The parcel that a message to the customer speaks of: the one watched longest that was looked for."""
    return next((each for each in watched(case) if each.checks), None)


def told_as(parcel: WatchedParcel) -> str:
    """Where it is, as messages name it: `moving` to the customer, `back_moving` to us."""
    return f"back_{parcel.result}" if parcel.to_us else f"{parcel.result}"

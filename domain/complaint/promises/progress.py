"""When the customer has heard nothing for too long, and what the case then tells by itself [F].

There is no clock for it: the instant follows from when the customer last heard anything. The machine, a person's voice
or a reminder count alike. While a message still waits to be told, telling it comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.casefile import Event, LetterState
from domain.complaint import situation as at
from domain.complaint.promises import questions as ask
from domain.complaint.promises.events import ProgressTold
from domain.complaint.requests import questions as desks
from domain.complaint.state import Complaint
from domain.people import DESK

OURS = frozenset(
    {
        "first_feedback",
        "verification",
        "judgement",
        "proposal",
        "after_inspection",
        "reshipment",
        "repair",
        "coupon",
        "correction",
        "label_desk_answer",
        "label_desk_change",
        "recall_arrival",
        "call_back",
    }
)
"""Clocks of the desk whose end the customer notices."""


def every(case: Complaint) -> timedelta:
    """How long the customer is left without news at most."""
    return timedelta(hours=case.pinned.policy.progress_every_hours.value)


def due(case: Complaint) -> datetime | None:
    """When the case tells its progress, if nothing else reaches the customer before; None while it rests."""
    heard = max(_heard(case), default=None)
    if heard is None or _rests(case):
        return None
    planned = heard + every(case)
    return None if any(reminder <= planned for reminder in _reminders(case)) else planned


def passed(case: Complaint, now: datetime) -> tuple[Event, ...]:
    """The message that silence owes the customer at `now`; one, however long the silence was."""
    planned = due(case)
    if planned is None or planned > now:
        return ()
    return (ProgressTold(at=now, by=DESK, due=planned, stands=at.state_of(case)),)


def next_due(case: Complaint, after: datetime) -> datetime | None:
    """The next time, later than `after`, by which the customer can expect something of the desk."""
    clocks = (case.due(clock.name) for clock in case.clocks if clock.name.partition("#")[0] in OURS)
    promised = (each.until for each in ask.running(case))
    asked = (case.due(desks.clock_of(request)) for request in desks.waits_for(case))
    return min((each for each in (*clocks, *promised, *asked) if each is not None and each > after), default=None)


def _heard(case: Complaint) -> Iterator[datetime]:
    """When the customer heard something of the desk; while goods are awaited, silence counts from their sending."""
    told = {LetterState.SENT, LetterState.TOLD}
    yield from (each.settled_at for each in case.letters if each.state in told and each.settled_at is not None)
    yield from (call.at for call in case.calls if call.reached)
    yield from (contact.at for contact in case.contacts if contact.answered_at == contact.at)  # on the spot
    if at.return_under_way(case):
        yield from (parcel.reported_at for parcel in case.shipments)


def _rests(case: Complaint) -> bool:
    """Whether nothing is to be told: closed, a message on its way, or the next move is not the desk's."""
    on_the_way = {LetterState.TO_SEND, LetterState.WITH_A_PERSON}
    return (
        case.closed_at is not None
        or any(letter.state in on_the_way for letter in case.letters)
        or at.called_in_vain(case)
        or (at.carried_out(case) and at.tries_used_up(case))
        or _goods_awaited(case)
    )


def _goods_awaited(case: Complaint) -> bool:
    """Whether the customer is to send the goods: the return itself tells how, and reminds."""
    last = at.return_of(case)
    return last is not None and last.result is None and len(case.shipments) <= last.first_shipment


def _reminders(case: Complaint) -> Iterator[datetime]:
    """When a reminder reaches the customer by itself; one that is overdue, since the software was down, goes first."""
    for clock in at.waits_for_customer(case):
        yield from clock.reminders[clock.reminded :]

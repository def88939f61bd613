"""The shortest way to each refusal about promises, contacts and watched parcels, for test_refusals.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.complaint.problems import Problem
from domain.complaint.promises import refusals as no
from domain.complaint.promises import steps as pr
from domain.complaint.promises.rules import MOST_CONTACTS, MOST_PROMISES
from domain.complaint.promises.state import PlannedLine
from domain.complaint.state import Channel
from domain.complaint.watching import refusals as unwatched
from domain.complaint.watching import steps as ws
from domain.complaint.watching.rules import MOST_CHECKS, MOST_PARCELS
from domain.complaint.watching.state import Condition, Manner, ParcelState, Why
from domain.people import Actor
from tests import builders as b
from tests.domain.desk import Desk, desk
from tests.domain.provoked import provokes

THE_ORDERS = "SF0000000001"
"""The tracking number of the order in tests/builders.py."""


def promise(actor: Actor = b.LIN, minutes: int | None = 20, **changes: Any) -> pr.MakePromise:
    """A call-back in twenty minutes."""
    return pr.MakePromise(actor=actor, words="I call you back", minutes=minutes, **changes)


def kept(number: int = 1, actor: Actor = b.LIN) -> pr.KeepPromise:
    """She called."""
    return pr.KeepPromise(actor=actor, number=number, note="called at once")


def renewed(number: int = 1, minutes: int = 60, actor: Actor = b.LIN) -> pr.RenewPromise:
    """An hour more, with a message."""
    return pr.RenewPromise(actor=actor, number=number, minutes=minutes, message="the workshop needs an hour more")


def settled(number: int = 1) -> pr.SettlePromise:
    """The supervisor saw to it."""
    return pr.SettlePromise(actor=b.WU, number=number, how="spoke with the customer and with Lin")


def timetable(*hours: float, now: Any = b.START) -> pr.SetTimetable:
    """A line for each of these hours from now on."""
    lines = tuple(PlannedLine(f"step after {each} h", now + timedelta(hours=each)) for each in hours)
    return pr.SetTimetable(actor=b.LIN, lines=lines)


def contact(**changes: Any) -> pr.RecordContact:
    """The customer asked by phone."""
    return pr.RecordContact(actor=b.LIN, channel=Channel.PHONE, words=b.sealed("words"), **changes)


def late_parcel() -> Desk:
    """A late delivery, verified: its parcel is watched."""
    return desk(problem=Problem.LATE_DELIVERY)


def watch(tracking: str = "SF7001", why: Why = Why.RESHIPMENT) -> ws.WatchParcel:
    """One more parcel under watch."""
    return ws.WatchParcel(actor=b.LU, tracking=tracking, carrier="SF Express", why=why)


def look(result: ParcelState, tracking: str = THE_ORDERS, actor: Actor = b.LU) -> ws.RecordParcelCheck:
    """Where the parcel is."""
    return ws.RecordParcelCheck(actor=actor, tracking=tracking, result=result, note="as the courier shows it")


def chased(tracking: str = THE_ORDERS) -> ws.ChaseCourier:
    """The courier was asked."""
    return ws.ChaseCourier(actor=b.LU, tracking=tracking, answer="goes out this afternoon")


def arrival(desk: Desk, tracking: str = THE_ORDERS, **changes: Any) -> ws.ConfirmArrival:
    """All well, an hour ago."""
    facts: dict[str, Any] = {
        "arrived_at": desk.now - b.HOUR,
        "condition": Condition.WHOLE,
        "manner": Manner.GOOD,
        "signed_by_customer": True,
    }
    return ws.ConfirmArrival(actor=b.LIN, tracking=tracking, **(facts | changes))


@provokes(no.PromiseTimeUnclear)
def _() -> object:
    return desk().take(promise(minutes=None))


@provokes(no.PromiseTimeUnfit)
def _() -> object:
    return desk().take(promise(minutes=None, until=b.START))


@provokes(no.PromiseUnknown)
def _() -> object:
    return desk().take(kept())


@provokes(no.PromiseOver)
def _() -> object:
    d = desk()
    d.take(promise())
    d.take(promise())
    d.take(kept())
    return d.take(kept())


@provokes(no.PromiseIsBroken)
def _() -> object:
    d = desk()
    d.take(promise())
    d.take(promise(minutes=600))
    d.wait(b.HOUR)
    return d.take(renewed())


@provokes(no.PromiseNotBroken)
def _() -> object:
    d = desk()
    d.take(promise())
    d.take(promise(minutes=600))
    d.wait(b.HOUR)
    return d.take(settled(2))


@provokes(no.TooManyPromises)
def _() -> object:
    d = desk()
    for _each in range(MOST_PROMISES):
        d.take(promise())
    return d.take(promise())


@provokes(no.TimetableUnordered)
def _() -> object:
    return desk().take(timetable(5, 3))


@provokes(no.TooManyContacts)
def _() -> object:
    d = desk()
    for _each in range(MOST_CONTACTS):
        d.take(contact())
    return d.take(pr.AskHowItStands(actor=b.CUSTOMER))


@provokes(unwatched.NotWatched)
def _() -> object:
    return late_parcel().take(look(ParcelState.MOVING, "SF7001"))


@provokes(unwatched.WatchedAlready)
def _() -> object:
    return late_parcel().take(watch(THE_ORDERS.lower()))


@provokes(unwatched.TooManyParcels)
def _() -> object:
    d = desk()
    for number in range(MOST_PARCELS):
        d.take(watch(f"SF{7000 + number}"))
    return d.take(watch("SF9999"))


@provokes(unwatched.TooManyChecks)
def _() -> object:
    d = late_parcel()
    for _each in range(MOST_CHECKS):
        d.take(look(ParcelState.MOVING))
    return d.take(look(ParcelState.MOVING))


@provokes(unwatched.NothingToChase)
def _() -> object:
    d = late_parcel()
    d.take(look(ParcelState.NOT_MOVING))
    return d.take(chased())


@provokes(unwatched.ArrivalNotChecked)
def _() -> object:
    d = late_parcel()
    return d.take(arrival(d))


@provokes(unwatched.ArrivalInFuture)
def _() -> object:
    d = late_parcel()
    d.take(look(ParcelState.ARRIVED))
    return d.take(arrival(d, arrived_at=d.now + b.HOUR))


@provokes(unwatched.NothingToAcknowledge)
def _() -> object:
    d = late_parcel()
    d.take(look(ParcelState.ARRIVED))
    d.take(arrival(d))
    return d.take(ws.AcknowledgeException(actor=b.WU, tracking=THE_ORDERS))

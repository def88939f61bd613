"""Parcels that come to a return by way of the dock, and a match that is taken back as if nothing had been [S][O].

A parcel that was another's restores the clocks that it had moved: those that had ended for it run on with their own
deadlines, those that it had started never were. What came in between stays: a second parcel that really is this
return's ends the wait at its own instant.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from domain.casefile import Event, TroubleArose
from domain.casework import Draft, StepRule, always
from domain.chapters import Chapter
from domain.clock import Clock
from domain.dock.state import OVER
from domain.goods_return import events as e
from domain.goods_return import late_goods
from domain.goods_return import situation as at
from domain.goods_return import steps as s
from domain.goods_return.instructing import came_collect
from domain.goods_return.rules import ended_well, lapsed
from domain.goods_return.state import Ending, FromDock, Goods, Parcel, Return
from domain.people import DESK
from domain.steps import Step
from domain.timekeeping import rule_of, with_clocks, with_pauses

INSPECTED = "inspected"


@dataclass(frozen=True)
class DockReport:
    """What the dock has to be told of one of its parcels."""

    dock: str
    result: str


def take_from_dock(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """The dock's parcel is received here, unless it was received already, or the return is over [S]."""
    step = cast("s.TakeParcelFromDock", step)
    if any(each.dock == step.dock and not each.back for each in case.from_dock):
        return ()
    here = case.is_here(step.tracking)
    if case.closed_at is not None and (here or not late_goods.takes_late(case)):
        return (e.DockParcelLate(at=now, by=step.actor, dock=step.dock, tracking=step.tracking),)
    if here:
        return (e.DockParcelKnown(at=now, by=step.actor, dock=step.dock, tracking=step.tracking),)
    parcel = Parcel(
        tracking=step.tracking,
        carrier=step.carrier,
        received_at=now,
        received_by=step.received_by,
        card_found=step.card_found,
        freight_collect=step.freight_collect,
        dock=step.dock,
        docked_at=step.received_at,
    )
    received = e.ParcelReceived(at=now, by=step.actor, parcel=parcel)
    again = (*late_goods.reopened(case, step.actor, now), *came_collect(case, parcel, step.actor, now))
    return (received, *again, *lapsed(case, step.tracking, now, "the parcel was received"))


def take_back(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """As if it had never come; goods that were inspected meanwhile need a person [O].

    A return that waited for nothing but the opening of this parcel has ended well.
    """
    step = cast("s.TakeParcelBack", step)
    found = next((each for each in case.from_dock if each.dock == step.dock and not each.back), None)
    if found is None or found.late:
        return ()
    if result_of(case, found):
        sentence = f"the parcel {step.dock} was another's, but its goods were dealt with here: settle it with both"
        return (TroubleArose(at=now, by=step.actor, code="goods_of_another", sentence=sentence),)
    taken = e.ParcelTakenBack(at=now, by=step.actor, dock=found.dock, tracking=found.tracking)
    return (taken, *ended_well(_taken_back(case, taken), step.actor, now))


def dock_report(case: Return) -> DockReport | None:
    """The first news that the dock does not have yet, if any."""
    waits = ((each, result_of(case, each)) for each in case.from_dock if not each.told and not each.back)
    return next((DockReport(each.dock, result) for each, result in waits if result), None)


def result_of(case: Return, parcel: FromDock) -> str:
    """What came of a parcel of the dock; empty while it waits for its inspection."""
    if parcel.late:
        return OVER
    if any(parcel.tracking in inspection.covers for inspection in case.inspections):
        return INSPECTED
    return (case.outcome or "") if case.closed_at is not None else ""


def before(case: Return, parcel: Parcel, now: datetime) -> Return:
    """The return as it was before a parcel of the dock came in is kept beside it."""
    if not parcel.dock:
        return case
    known = next((each for each in case.parcels if each.tracking == parcel.tracking), None)
    kept = FromDock(parcel.dock, parcel.tracking, now, case.clocks, case.goods, known, _ending(case))
    return replace(case, from_dock=(*case.from_dock, kept))


def _ending(case: Return) -> Ending | None:
    if case.closed_at is None:
        return None
    return Ending(case.closed_at, case.outcome or "", case.settled_as, case.verdict)


def _known(case: Return, event: e.DockParcelKnown) -> Return:
    """The same parcel at two doors: nothing changes but that the dock is answered."""
    known = next(each for each in case.parcels if each.tracking == event.tracking)
    kept = FromDock(event.dock, event.tracking, known.received_at or event.at, case.clocks, case.goods, known)
    return replace(case, from_dock=(*case.from_dock, kept))


def _late(case: Return, event: e.DockParcelLate) -> Return:
    """Noted, so that the dock is answered."""
    return replace(case, from_dock=(*case.from_dock, FromDock(event.dock, event.tracking, event.at, late=True)))


def _taken_back(case: Return, event: e.ParcelTakenBack) -> Return:
    """The return without that parcel, its clocks as if it had never come."""
    found = next(each for each in case.from_dock if each.dock == event.dock and not each.back)
    noted = tuple(replace(each, back=True) if each is found else each for each in case.from_dock)
    case = replace(case, from_dock=noted)
    if found.before is not None and found.before.received_at is not None:
        return case  # the warehouse had received it by itself: only the dock was mistaken
    parcels = tuple(_as_before(each, found) for each in case.parcels)
    kept = tuple(parcel for parcel in parcels if parcel is not None)
    came = sorted(each.received_at for each in kept if each.received_at is not None and each.received_at > found.at)
    bare = replace(case, parcels=kept, clocks=found.clocks, goods=Goods.RECEIVED if came else _goods(found, kept))
    if found.ending is not None and not came:
        return replace(bare, **vars(found.ending))  # it had ended without goods, and so it has again
    for instant in came:
        bare = replace(bare, clocks=_clocks_at(bare, instant))
    return bare


def _told(case: Return, event: e.DockTold) -> Return:
    """The dock knows."""
    noted = (replace(each, told=event.result) if each.dock == event.dock else each for each in case.from_dock)
    return replace(case, from_dock=tuple(noted))


def _as_before(parcel: Parcel, found: FromDock) -> Parcel | None:
    """What the customer and the courier said of the parcel stays, also what they said since."""
    if parcel.dock != found.dock:
        return parcel
    if found.before is None and parcel.reported_at is None and parcel.courier_at is None:
        return None
    fresh = Parcel(parcel.tracking)
    return replace(
        parcel,
        carrier=found.before.carrier if found.before is not None else parcel.carrier,
        received_at=fresh.received_at,
        received_by=fresh.received_by,
        card_found=fresh.card_found,
        freight_collect=fresh.freight_collect,
        note=fresh.note,
        dock=fresh.dock,
        docked_at=fresh.docked_at,
    )


def _goods(found: FromDock, kept: tuple[Parcel, ...]) -> Goods:
    """Where the goods were; a parcel that was reported since is on its way."""
    return Goods.IN_TRANSIT if kept and found.goods is Goods.AWAITING else found.goods


def _clocks_at(case: Return, instant: datetime) -> tuple[Clock, ...]:
    """The clocks once a parcel was received at that instant, with nothing received after it."""
    known = tuple(
        replace(p, received_at=None) if p.received_at is not None and p.received_at > instant else p
        for p in case.parcels
    )
    then = replace(case, parcels=known)
    parcel = next(p for p in known if p.received_at == instant)
    event = e.ParcelReceived(at=instant, by=DESK, parcel=parcel)
    then = with_clocks(then, at.wanted_clocks(then), rule_of, event)
    return with_pauses(then, at.pause_causes, instant).clocks


def _letters(case: Return, event: Event) -> tuple[Draft, ...]:
    """Whoever was told of an arrival that was none hears the truth, unless another parcel has come."""
    if not isinstance(event, e.ParcelTakenBack) or case.received or case.closed_at is not None:
        return ()
    due = case.due("return_tracking")
    return (("arrival_corrected", {"due": due.isoformat() if due is not None else ""}),)


DOCK: Chapter[Return] = Chapter(
    rules=(
        StepRule(s.TakeParcelFromDock, always, take_from_dock),
        StepRule(s.TakeParcelBack, always, take_back),
    ),
    changes={
        e.DockParcelKnown: _known,
        e.DockParcelLate: _late,
        e.ParcelTakenBack: _taken_back,
        e.DockTold: _told,
    },
    letters=_letters,
    # Even a return that is over hears the dock, which is never left without an answer.
    late_steps=lambda _case: frozenset({s.TakeParcelFromDock.slug(), s.TakeParcelBack.slug()}),
)

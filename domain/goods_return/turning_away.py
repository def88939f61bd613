"""A freight-collect parcel that the dock turned away, where that is the shop's policy [S].

The goods go back with the courier, the return's clocks go on, and nothing has arrived. The customer hears why, and to
send prepaid. Whether somebody had told them before is on record, as with a parcel that was taken in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.casework import Draft, StepRule
from domain.chapters import Chapter
from domain.goods_return import events as e
from domain.goods_return import late_goods
from domain.goods_return import refusals as no
from domain.goods_return import steps as s
from domain.goods_return.instructing import came_collect
from domain.goods_return.state import Goods, Parcel, Return, TurnedAway
from domain.people import Actor
from domain.policy import FreightCollect
from domain.steps import Step


def may_turn_away(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open where the shop's policy says so; else such a parcel is taken in and recorded as it is."""
    if case.pinned.policy.returns.freight_collect.value is not FreightCollect.TURN_AWAY:
        raise no.CollectTakenIn


def turn_away(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """It came freight-collect and was not taken in; each parcel once, however often the courier tries."""
    step = cast("s.TurnAwayParcel", step)
    tracking = step.tracking.strip().upper()
    if case.is_here(tracking):
        raise no.ParcelKnown(field="tracking")
    if any(each.tracking == tracking for each in case.turned_away):
        raise no.TurnedAwayAlready(field="tracking", tracking=tracking)
    away = TurnedAway(tracking, step.carrier, now, step.actor, step.note)
    seen = Parcel(tracking=tracking, carrier=step.carrier, freight_collect=True)
    return (e.ParcelTurnedAway(at=now, by=step.actor, away=away), *came_collect(case, seen, step.actor, now))


def _away(case: Return, event: e.ParcelTurnedAway) -> Return:
    """The goods are with the courier again; what is here of other parcels stays where it is."""
    under_way = case.goods in {Goods.AWAITING, Goods.IN_TRANSIT, Goods.AT_DOCK}
    goods = Goods.IN_TRANSIT if under_way else case.goods
    return replace(case, turned_away=(*case.turned_away, event.away), goods=goods)


def _letters(case: Return, event: Event) -> tuple[Draft, ...]:
    if not isinstance(event, e.ParcelTurnedAway):
        return ()
    due = case.due("return_tracking") or case.due("arrival")
    told = case.authorisation
    says = {
        "tracking": event.away.tracking,
        "addressee": told.addressee,
        "phone": told.phone,
        "address": told.address,
        "freight_rule": told.freight_rule,
        "freight_cap": str(told.freight_cap) if told.freight_cap is not None else "",
        "due": due.isoformat() if due is not None else "",
    }
    return (("parcel_turned_away", says),)


def _late_steps(case: Return) -> frozenset[str]:
    """Goods that come after the end, and freight-collect, are turned away like any others."""
    return frozenset({s.TurnAwayParcel.slug()}) if late_goods.takes_late(case) else frozenset()


CHAPTER: Chapter[Return] = Chapter(
    rules=(StepRule(s.TurnAwayParcel, may_turn_away, turn_away),),
    changes={e.ParcelTurnedAway: _away},
    letters=_letters,
    late_steps=_late_steps,
)

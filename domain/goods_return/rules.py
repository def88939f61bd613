"""Rules of a return's steps (domain.md, "Returns and exchanges" [S])."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from domain.casefile import Event, TroubleArose, TroubleSettled
from domain.goods_return import disposing, instructing, late_goods, lines
from domain.goods_return import events as e
from domain.goods_return import refusals as no
from domain.goods_return import situation as at
from domain.goods_return import steps as s
from domain.goods_return.state import KEPT, Inspection, LineFound, Parcel, Return
from domain.people import DESK, Actor, Role
from domain.steps import Step

TURNED = {s.CourierStatus.REFUSED, s.CourierStatus.RETURNED}
"""What the courier says of a parcel that the dock turned away: that is known."""
STUBBORN = {s.CourierStatus.STUCK, s.CourierStatus.REFUSED, s.CourierStatus.RETURNED, s.CourierStatus.LOST}


def receive(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """A parcel, announced or not."""
    step = cast("s.ReceiveParcel", step)
    tracking = step.tracking.strip().upper()
    if case.is_here(tracking):
        raise no.ParcelKnown(field="tracking")
    parcel = Parcel(
        tracking=tracking,
        carrier=step.carrier,
        received_at=now,
        received_by=step.actor.person,
        card_found=step.card_found,
        freight_collect=step.freight_collect,
        note=step.note,
    )
    received = e.ParcelReceived(at=now, by=step.actor, parcel=parcel)
    again = (*late_goods.reopened(case, step.actor, now), *instructing.came_collect(case, parcel, step.actor, now))
    return (received, *again, *lapsed(case, tracking, now, "the parcel was received"))


def may_inspect(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open once goods are here, until it is settled what becomes of them."""
    if not case.received:
        raise no.NothingReceived
    if case.settled_as:
        raise no.InspectionSettled(settled=case.settled_as)


def inspect(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """Against the registered faults; passed closes the return, failed leaves it to a person [S].

    What is missing may still be in a parcel on its way, or in one that is not opened: then nothing is decided yet.
    """
    step = cast("s.Inspect", step)
    inspection = Inspection(
        found=_found(case, step),
        covers=_covers(case, step.parcel.strip().upper()),
        photos=_photos(case, step),
        note=step.note,
        signed=step.signed,
        at=now,
        by=step.actor,
        others=step.others,
    )
    after = replace(case, inspections=(*case.inspections, inspection))
    ended, waits = ended_well(after, step.actor, now), lines.undecided(after)
    counted = sum(each.quantity for each in inspection.found)
    inspected = e.GoodsInspected(
        at=now, by=step.actor, inspection=inspection, quantity=counted, passed=bool(ended), waits=waits
    )
    return (inspected, *ended, *disposing.unannounced(case, after, now))


def ended_well(case: Return, by: Actor, now: datetime) -> tuple[Event, ...]:
    """The end of a return whose goods all passed, and where they go; nothing while anything is open, or again."""
    if not (lines.to_decide(case) and lines.passed(case)):
        return ()
    return (e.ReturnClosed(at=now, by=by, outcome="passed"), *disposing.at_once(case, "passed", now))


def _found(case: Return, step: s.Inspect) -> tuple[LineFound, ...]:
    """What was found of each line that is named, each once and of this return."""
    first = LineFound(
        line=step.line or case.lines[0].line,
        quantity=step.quantity,
        intact=step.intact,
        packaging_whole=step.packaging_whole,
        fault_found=step.fault_found,
        grade=step.grade,
        disposition=step.disposition,
    )
    found = (first, *step.further)
    for each in found:
        if case.find(each.line) is None:
            raise no.LineNotOfReturn(field="line", line=each.line, known=", ".join(str(x.line) for x in case.lines))
    if len({each.line for each in found}) < len(found):
        raise no.LineFoundTwice(field="further")
    return found


def _covers(case: Return, parcel: str) -> tuple[str, ...]:
    """The parcels that an inspection is about: the one named, or those that wait for it, or again the last ones.

    A parcel that was opened together with others is looked at again together with them.
    """
    waiting = lines.uninspected(case)
    if not parcel:
        return waiting or case.inspections[-1].covers
    if not case.is_here(parcel):
        raise no.ParcelNotHere(field="parcel", parcel=parcel)
    if parcel in waiting:
        return (parcel,)
    return next((each.covers for each in reversed(case.inspections) if parcel in each.covers), (parcel,))


def _photos(case: Return, step: s.Inspect) -> tuple[str, ...]:
    held = {photo.photo for photo in case.photos}
    for photo in step.photos:
        if photo not in held:
            raise no.PhotoUnknown(field="photos", photo=photo[:12])
    return step.photos


def may_send_back(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open once it was agreed."""
    if not at.to_send_back(case):
        raise no.NothingToSendBack


def send_back(_case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """The goods leave; the return is over."""
    step = cast("s.SendGoodsBack", step)
    return (
        e.GoodsSentBack(at=now, by=step.actor, carrier=step.carrier, tracking=step.tracking),
        e.ReturnClosed(at=now, by=step.actor, outcome="sent_back"),
    )


def may_extend(case: Return, _actor: Actor, _now: datetime) -> None:
    """Open while a tracking number or an arrival is awaited."""
    if all(case.running(name) is None for name in at.WAITS):
        raise no.NotWaiting


def extend(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """More time, counted from now."""
    step = cast("s.ExtendWait", step)
    clock = next(name for name in at.WAITS if case.running(name) is not None)
    until = now + timedelta(days=step.days)
    return (e.WaitExtended(at=now, by=step.actor, clock=clock, until=until, reason=step.reason),)


def may_give_up(case: Return, actor: Actor, now: datetime) -> None:
    """Open after the deadline: nobody cuts the customer's time short."""
    may_extend(case, actor, now)
    clock = next(c for name in at.WAITS if (c := case.running(name)) is not None)
    if clock.breached_at is None and now < clock.due_at:
        raise no.DeadlineNotReached(due=clock.due_at.isoformat())


def give_up(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """Not sent, or lost on the way; the complaint goes back to the agent."""
    step = cast("s.GiveUpReturn", step)
    if case.received:
        return (e.RestGivenUp(at=now, by=step.actor, reason=step.reason),)  # what did come was inspected, and counts
    result = "lost" if case.on_the_way and not at.waits_for_prepaid(case) else "not_sent"
    return (
        e.ReturnGivenUp(at=now, by=step.actor, result=result, reason=step.reason),
        e.ReturnClosed(at=now, by=step.actor, outcome=result),
    )


def courier_news(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """Where a parcel is; a stubborn one goes to the logistics desk, once however often the courier says so [S]."""
    step = cast("s.TakeCourierNews", step)
    saw = e.CourierSaw(at=now, by=step.actor, tracking=step.tracking, status=step.status.value, seen_at=step.seen_at)
    if _overtaken(case, step):
        return (saw,)
    sentence = _trouble_with(step.tracking, step.status)
    moved_on = lapsed(case, step.tracking, now, "the parcel moved on", but=sentence)
    known = any(trouble.settled_at is None and trouble.sentence == sentence for trouble in case.troubles)
    if step.status in TURNED and case.was_turned_away(step.tracking):
        return (saw, *moved_on)
    if known or step.status not in STUBBORN:
        return (saw, *moved_on)
    code = f"parcel_{step.status.value}"
    return (saw, *moved_on, TroubleArose(at=now, by=step.actor, code=code, sentence=sentence, desk=Role.LOGISTICS))


def _overtaken(case: Return, news: s.TakeCourierNews) -> bool:
    """Whether the parcel is here already, or the courier said something newer of it before."""
    known = next((parcel for parcel in case.parcels if parcel.tracking == news.tracking), None)
    if known is None:
        return False
    return known.received_at is not None or (known.courier_at is not None and known.courier_at >= news.seen_at)


def _trouble_with(tracking: str, status: s.CourierStatus) -> str:
    """The sentence of a trouble, which also tells it from the troubles with other parcels."""
    return f"parcel {tracking} is {status.value}: follow it with the courier"


def lapsed(case: Return, tracking: str, now: datetime, how: str, but: str = "") -> tuple[Event, ...]:
    """The open troubles with this parcel settle themselves, except the one with the sentence `but`."""
    over = {_trouble_with(tracking, status) for status in STUBBORN} - {but}
    return tuple(
        TroubleSettled(at=now, by=DESK, number=trouble.number, how=how)
        for trouble in case.troubles
        if trouble.settled_at is None and trouble.sentence in over
    )


def word_from_complaint(case: Return, step: Step, now: datetime) -> tuple[Event, ...]:
    """Reported parcels, and the settlement of a failed inspection.

    Nothing is kept while a parcel is here unopened: the complaint did not know of it, hears of it, and decides again.
    """
    step = cast("s.TakeWordFromComplaint", step)
    known = {parcel.tracking for parcel in case.parcels if parcel.reported_at is not None}
    events: list[Event] = [
        e.ParcelReported(at=now, by=step.actor, shipment=shipment)
        for shipment in step.shipments
        if shipment.tracking not in known
    ]
    known_lines = {each.line for each in case.lines}
    added = tuple(each for each in step.lines if each.line not in known_lines)
    if added:
        events.append(e.LinesAdded(at=now, by=step.actor, lines=added))
    unknown = step.settle_as in KEPT and lines.unopened_beside(case)
    if step.settle_as and not case.settled_as and not unknown:
        events.append(e.ReturnSettled(at=now, by=step.actor, settle_as=step.settle_as))
        outcome = _outcome(case, step.settle_as)
        if outcome:
            events.append(e.ReturnClosed(at=now, by=step.actor, outcome=outcome))
        events.extend(disposing.at_once(case, outcome or step.settle_as, now))
    return tuple(events)


def _outcome(case: Return, settle_as: str) -> str:
    """The outcome that a settlement brings at once; none while goods have to be sent back first."""
    if settle_as in KEPT:
        return settle_as
    if settle_as == "call_off" and not case.on_the_way:
        return "called_off"
    return ""

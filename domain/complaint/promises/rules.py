"""Rules of promises and contacts (domain.md, "Intake", spine 8 and 9; "Shifts and handover")."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import cast

from domain.calendar import as_utc
from domain.casefile import Event
from domain.complaint.promises import events as e
from domain.complaint.promises import questions as ask
from domain.complaint.promises import refusals as no
from domain.complaint.promises import steps as s
from domain.complaint.promises.state import Contact, Promise
from domain.complaint.state import Complaint
from domain.instants import minute
from domain.people import DESK, Actor, Role
from domain.steps import Step

MOST_PROMISES = 100
MOST_CONTACTS = 100


def passed(case: Complaint, now: datetime) -> tuple[Event, ...]:
    """The promises whose time has passed, in the order of their times; each is broken once."""
    late = sorted((each for each in ask.running(case) if each.until <= now), key=lambda each: each.until)
    return tuple(e.PromiseBroken(at=now, by=DESK, number=each.number, due=each.until) for each in late)


def may_promise(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open at any time, until the case is full."""
    if len(case.promises) >= MOST_PROMISES:
        raise no.TooManyPromises(most=MOST_PROMISES)


def make(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What, who, until when [D]."""
    step = cast("s.MakePromise", step)
    until = _until(step, now, now, _ahead(case, planned=False))
    promise = Promise(len(case.promises) + 1, step.words, step.actor, until, now)
    return (e.PromiseMade(at=now, by=step.actor, promise=promise),)


def may_keep(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a promise runs, or was broken and is not dealt with."""
    if not ask.running(case) and not ask.broken(case):
        raise no.PromiseUnknown(number="—")


def keep(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Kept, in time or late [D]."""
    step = cast("s.KeepPromise", step)
    promise = _known(case, step.number)
    if not (promise.running or promise.to_deal_with):
        raise no.PromiseOver(field="number", number=step.number)
    return (e.PromiseKept(at=now, by=step.actor, number=step.number, note=step.note),)


def may_renew(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a promise runs."""
    if not ask.running(case):
        raise no.PromiseUnknown(number="—")


def renew(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Another time, later than the one before; the message goes out with it [D][T][F]."""
    step = cast("s.RenewPromise", step)
    promise = _known(case, step.number)
    if promise.to_deal_with:
        raise no.PromiseIsBroken(field="number", number=step.number, due=minute(promise.until))
    if not promise.running:
        raise no.PromiseOver(field="number", number=step.number)
    until = _until(step, now, promise.until, _ahead(case, planned=promise.planned))
    moved = e.PromiseRenewed(
        at=now, by=step.actor, number=step.number, due=promise.until, until=until, words=step.message
    )
    return (moved,)


def may_settle(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while a broken promise waits."""
    if not ask.broken(case):
        raise no.PromiseUnknown(number="—")


def settle(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Dealt with; it stays broken [O]."""
    step = cast("s.SettlePromise", step)
    promise = _known(case, step.number)
    if promise.running:
        raise no.PromiseNotBroken(field="number", number=step.number)
    if not promise.to_deal_with:
        raise no.PromiseOver(field="number", number=step.number)
    return (e.PromiseSettled(at=now, by=step.actor, number=step.number, how=step.how),)


def set_timetable(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Each line is a promise, in the order of their times [F]."""
    step = cast("s.SetTimetable", step)
    if len(case.promises) + len(step.lines) > MOST_PROMISES:
        raise no.TooManyPromises(most=MOST_PROMISES)
    latest = now + _ahead(case, planned=True)
    lines = tuple(_in_reach("lines", as_utc(line.until), now, latest) for line in step.lines)
    for place, (earlier, later) in enumerate(pairwise(lines), start=2):
        if later < earlier:
            raise no.TimetableUnordered(field="lines", line=place)
    first = len(case.promises) + 1
    promised = tuple(
        Promise(number, line.what, step.actor, until, now, planned=True)
        for number, (line, until) in enumerate(zip(step.lines, lines, strict=True), start=first)
    )
    return (e.TimetableSet(at=now, by=step.actor, lines=promised),)


def may_contact(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open at any time, until the case is full."""
    if len(case.contacts) >= MOST_CONTACTS:
        raise no.TooManyContacts(most=MOST_CONTACTS)


def record_contact(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """By which way the customer asked, and what [O]."""
    step = cast("s.RecordContact", step)
    contact = Contact(
        number=len(case.contacts) + 1,
        channel=step.channel.value,
        at=now,
        by=step.actor,
        words=step.words,
        answered_at=now if step.answered else None,
    )
    return (e.ContactRecorded(at=now, by=step.actor, contact=contact),)


def ask_how_it_stands(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer asked by the case's own link [O]."""
    step = cast("s.AskHowItStands", step)
    number = len(case.contacts) + 1
    contact = Contact(number, "link", now, step.actor, words=step.words)
    return (e.ContactRecorded(at=now, by=step.actor, contact=contact),)


def desk_of(promise: Promise) -> Role:
    """Whose task it is: the desk of the person who promised."""
    return promise.who.role if promise.who.role in {Role.SUPERVISOR, Role.CALL_BACK} else Role.AGENT


def _known(case: Complaint, number: int) -> Promise:
    promise = ask.promise(case, number)
    if promise is None:
        raise no.PromiseUnknown(field="number", number=number)
    return promise


def _ahead(case: Complaint, *, planned: bool) -> timedelta:
    policy = case.pinned.policy
    return timedelta(days=(policy.timetable_days_ahead if planned else policy.promise_days_ahead).value)


def _until(step: s.MakePromise | s.RenewPromise, now: datetime, after: datetime, ahead: timedelta) -> datetime:
    if step.minutes is not None and step.until is None:
        return _in_reach("minutes", now + timedelta(minutes=step.minutes), after, now + ahead)
    if step.until is not None and step.minutes is None:
        return _in_reach("until", as_utc(step.until), after, now + ahead)
    raise no.PromiseTimeUnclear(field="until")


def _in_reach(field: str, at: datetime, after: datetime, latest: datetime) -> datetime:
    if after < at <= latest:
        return at
    given, after_text, latest_text = map(minute, (at, after, latest))
    raise no.PromiseTimeUnfit(field=field, given=given, after=after_text, latest=latest_text)

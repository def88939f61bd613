"""Promises, contacts and progress, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.casefile import Event
from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint import events as spine
from domain.complaint.promises import events as e
from domain.complaint.promises import progress, rules
from domain.complaint.promises import questions as ask
from domain.complaint.promises import steps as s
from domain.complaint.promises.letters import letters_for
from domain.complaint.promises.state import Promise
from domain.complaint.state import Complaint
from domain.people import Role
from domain.plain import plain
from domain.sealed import Sealed
from domain.view import Task


def _changed(case: Complaint, number: int, **changes: Any) -> Complaint:
    kept = case.promises
    changed = replace(kept[number - 1], **changes)
    return replace(case, promises=(*kept[: number - 1], changed, *kept[number:]))


def _made(case: Complaint, event: e.PromiseMade) -> Complaint:
    return replace(case, promises=(*case.promises, event.promise))


def _kept(case: Complaint, event: e.PromiseKept) -> Complaint:
    return _changed(case, event.number, kept_at=event.at)


def _renewed(case: Complaint, event: e.PromiseRenewed) -> Complaint:
    before = case.promises[event.number - 1]
    first = before.first_until or before.until
    return _changed(case, event.number, until=event.until, first_until=first, renewals=before.renewals + 1)


def _broken(case: Complaint, event: e.PromiseBroken) -> Complaint:
    return _changed(case, event.number, broken_at=event.at)


def _settled(case: Complaint, event: e.PromiseSettled) -> Complaint:
    return _changed(case, event.number, dealt_at=event.at)


def _planned(case: Complaint, event: e.TimetableSet) -> Complaint:
    case = _released(case, event.at, lambda promise: promise.planned)
    return replace(case, promises=(*case.promises, *event.lines))


def _reopened(case: Complaint, event: spine.Reopened) -> Complaint:
    """What was promised before the case was closed ended with the closing."""
    return _released(case, event.at, lambda _promise: True)


def _released(case: Complaint, at: datetime, which: Callable[[Promise], bool]) -> Complaint:
    promises = tuple(replace(each, released_at=at) if each.running and which(each) else each for each in case.promises)
    return replace(case, promises=promises)


def _contact(case: Complaint, event: e.ContactRecorded) -> Complaint:
    """Who asks has spoken: earlier calls in vain count no more."""
    return replace(case, contacts=(*case.contacts, event.contact), calls_answered=len(case.calls))


def _clocks(case: Complaint) -> Iterator[str]:
    yield from (f"broken_promise#{each.number}" for each in ask.broken(case))
    if ask.unanswered(case) is not None:
        yield "contact_answer"


def _instants(case: Complaint) -> Iterator[tuple[datetime, str]]:
    yield from ((each.until, f"promise {each.number}") for each in ask.running(case))
    told = progress.due(case)
    if told is not None:
        yield told, "progress"


def _passed(case: Complaint, now: datetime) -> tuple[Event, ...]:
    broken = rules.passed(case, now)  # the customer hears of each of these: that is progress enough
    return broken or progress.passed(case, now)


def _tasks(case: Complaint) -> Iterator[Task]:
    for each in ask.broken(case):
        due = case.due(f"broken_promise#{each.number}")
        key, reason = f"broken-promise-{each.number}", f"a promise was broken: {each.words}"
        yield Task(key, Role.SUPERVISOR, "settle_promise", due, reason)
    if ask.unanswered(case) is not None:
        reason = f"the customer asked how it stands, contact {len(case.contacts)}"
        yield Task("contact", Role.AGENT, "give_feedback", case.due("contact_answer"), reason)
    for each in ask.running(case):
        reason = f"promised: {each.words}"
        yield Task(f"promise-{each.number}", rules.desk_of(each), "keep_promise", each.until, reason)


ALWAYS_SHOWN = frozenset({"number", "words", "who", "until", "made_at", "kept_at", "broken_at"})


def _shown(case: Complaint) -> dict[str, object]:
    shown: dict[str, object] = {}
    if case.promises:
        told = (plain(each) for each in case.promises)
        shown["promises"] = [
            {name: value for name, value in each.items() if value or name in ALWAYS_SHOWN} for each in told
        ]
    if case.contacts:
        shown["chased"] = len(case.contacts)
        shown["contacts"] = [
            {
                "number": each.number,
                "channel": each.channel,
                "at": plain(each.at),
                "by": each.by.person,
                "answered_at": plain(each.answered_at),
            }
            for each in case.contacts
        ]
    return shown


def _sealed(case: Complaint) -> dict[str, Sealed]:
    return {f"contact_{each.number}": each.words for each in case.contacts if each.words is not None}


def _next_promise(case: Complaint) -> datetime | None:
    return min((each.until for each in ask.running(case)), default=None)


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.MakePromise, rules.may_promise, rules.make),
    StepRule(s.KeepPromise, rules.may_keep, rules.keep, _next_promise),
    StepRule(s.RenewPromise, rules.may_renew, rules.renew, _next_promise),
    StepRule(s.SettlePromise, rules.may_settle, rules.settle),
    StepRule(s.SetTimetable, rules.may_promise, rules.set_timetable),
    StepRule(s.RecordContact, rules.may_contact, rules.record_contact),
    StepRule(s.AskHowItStands, rules.may_contact, rules.ask_how_it_stands),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.PromiseMade: _made,
        e.PromiseKept: _kept,
        e.PromiseRenewed: _renewed,
        e.PromiseBroken: _broken,
        e.PromiseSettled: _settled,
        e.TimetableSet: _planned,
        e.ContactRecorded: _contact,
        spine.Reopened: _reopened,
    },
    clocks=_clocks,
    instants=_instants,
    passed=_passed,
    tasks=_tasks,
    letters=letters_for,
    shown=_shown,
    sealed=_sealed,
    told_to_customers=frozenset({"promises"}),
)

"""Watching parcels, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.casefile import Event
from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.state import Complaint
from domain.complaint.watching import events as e
from domain.complaint.watching import news, rules
from domain.complaint.watching import questions as ask
from domain.complaint.watching import steps as s
from domain.complaint.watching.letters import letters_for
from domain.complaint.watching.plan import next_check
from domain.complaint.watching.state import EarlierNumber, ParcelCheck, ParcelState, PlannedCheck, WatchedParcel, Why
from domain.goods_return.steps import TakeCourierNews
from domain.people import Role
from domain.plain import plain
from domain.sealed import Sealed
from domain.view import Task


def _follows(case: Complaint, event: Event) -> Complaint:
    """Watch what the situation says is waited for, once: a watch that was given up is not begun again by itself."""
    for tracking, carrier, why in ask.to_watch(case):
        if not ask.under(case, tracking) and len(case.parcels) < rules.MOST_PARCELS:
            case = _add(case, tracking, carrier, why, event.at)
    return case


def _add(case: Complaint, tracking: str, carrier: str, why: Why, since: datetime) -> Complaint:
    return replace(case, parcels=(*case.parcels, WatchedParcel(len(case.parcels) + 1, tracking, carrier, why, since)))


def _watched(case: Complaint, event: e.ParcelWatched) -> Complaint:
    return _add(case, event.tracking, event.carrier, event.awaited_as, event.at)


def _checked(case: Complaint, event: e.ParcelChecked) -> Complaint:
    parcel = case.parcels[event.number - 1]
    turns = event.made.result is ParcelState.REFUSED and not parcel.to_us
    return _changed(
        case,
        event.number,
        checks=(*parcel.checks, event.made),
        why=Why.REFUSED_PARCEL if turns else parcel.why,
        ended_at=event.at if rules.ends(event.made) else None,
    )


def _seen_again(case: Complaint, event: e.ParcelSeenAgain) -> Complaint:
    return _changed(case, event.number, seen_again=event.seen)


def _chased(case: Complaint, event: e.CourierChased) -> Complaint:
    return _changed(case, event.number, chases=(*case.parcels[event.number - 1].chases, event.chase))


def _re_registered(case: Complaint, event: e.ParcelReRegistered) -> Complaint:
    parcel = case.parcels[event.number - 1]
    left = EarlierNumber(parcel.tracking, parcel.carrier, event.at, event.reason, event.by)
    return _changed(
        case, event.number, tracking=event.new_tracking, carrier=event.carrier, earlier=(*parcel.earlier, left)
    )


def _given_up(case: Complaint, event: e.WatchGivenUp) -> Complaint:
    return _changed(case, event.number, ended_at=event.at)


def _confirmed(case: Complaint, event: e.ArrivalConfirmed) -> Complaint:
    return _changed(case, event.number, arrival=event.arrival)


def _seen(case: Complaint, event: e.ExceptionSeen) -> Complaint:
    arrival = case.parcels[event.number - 1].arrival
    if arrival is None:
        raise TypeError("an exception is seen of an arrival that was confirmed")
    return _changed(case, event.number, arrival=replace(arrival, seen_by=(*arrival.seen_by, event.desk)))


def _changed(case: Complaint, number: int, **changes: Any) -> Complaint:
    kept = case.parcels
    return replace(case, parcels=(*kept[: number - 1], replace(kept[number - 1], **changes), *kept[number:]))


def _clocks(case: Complaint) -> Iterator[str]:
    yield from (f"arrival_call#{parcel.number}" for parcel in case.parcels if parcel.call_owed)


def _tasks(case: Complaint) -> Iterator[Task]:
    for parcel in ask.watched(case):
        due = next_check(case, ask.last_looked(parcel))
        reason = f"check the parcel {parcel.tracking} ({parcel.carrier}): {parcel.why}"
        yield Task(f"check-{parcel.tracking}", Role.LOGISTICS, "record_parcel_check", due, reason)
        if ask.stands_still(parcel):
            reason = f"the parcel {parcel.tracking} does not move: ask the courier"
            yield Task(f"chase-{parcel.tracking}", Role.LOGISTICS, "chase_courier", None, reason)
    if ask.number_missing(case):
        reason = "a second parcel is under way: name its number, so that it is watched"
        yield Task("second_parcel", Role.AGENT, "watch_parcel", None, reason)
    for parcel in case.parcels:
        if parcel.call_owed:
            due = case.due(f"arrival_call#{parcel.number}")
            reason = f"the parcel {parcel.tracking} has arrived: call the customer for the four facts"
            yield Task(f"arrival-{parcel.tracking}", Role.AGENT, "confirm_arrival", due, reason)
        yield from _exceptions(parcel)


def _exceptions(parcel: WatchedParcel) -> Iterator[Task]:
    arrival = parcel.arrival
    for desk in ask.unseen(parcel):
        what = ", ".join(arrival.exceptions) if arrival is not None else ""
        reason = f"the parcel {parcel.tracking} at the customer's door: {what}"
        yield Task(f"exception-{parcel.tracking}-{desk.value}", desk, "acknowledge_exception", None, reason)


def _shown(case: Complaint) -> dict[str, object]:
    return {"parcels": [_parcel(case, parcel) for parcel in case.parcels]} if case.parcels else {}


def _parcel(case: Complaint, parcel: WatchedParcel) -> dict[str, object]:
    arrival = None
    if parcel.arrival is not None:
        arrival = {name: value for name, value in plain(parcel.arrival).items() if value not in (None, "", [])}
    watched = parcel.watched and case.closed_at is None
    shown: dict[str, object] = {
        "number": parcel.number,
        "tracking": parcel.tracking,
        "carrier": parcel.carrier,
        "why": parcel.why.value,
        "since": plain(parcel.since),
        "next_check_at": plain(next_check(case, ask.last_looked(parcel))) if watched else None,
        "checks": [_check(check) for check in parcel.checks],
        "chases": [{"at": plain(each.at), "by": each.by.person, "answer": each.answer} for each in parcel.chases],
        "stubborn": parcel.stubborn,
        "earlier": [
            {"tracking": each.tracking, "carrier": each.carrier, "until": plain(each.until), "reason": each.reason}
            for each in parcel.earlier
        ],
        "arrival": arrival,
        "ended_at": plain(parcel.ended_at),
    }
    return {name: value for name, value in shown.items() if value}


def _check(check: ParcelCheck) -> dict[str, object]:
    shown: dict[str, object] = {
        "at": plain(check.at),
        "by": check.by.person,
        "result": check.result.value,
        "note": check.note,
        "answers": _planned(check.answers) if check.answers is not None else None,
        "seen_at": plain(check.seen_at),
        "missed": check.missed,
        "missed_checks": [_planned(each) for each in check.missed_checks],
    }
    return {name: value for name, value in shown.items() if value}


def _planned(planned: PlannedCheck) -> dict[str, object]:
    """A closed desk has nobody on duty: then there is nothing to say."""
    at: dict[str, object] = {"at": plain(planned.at)}
    return at | {"on_duty": list(planned.on_duty)} if planned.on_duty else at


def _sealed(case: Complaint) -> dict[str, Sealed]:
    arrivals = ((each.number, each.arrival) for each in case.parcels if each.arrival is not None)
    return {f"signed_by_{number}": each.signed_by for number, each in arrivals if each.signed_by is not None}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.WatchParcel, rules.may_watch, rules.watch),
    StepRule(s.RecordParcelCheck, rules.may_check, rules.check),
    StepRule(s.ChaseCourier, rules.may_chase, rules.chase),
    StepRule(s.ReRegisterParcel, rules.may_check, rules.re_register),
    StepRule(s.GiveUpWatch, rules.may_check, rules.give_up),
    StepRule(s.ConfirmArrival, rules.may_confirm, rules.confirm),
    StepRule(s.AcknowledgeException, rules.may_acknowledge, rules.acknowledge),
    StepRule(TakeCourierNews, always, news.take),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.ParcelWatched: _watched,
        e.ParcelChecked: _checked,
        e.ParcelSeenAgain: _seen_again,
        e.CourierChased: _chased,
        e.ParcelReRegistered: _re_registered,
        e.WatchGivenUp: _given_up,
        e.ArrivalConfirmed: _confirmed,
        e.ExceptionSeen: _seen,
    },
    follows=_follows,
    clocks=_clocks,
    tasks=_tasks,
    letters=letters_for,
    shown=_shown,
    sealed=_sealed,
)

"""Rules of the desk that asks: ask, send back, withdraw, remind, say what is needed; and the supervisor's naming."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint.priority.rules import from_analysis
from domain.complaint.requests import events as e
from domain.complaint.requests import questions as asked
from domain.complaint.requests import refusals as no
from domain.complaint.requests import steps as s
from domain.complaint.requests.finding import check_desk, request_of, waiting_request
from domain.complaint.requests.state import Analysis, Naming, Request, RequestKind, RequestState
from domain.complaint.state import Complaint
from domain.people import Actor
from domain.steps import Step

MOST_ROUNDS = 40


def may_ask(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open until the case has asked as often as it may: rounds count, so that a history stays readable."""
    rounds = len(case.requests) + sum(1 for request in case.requests for each in request.answers if each.sent_back)
    if rounds >= MOST_ROUNDS:
        raise no.TooManyRounds(most=MOST_ROUNDS)


def ask_desk(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """In writing, with the initial analysis, to one desk [F][S]."""
    step = cast("s.AskDesk", step)
    check_desk(step.desk, step.unit, step.kind)
    request = Request(
        number=len(case.requests) + 1,
        desk=step.desk,
        unit=step.unit,
        request_kind=step.kind,
        asked=step.asked,
        analysis=Analysis(step.facts, step.loss, step.extent, step.urgency, step.mendable, step.suspected_cause),
        needed=step.needed,
        asked_by=step.actor,
        asked_at=now,
        since=now,
        tracking=_tracking(case, step),
    )
    for known in asked.waiting(case):
        if _alike(known, request):
            raise no.AlreadyAsked(field="desk", number=known.number)
    asked_now = e.DeskAsked(at=now, by=step.actor, request=request)
    return (asked_now, *from_analysis(case, request.analysis, step.actor, now))


def _tracking(case: Complaint, step: s.AskDesk) -> str:
    told = step.tracking
    if step.kind is RequestKind.TRACE and told is None and case.facts is not None:
        told = case.facts.tracking
    if step.kind is RequestKind.TRACE and told is None:
        raise no.TrackingNeeded(field="tracking")
    return (told or "").strip().upper()


def _alike(known: Request, request: Request) -> bool:
    """Two further matters may be asked of one desk at once; an analysis or the trace of a parcel is one."""
    same_desk = (known.desk, known.unit, known.request_kind) == (request.desk, request.unit, request.request_kind)
    return same_desk and request.request_kind is not RequestKind.OTHER and known.tracking == request.tracking


def may_send_back(case: Complaint, actor: Actor, now: datetime) -> None:
    """Open once anything was answered."""
    if not any(request.state is RequestState.ANSWERED for request in case.requests):
        raise no.NothingAnswered(number="—")
    may_ask(case, actor, now)


def send_back(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Another round, with a deadline of its own; the first findings stay [D][S]."""
    step = cast("s.SendBackRequest", step)
    if request_of(case, step.number).state is not RequestState.ANSWERED:
        raise no.NothingAnswered(field="number", number=step.number)
    return (e.RequestSentBack(at=now, by=step.actor, number=step.number, reason=step.reason),)


def name_desk(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """One desk, by the supervisor's word [D][E]; the deadline stays what it was."""
    step = cast("s.NameDesk", step)
    check_desk(step.desk, step.unit, waiting_request(case, step.number).request_kind)
    naming = Naming(step.desk, step.unit, step.reason, now, step.actor)
    return (e.DeskNamed(at=now, by=step.actor, number=step.number, naming=naming),)


def withdraw(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """No answer is wanted any more."""
    step = cast("s.WithdrawRequest", step)
    waiting_request(case, step.number)
    return (e.RequestWithdrawn(at=now, by=step.actor, number=step.number, reason=step.reason),)


def mark(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Whether the case waits for it [O]."""
    step = cast("s.MarkRequest", step)
    if waiting_request(case, step.number).needed is step.needed:
        raise no.NeedStands(field="needed", number=step.number)
    return (e.NeedMarked(at=now, by=step.actor, number=step.number, needed=step.needed, reason=step.reason),)


def remind(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Asked once more, by a person [D][S]."""
    step = cast("s.RemindDesk", step)
    waiting_request(case, step.number)
    return (e.DeskReminded(at=now, by=step.actor, number=step.number),)

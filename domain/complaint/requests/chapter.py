"""Requests to other desks, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from domain.casefile import ClockReminded, Event
from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.events import Reopened
from domain.complaint.problems import Urgency
from domain.complaint.requests import events as e
from domain.complaint.requests import questions as asked
from domain.complaint.requests import rules_answering as answering
from domain.complaint.requests import rules_asking as asking
from domain.complaint.requests import steps as s
from domain.complaint.requests.finding import may_at_desk, may_of_waiting
from domain.complaint.requests.letters import letters_for
from domain.complaint.requests.state import Request, RequestState
from domain.complaint.state import Complaint
from domain.people import DESK, Role
from domain.plain import plain
from domain.view import Task


def _changed(case: Complaint, number: int, **changes: Any) -> Complaint:
    requests = tuple(replace(each, **changes) if each.number == number else each for each in case.requests)
    return replace(case, requests=requests)


def _hands(case: Complaint, event: Event, number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*case.requests[number - 1].hands, event.by.person)))


def _asked(case: Complaint, event: e.DeskAsked) -> Complaint:
    return replace(case, requests=(*case.requests, event.request))


def _received(case: Complaint, event: e.RequestReceived) -> Complaint:
    hands = _hands(case, event, event.number)
    return _changed(case, event.number, state=RequestState.RECEIVED, held_by=event.by, hands=hands)


def _answered(case: Complaint, event: e.RequestAnswered) -> Complaint:
    answers = (*case.requests[event.number - 1].answers, event.answer)
    hands = _hands(case, event, event.number)
    return _changed(case, event.number, state=RequestState.ANSWERED, answers=answers, hands=hands)


def _sent_back(case: Complaint, event: e.RequestSentBack) -> Complaint:
    *earlier, last = case.requests[event.number - 1].answers
    answers = (*earlier, replace(last, sent_back=event.reason))
    return _anew(case, event.number, answers=answers, since=event.at)


def _anew(case: Complaint, number: int, **changes: Any) -> Complaint:
    """The request on a list again, received by nobody."""
    return _changed(case, number, **{"state": RequestState.OPEN, "held_by": None, **changes})


def _passed_on(case: Complaint, event: e.RequestPassedOn) -> Complaint:
    passing, passings = event.passing, (*case.requests[event.number - 1].passings, event.passing)
    bounced = len(passings) >= case.pinned.policy.bounces_before_naming.value
    state = RequestState.BOUNCED if bounced else RequestState.OPEN
    to = {"desk": passing.to_desk, "unit": passing.to_unit}
    hands = _hands(case, event, event.number)
    return _anew(case, event.number, state=state, passings=passings, hands=hands, **to)


def _named(case: Complaint, event: e.DeskNamed) -> Complaint:
    naming = event.naming
    return _anew(case, event.number, desk=naming.named_desk, unit=naming.named_unit, naming=naming)


def _withdrawn(case: Complaint, event: e.RequestWithdrawn) -> Complaint:
    return _changed(case, event.number, state=RequestState.WITHDRAWN, withdrawn_because=event.reason)


def _marked(case: Complaint, event: e.NeedMarked) -> Complaint:
    return _changed(case, event.number, needed=event.needed)


def _asked_again(case: Complaint, number: int) -> Complaint:
    return _changed(case, number, reminders=case.requests[number - 1].reminders + 1)


def _reminded_by_clock(case: Complaint, event: ClockReminded) -> Complaint:
    late = next((request for request in asked.waiting(case) if asked.clock_of(request) == event.clock), None)
    return case if late is None else _asked_again(case, late.number)


def _turned_up(case: Complaint, event: e.ParcelTurnedUp) -> Complaint:
    return _changed(case, event.number, turned_up=event.note)


def _filed(case: Complaint, _event: e.LateNewsEnded) -> Complaint:
    for request in asked.waiting(case):
        case = _changed(case, request.number, state=RequestState.UNANSWERED)
    return replace(case, late_news_over=True)


def _ends(case: Complaint) -> tuple[tuple[datetime, str], ...]:
    until = asked.late_news_until(case)
    return () if until is None else ((until, "late news end"),)


def _passed(case: Complaint, now: datetime) -> tuple[Event, ...]:
    return tuple(e.LateNewsEnded(at=now, by=DESK) for until, _ in _ends(case) if until <= now)


def _tasks(case: Complaint) -> Iterator[Task]:
    for request in asked.waiting(case):
        yield _task(case, request)
    if asked.to_ask(case):
        unit = asked.unit_to_ask(case)
        yield Task("ask", Role.AGENT, "ask_desk", case.due("judgement"), f"the unit {unit} answers before judging")
    if asked.to_trace(case):
        yield Task("trace", Role.AGENT, "ask_desk", None, "the parcel is to be traced by the logistics desk")
    if asked.to_guide(case):
        yield Task("guide", Role.AGENT, "explain", None, "guide the customer in using the goods; no words of blame")


def _task(case: Complaint, request: Request) -> Task:
    key, due = f"request-{request.number}", case.due(asked.clock_of(request))
    if request.state is RequestState.BOUNCED:
        reason = f"passed on {len(request.passings)} times: name who answers"
        return Task(key, Role.SUPERVISOR, "name_desk", due, reason)
    step = "receive_request" if request.held_by is None else "answer_request"
    urgent = "" if request.analysis.urgency is Urgency.ORDINARY else f"{request.analysis.urgency.value}: "
    again = f", asked again: {request.reminders}" if request.reminders else ""
    who = request.asked_by.name or request.asked_by.person
    return Task(key, request.desk.role, step, due, f"{urgent}{request.request_kind.value} asked by {who}{again}")


def _late_steps(case: Complaint) -> frozenset[str]:
    """What another desk found, and where a parcel turned up, is known, closed or not."""
    found = any(asked.may_turn_up(request) for request in case.requests)
    late = {s.AnswerRequest: bool(asked.waiting(case)), s.ReportTurnedUp: found}
    return frozenset(step.slug() for step, comes in late.items() if comes)


def _lean(value: Any) -> Any:
    """Plain JSON without what is empty: a view travels with every answer."""
    if isinstance(value, dict):
        told = {name: _lean(each) for name, each in cast("dict[str, Any]", value).items()}
        return {name: each for name, each in told.items() if each not in (None, "", [])}
    return [_lean(each) for each in cast("list[Any]", value)] if isinstance(value, list) else value


def _shown(case: Complaint) -> dict[str, object]:
    return {"requests": _lean(plain(case.requests))} if case.requests else {}


def _earliest(case: Complaint) -> datetime | None:
    return min((due for each in asked.waiting(case) if (due := case.due(asked.clock_of(each)))), default=None)


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.AskDesk, asking.may_ask, asking.ask_desk),
    StepRule(s.ReceiveRequest, may_at_desk, answering.receive, _earliest),
    StepRule(s.AnswerRequest, may_at_desk, answering.answer, _earliest),
    StepRule(s.PassOnRequest, may_at_desk, answering.pass_on, _earliest),
    StepRule(s.SendBackRequest, asking.may_send_back, asking.send_back),
    StepRule(s.NameDesk, may_of_waiting, asking.name_desk, _earliest),
    StepRule(s.WithdrawRequest, may_of_waiting, asking.withdraw),
    StepRule(s.MarkRequest, may_of_waiting, asking.mark),
    StepRule(s.RemindDesk, may_of_waiting, asking.remind),
    StepRule(s.ReportTurnedUp, answering.may_report_turned_up, answering.report_turned_up),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.DeskAsked: _asked,
        e.RequestReceived: _received,
        e.RequestAnswered: _answered,
        e.RequestSentBack: _sent_back,
        e.RequestPassedOn: _passed_on,
        e.DeskNamed: _named,
        e.RequestWithdrawn: _withdrawn,
        e.NeedMarked: _marked,
        e.DeskReminded: lambda case, event: _asked_again(case, event.number),
        ClockReminded: _reminded_by_clock,
        e.ParcelTurnedUp: _turned_up,
        e.LateNewsEnded: _filed,
        Reopened: lambda case, _event: replace(case, late_news_over=False),
    },
    clocks=lambda case: {asked.clock_of(request) for request in asked.waiting(case)},
    instants=_ends,
    passed=_passed,
    tasks=_tasks,
    late_steps=_late_steps,
    letters=letters_for,
    shown=_shown,
)

"""Which letters requests to other desks send: that a parcel is traced, what came of it, and that an answer is late."""

from __future__ import annotations

from domain import clock as clocks
from domain.casefile import ClockBreached, Event
from domain.complaint.requests import events as e
from domain.complaint.requests import questions as asked
from domain.complaint.requests.state import Request, RequestKind, TraceResult
from domain.complaint.state import Complaint
from domain.timekeeping import rule_of

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """The customer hears first, and of a delay before they ask: once a request, if the case waits for it [T][F]."""
    match event:
        case e.DeskAsked(request=request) if request.request_kind is RequestKind.TRACE:
            due = case.due(asked.clock_of(request))
            return (("trace_asked", {"tracking": request.tracking, "due": due.isoformat() if due else ""}),)
        case e.RequestAnswered(answer=answer) if answer.traced is not None and case.closed_at is None:
            return _traced(case, answer.traced)
        case ClockBreached(clock=clock):
            late = next((request for request in asked.waiting(case) if asked.clock_of(request) == clock), None)
            return () if late is None or not late.needed else _delayed(case, late, event)
        case _:
            return ()


def _traced(case: Complaint, result: TraceResult) -> Drafts:
    due = case.due("judgement")
    return (("trace_result", {"parcel": result.value, "due": due.isoformat() if due else ""}),)


def _delayed(case: Complaint, request: Request, event: Event) -> Drafts:
    """The first time that the request is late; the answer is expected when as much time again has run."""
    name = asked.clock_of(request)
    if sum(1 for clock in case.clocks if clock.name == name and clock.breached_at is not None) > 1:
        return ()
    rule = rule_of(case, name)
    expected = clocks.later(rule.hours, case.pinned.calendar_of(rule.calendar), event.at, rule.after)
    return (("answer_delayed", {"due": expected.isoformat()}),)

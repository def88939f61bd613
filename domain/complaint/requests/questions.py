"""What the case waits for at other desks, and what their answers mean for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.complaint.looking_into import questions as looking
from domain.complaint.looking_into.state import Finding
from domain.complaint.problems import PROBLEMS, Check, Problem
from domain.complaint.requests.state import Request, RequestKind, RequestState, TraceResult, Verdict
from domain.complaint.state import Complaint
from domain.people import Unit

GIVEN_UP = frozenset({TraceResult.LOST, TraceResult.WRONG_RECIPIENT})
"""Results after which the parcel may still turn up."""


def waiting(case: Complaint) -> tuple[Request, ...]:
    """The requests that are still to be answered."""
    return tuple(request for request in case.requests if request.waiting)


def clock_of(request: Request) -> str:
    """The request's clock: the policy's row, and the request's number."""
    row = "trace" if request.request_kind is RequestKind.TRACE else "department"
    return f"{row}#{request.number}"


def overdue(case: Complaint, request: Request) -> bool:
    """Whether this round's deadline has passed."""
    return case.breached(clock_of(request))


def waits_for(case: Complaint) -> tuple[Request, ...]:
    """The answers that the case does not go on without; the courier's is not waited for beyond its deadline [F]."""
    return tuple(
        request
        for request in waiting(case)
        if request.needed and not (request.request_kind is RequestKind.TRACE and overdue(case, request))
    )


def _of_unit(case: Complaint, unit: Unit) -> tuple[Request, ...]:
    return tuple(request for request in case.requests if unit in {request.unit, request.asked_first})


def unit_owed(case: Complaint) -> Unit | None:
    """The unit whose answer the problem asks for and does not have [F].

    A desk that the unit passed the matter on to answers for it. A unit that let its deadline pass is no longer waited
    for once the agent has said so.
    """
    unit = PROBLEMS[case.problem].asks_unit
    if unit is None:
        return None
    given_up = (request.waiting and not request.needed and overdue(case, request) for request in _of_unit(case, unit))
    heard = (bool(request.answers) for request in _of_unit(case, unit))
    return None if any(heard) or any(given_up) else unit


def unit_to_ask(case: Complaint) -> Unit | None:
    """The unit that is owed and not even asked."""
    unit = unit_owed(case)
    asked = unit is not None and any(request.waiting for request in _of_unit(case, unit))
    return None if asked else unit


def to_ask(case: Complaint) -> bool:
    """Whether the agent's next move is to ask the unit that the problem asks for."""
    return unit_to_ask(case) is not None and not case.missing and case.judgement is None


def before_judging(case: Complaint) -> bool:
    """Whether an answer of another desk stands before the judgement."""
    return unit_owed(case) is not None or bool(waits_for(case))


def _traces(case: Complaint) -> tuple[Request, ...]:
    ended = {RequestState.WITHDRAWN, RequestState.UNANSWERED}
    return tuple(r for r in case.requests if r.request_kind is RequestKind.TRACE and r.state not in ended)


def trace_settled(case: Complaint) -> bool:
    """Whether the courier has answered a trace, or let its deadline pass [F][D]."""
    late = {clock.name for clock in case.clocks if clock.breached_at is not None}
    return any(bool(trace.answers) or clock_of(trace) in late for trace in _traces(case))


def to_trace(case: Complaint) -> bool:
    """Whether the parcel is to be traced: the problem asks for it, or lateness was found to be the courier's [T][S]."""
    if case.missing or _traces(case) or case.accepted is not None or case.refused_because:
        return False
    if PROBLEMS[case.problem].traced:
        return True
    cause = looking.made(case, Check.CAUSE)
    couriers = cause is not None and cause.finding is Finding.THEIR_FAULT
    return case.problem is Problem.LATE_DELIVERY and couriers and case.judgement is None


def verdict(case: Complaint) -> Verdict | None:
    """What the unit that the problem asks for found last; answers that were sent back count until a better one."""
    if PROBLEMS[case.problem].asks_unit is None:
        return None
    answers = sorted((a for r in case.requests for a in r.answers if a.verdict is not None), key=lambda a: a.at)
    return answers[-1].verdict if answers else None


def guidance_owed(case: Complaint) -> bool:
    """Whether it was a matter of use, and the customer was not helped with it in vain yet [F]."""
    return verdict(case) is Verdict.USER_ERROR and not looking.explained_in_vain(case)


def to_guide(case: Complaint) -> bool:
    """Whether the agent's next move is to guide the customer in using the goods [F]."""
    settled = case.accepted is not None or bool(case.refused_because)
    return guidance_owed(case) and not settled and looking.explanation(case) is None


def may_turn_up(request: Request) -> bool:
    """Whether the parcel was given up and may still turn up."""
    traced = request.answers[-1].traced if request.answers else None
    return request.state is RequestState.ANSWERED and traced in GIVEN_UP and not request.turned_up


def late_news_until(case: Complaint) -> datetime | None:
    """Until when the closed case still hears a late answer, or that a lost parcel turned up; None: nothing may come.

    A lost parcel matters when something was agreed in its place: then money and goods are both with the customer.
    """
    if case.closed_at is None or case.late_news_over:
        return None
    replaced = case.accepted is not None and any(may_turn_up(request) for request in case.requests)
    if not replaced and not waiting(case):
        return None
    return case.closed_at + timedelta(days=case.pinned.policy.late_news_days.value)

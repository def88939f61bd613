"""Rules of the desk that is asked: receive, answer, pass on; and what turns up later."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event, TroubleArose
from domain.complaint import situation as at
from domain.complaint.offering.questions import currency
from domain.complaint.problems import PROBLEMS
from domain.complaint.requests import events as e
from domain.complaint.requests import questions as asked
from domain.complaint.requests import refusals as no
from domain.complaint.requests import steps as s
from domain.complaint.requests.finding import at_desk, check_desk, held_request, request_of
from domain.complaint.requests.state import Answer, Passing, Request, RequestKind, TraceResult, Verdict
from domain.complaint.state import Complaint
from domain.complaint.sums import questions as sums
from domain.people import Actor
from domain.steps import Step


def receive(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Taken on by one person; a colleague of the same desk may take it over [S]."""
    step = cast("s.ReceiveRequest", step)
    request = at_desk(case, step.number, step.actor, step.from_unit)
    if request.held_by is not None and request.held_by.person == step.actor.person:
        raise no.ReceivedAlready(field="number", number=step.number)
    return (e.RequestReceived(at=now, by=step.actor, number=step.number),)


def answer(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The findings; who answers at once has received it by that [S][F]."""
    step = cast("s.AnswerRequest", step)
    request = held_request(case, step.number, step.actor, step.from_unit)
    _check_result(request, step)
    _check_verdict(case, request, step)
    told = Answer(
        findings=step.findings,
        unit=request.unit,
        at=now,
        by=step.actor,
        traced=step.result,
        verdict=step.verdict,
        overdue=asked.overdue(case, request),
        afterwards=_went_on(case, request),
    )
    received = () if request.held_by else (e.RequestReceived(at=now, by=step.actor, number=step.number),)
    return (*received, e.RequestAnswered(at=now, by=step.actor, number=step.number, answer=told))


def _check_result(request: Request, step: s.AnswerRequest) -> None:
    if (step.result is not None) is not (request.request_kind is RequestKind.TRACE):
        raise no.ResultNeeded(field="result", results=", ".join(TraceResult))


def _check_verdict(case: Complaint, request: Request, step: s.AnswerRequest) -> None:
    unit = PROBLEMS[case.problem].asks_unit
    decides = unit is not None and unit in {request.unit, request.asked_first}
    missing = decides and request.request_kind is RequestKind.ANALYSIS and step.verdict is None
    if missing or (step.verdict is not None and request.request_kind is RequestKind.TRACE):
        raise no.VerdictNeeded(field="verdict", verdicts=", ".join(Verdict))


def _went_on(case: Complaint, request: Request) -> bool:
    """Whether the case was judged, settled or closed while this round was waited for."""
    judged = any(judgement.at >= request.since for judgement in case.judgements)
    return judged or case.closed_at is not None or case.accepted is not None or at.carried_out(case)


def pass_on(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Whose matter it is instead; the deadline runs on [D][E]."""
    step = cast("s.PassOnRequest", step)
    request = held_request(case, step.number, step.actor, step.from_unit)
    if request.naming is not None:
        raise no.DeskWasNamed(number=step.number)
    check_desk(step.desk, step.unit, request.request_kind)
    if (step.desk, step.unit) == (request.desk, request.unit):
        raise no.SameDesk(field="desk", number=step.number, where=request.where)
    passing = Passing(request.desk, request.unit, step.desk, step.unit, step.reason, now, step.actor)
    return (e.RequestPassedOn(at=now, by=step.actor, number=step.number, passing=passing),)


def may_report_turned_up(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once a parcel was given up."""
    if not any(asked.may_turn_up(request) for request in case.requests):
        raise no.NothingGivenUp(number="—")


def report_turned_up(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """A person hears of it: what was agreed instead may be with the customer, and now the goods too [F][D]."""
    step = cast("s.ReportTurnedUp", step)
    if not asked.may_turn_up(request_of(case, step.number)):
        raise no.NothingGivenUp(field="number", number=step.number)
    agreed = case.accepted
    if agreed is None:
        sentence = f"the parcel of request {step.number} has turned up before anything was agreed: judge anew"
    else:
        both = f"money or replacement ({agreed.kind.value}) and goods may both be with the customer"
        sentence = f"the parcel of request {step.number} has turned up: {both}; settle it with the customer"
    found = e.ParcelTurnedUp(at=now, by=step.actor, number=step.number, note=step.note)
    if sums.with_the_customer(case, currency(case)).minor > 0:
        return (found,)  # goods and money are both out: an item to recover, see `on_platform/questions.py`
    return (found, TroubleArose(at=now, by=step.actor, code="lost_parcel_found", sentence=sentence))

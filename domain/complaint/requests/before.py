"""What requests to other desks have to say before the judgement and before a remedy that costs."""

from __future__ import annotations

from domain.complaint.problems import PROBLEMS, RemedyKind
from domain.complaint.requests import questions as asked
from domain.complaint.requests import refusals as no
from domain.complaint.requests.state import Request
from domain.complaint.state import Complaint
from domain.people import Actor


def before_judging(case: Complaint, _actor: Actor) -> None:
    """The unit that the problem asks for has answered, and so has every desk that the case waits for [F].

    Raises:
        AskUnitFirst, RequestUnanswered.
    """
    unit = asked.unit_to_ask(case)
    if unit is not None:
        raise no.AskUnitFirst(unit=unit.value)
    if asked.before_judging(case):
        raise no.RequestUnanswered(requests=_named(asked.waits_for(case) or asked.waiting(case)))


def before_remedy(case: Complaint, _kind: RemedyKind) -> None:
    """What is waited for is here, the parcel was traced, the customer was guided [F][D].

    Raises:
        RequestUnanswered, TraceFirst, GuideFirst.
    """
    if asked.waits_for(case):
        raise no.RequestUnanswered(requests=_named(asked.waits_for(case)))
    if PROBLEMS[case.problem].traced and not asked.trace_settled(case):
        raise no.TraceFirst
    if asked.guidance_owed(case):
        raise no.GuideFirst


def _named(requests: tuple[Request, ...]) -> str:
    return ", ".join(f"{request.number} ({request.where})" for request in requests)

"""Finds the request that a step means, and checks what every step about requests has in common."""

from __future__ import annotations

from domain.complaint.requests import questions as asked
from domain.complaint.requests import refusals as no
from domain.complaint.requests.state import OtherDesk, Request, RequestKind, RequestState
from domain.complaint.state import Complaint
from domain.people import Actor, Role, Unit


def request_of(case: Complaint, number: int) -> Request:
    """The request of that number.

    Raises:
        RequestUnknown: there is none.
    """
    found = next((request for request in case.requests if request.number == number), None)
    if found is None:
        raise no.RequestUnknown(field="number", number=number)
    return found


def waiting_request(case: Complaint, number: int) -> Request:
    """The request of that number, which still waits for an answer.

    Raises:
        RequestUnknown, RequestOver.
    """
    found = request_of(case, number)
    if not found.waiting:
        raise no.RequestOver(number=number, state=found.state.value)
    return found


def at_desk(case: Complaint, number: int, actor: Actor, unit: Unit | None) -> Request:
    """The waiting request of that number, which is with this person's desk and unit.

    Raises:
        RequestUnknown, NotYourRequest, RequestOver, WaitsForNaming.
    """
    found = request_of(case, number)
    mine = found.desk.role is actor.role and (actor.role is not Role.DEPARTMENT or found.unit is unit)
    if not mine:
        raise no.NotYourRequest(number=number, where=found.where)
    if not found.waiting:
        raise no.RequestOver(number=number, state=found.state.value)
    if found.state is RequestState.BOUNCED:
        raise no.WaitsForNaming(number=number, times=len(found.passings))
    return found


def held_request(case: Complaint, number: int, actor: Actor, unit: Unit | None) -> Request:
    """The request at this person's desk that nobody else has received.

    Raises:
        as `at_desk`; ReceivedByAnother.
    """
    found = at_desk(case, number, actor, unit)
    if found.held_by is not None and found.held_by.person != actor.person:
        raise no.ReceivedByAnother(number=number, name=found.held_by.name or found.held_by.person)
    return found


def may_at_desk(case: Complaint, actor: Actor, _now: object) -> None:
    """Open while a request waits with a desk of this role.

    Raises:
        NothingAsked.
    """
    bounced = RequestState.BOUNCED
    if not any(each.desk.role is actor.role and each.state is not bounced for each in asked.waiting(case)):
        raise no.NothingAsked(desk=actor.role.value)


def may_of_waiting(case: Complaint, _actor: Actor, _now: object) -> None:
    """Open while any request waits for its answer.

    Raises:
        NoRequestWaits.
    """
    if not asked.waiting(case):
        raise no.NoRequestWaits


def check_desk(desk: OtherDesk, unit: Unit | None, kind: RequestKind) -> None:
    """A department has a unit, other desks have none; a trace is the logistics desk's.

    Raises:
        UnitUnfit, TraceIsLogistics.
    """
    if (unit is not None) is not (desk is OtherDesk.DEPARTMENT):
        raise no.UnitUnfit(field="unit", units=", ".join(Unit))
    if kind is RequestKind.TRACE and desk is not OtherDesk.LOGISTICS:
        raise no.TraceIsLogistics(field="desk")

"""Rules of assigning (domain.md, "Intake" and "Shifts and handover")."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from domain.casefile import Event
from domain.complaint.assigning import events as e
from domain.complaint.assigning import refusals as no
from domain.complaint.assigning import steps as s
from domain.complaint.assigning.questions import is_theirs, waits_for_the_head
from domain.complaint.assigning.state import Colleague
from domain.complaint.state import Complaint
from domain.people import Actor, Role
from domain.steps import Step

WORK_ON_CASES = (Role.AGENT, Role.SUPERVISOR, Role.CENTRE_MANAGER)
LONGEST_STAND_IN = timedelta(days=60)


def may_take(case: Complaint, actor: Actor, _now: datetime) -> None:
    """Open unless it is one's own already; a centre manager may so keep an important customer's case [S]."""
    if case.concerned and case.concerned == actor.person:
        raise no.ConcernedNotInCharge
    if case.handler == actor.person and not waits_for_the_head(case):
        raise no.TheirsAlready


def take(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Nobody's case without a word, a colleague's with the cause [T]."""
    step = cast("s.TakeCase", step)
    if case.handler not in {None, step.actor.person} and not step.reason.strip():
        raise no.CauseNeeded(field="reason")
    return (e.CaseTaken(at=now, by=step.actor, reason=step.reason),)


def reassign(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The supervisor names who works on it."""
    step = cast("s.Reassign", step)
    colleague = _checked(case, step.colleague)
    if colleague.person == case.handler and not waits_for_the_head(case):
        raise no.TheirsAlready(field="person")
    return (e.Reassigned(at=now, by=step.actor, colleague=colleague, reason=step.reason),)


def may_hand_over(case: Complaint, actor: Actor, now: datetime) -> None:
    """Open to the handler, and to who stands in."""
    if not is_theirs(case, actor.person, now):
        raise no.NotYourCase


def hand_over(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """To a colleague, with the cause [T]."""
    step = cast("s.HandOver", step)
    colleague = _checked(case, step.colleague)
    if colleague.person == case.handler:
        raise no.TheirsAlready(field="person")
    return (e.HandedOver(at=now, by=step.actor, colleague=colleague, reason=step.reason),)


def may_name_stand_in(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while the case is somebody's."""
    if case.handler is None:
        raise no.NobodysCase


def name_stand_in(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """For a time, with leave, and both names on record [E]."""
    step = cast("s.StandIn", step)
    colleague = _checked(case, step.colleague)
    if colleague.person == case.handler:
        raise no.TheirsAlready(field="person")
    if not now < step.until <= now + LONGEST_STAND_IN:
        raise no.StandInTime(field="until", days=LONGEST_STAND_IN.days)
    last = case.assignments[-1] if case.assignments else None
    named = last.name if last is not None and last.person == case.handler else ""
    stands_in = e.StandInNamed(
        at=now,
        by=step.actor,
        colleague=colleague,
        for_person=case.handler or "",
        for_name=named,
        until=step.until,
        reason=step.reason,
    )
    return (stands_in,)


def _checked(case: Complaint, colleague: Colleague | None) -> Colleague:
    if colleague is None:
        raise no.ColleagueUnknown(field="person")
    if not any(role in WORK_ON_CASES for role in colleague.roles):
        roles = ", ".join(role.value for role in colleague.roles)
        raise no.CannotHandle(field="person", name=colleague.name, roles=roles)
    if case.concerned and case.concerned == colleague.person:
        raise no.ConcernedNotInCharge(field="person")
    return colleague

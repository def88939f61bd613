"""Assigning, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.assigning import events as e
from domain.complaint.assigning import questions as ask
from domain.complaint.assigning import rules
from domain.complaint.assigning import steps as s
from domain.complaint.assigning.state import ActingFor, Assignment, Because
from domain.complaint.state import Complaint
from domain.people import Role
from domain.plain import plain
from domain.view import Task


def _in_hands(case: Complaint, made: Assignment) -> Complaint:
    """Other hands: whoever stood in for the earlier ones no longer does."""
    return replace(case, assignments=(*case.assignments, made), handler=made.person, stand_in=None)


def _assigned(case: Complaint, event: e.Assigned) -> Complaint:
    chosen = event.choice
    made = Assignment(
        person=chosen.person,
        name=chosen.name,
        team=chosen.team,
        for_desk=chosen.for_desk,
        because=chosen.because,
        at=event.at,
        by=event.by,
        open_cases=chosen.open_cases,
    )
    return _in_hands(case, made)


def _taken(case: Complaint, event: e.CaseTaken) -> Complaint:
    by = event.by
    made = Assignment(by.person, by.name, "", by.role, Because.TAKEN, event.at, by, event.reason)
    return _in_hands(case, made)


def _named(case: Complaint, event: e.Reassigned | e.HandedOver) -> Complaint:
    because = Because.REASSIGNED if isinstance(event, e.Reassigned) else Because.HANDED_OVER
    person = event.colleague
    made = Assignment(person.person, person.name, person.team, Role.AGENT, because, event.at, event.by, event.reason)
    return _in_hands(case, made)


def _stands_in(case: Complaint, event: e.StandInNamed) -> Complaint:
    acting = ActingFor(
        person=event.colleague.person,
        name=event.colleague.name,
        for_person=event.for_person,
        for_name=event.for_name,
        until=event.until,
        reason=event.reason,
        at=event.at,
        by=event.by,
    )
    return replace(case, stand_in=acting)


def _tasks(case: Complaint) -> Iterator[Task]:
    if ask.waits_for_the_head(case):
        reason = "an important customer: take the case, or name who works on it"
        yield Task("important", Role.CENTRE_MANAGER, "reassign", None, reason)
    if ask.with_the_one_concerned(case):
        reason = "the complaint is about its handler: name another"
        yield Task("other_hands", Role.SUPERVISOR, "reassign", None, reason)


def _shown(case: Complaint) -> dict[str, object]:
    last = ask.assignment(case)
    if last is None:
        return {}
    told = {name: value for name, value in plain(last).items() if name != "by" and value not in (None, "")}
    shown: dict[str, object] = {"assigned": told}
    if case.stand_in is not None:
        shown["stand_in"] = plain(case.stand_in)
    return shown


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.TakeCase, rules.may_take, rules.take),
    StepRule(s.Reassign, always, rules.reassign),
    StepRule(s.HandOver, rules.may_hand_over, rules.hand_over),
    StepRule(s.StandIn, rules.may_name_stand_in, rules.name_stand_in),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.Assigned: _assigned,
        e.CaseTaken: _taken,
        e.Reassigned: _named,
        e.HandedOver: _named,
        e.StandInNamed: _stands_in,
    },
    tasks=_tasks,
    shown=_shown,
)

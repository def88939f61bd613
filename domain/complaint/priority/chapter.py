"""Priority, bound together as a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.priority import events as e
from domain.complaint.priority import rules
from domain.complaint.priority import steps as s
from domain.complaint.priority.questions import priority_of
from domain.complaint.priority.state import OwnLevel
from domain.complaint.state import Complaint
from domain.plain import plain


def _assessed(case: Complaint, event: e.Assessed) -> Complaint:
    return replace(case, answers=event.answers)


def _set(case: Complaint, event: e.PrioritySet) -> Complaint:
    own = None if event.priority is None else OwnLevel(event.priority, event.reason, event.at, event.by)
    return replace(case, own_level=own)


def _shown(case: Complaint) -> dict[str, object]:
    if not case.answers.given and case.own_level is None:
        return {}
    found = priority_of(case)
    answers = {name: value for name, value in plain(case.answers).items() if value is not None}
    told: dict[str, object] = {"answers": answers, "points": found.points, "reasons": list(found.reasons)}
    if case.own_level is not None:
        told["own_level"] = plain(case.own_level)
    return {"priority": told}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.Assess, always, rules.assess),
    StepRule(s.SetPriority, rules.may_set_priority, rules.set_priority),
)

CHAPTER: Chapter[Complaint] = Chapter(rules=_RULES, changes={e.Assessed: _assessed, e.PrioritySet: _set}, shown=_shown)

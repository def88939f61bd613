"""Sorting, bound together as a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.evolve import take_back_open_proposal
from domain.complaint.problems import PROBLEMS
from domain.complaint.rules_outcome import may_close
from domain.complaint.sorting import events as e
from domain.complaint.sorting import rules
from domain.complaint.sorting import steps as s
from domain.complaint.sorting.letters import letters_for
from domain.complaint.sorting.state import Remark, Sorted
from domain.complaint.state import Complaint
from domain.plain import plain


def _reclassified(case: Complaint, event: e.Reclassified) -> Complaint:
    first = Sorted(case.problem, case.fault_kind, case.opened_at, case.opened_by)
    sorted_as = case.sorted_as or (first,)
    now = Sorted(event.problem, event.fault_kind, event.at, event.by, event.reason)
    open_one = case.proposal
    fits = open_one is None or open_one.kind in PROBLEMS[event.problem].remedies
    case = case if fits else take_back_open_proposal(case, event)
    return replace(case, problem=event.problem, fault_kind=event.fault_kind, sorted_as=(*sorted_as, now))


def _concerned(case: Complaint, event: e.ConcernedNamed) -> Complaint:
    return replace(case, concerned=event.person)


def _remarked(case: Complaint, event: e.RemarkAdded) -> Complaint:
    return replace(case, remarks=(*case.remarks, Remark(event.words, event.at, event.by)))


def _passed(case: Complaint, event: e.PassedToPlatform) -> Complaint:
    return replace(case, closed_at=event.at, outcome="passed_to_platform", reopen_until=None)


def _shown(case: Complaint) -> dict[str, object]:
    shown: dict[str, object] = {
        "fault_kind": plain(case.fault_kind),
        "sorted_as": plain(case.sorted_as),
        "concerned": case.concerned,
        "remarks": plain(case.remarks),
    }
    return {name: value for name, value in shown.items() if value}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.Reclassify, rules.may_reclassify, rules.reclassify),
    StepRule(s.NameConcerned, always, rules.name_concerned),
    StepRule(s.AddRemark, rules.may_remark, rules.remark),
    StepRule(s.PassToPlatform, may_close, rules.pass_to_platform),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.Reclassified: _reclassified,
        e.ConcernedNamed: _concerned,
        e.RemarkAdded: _remarked,
        e.PassedToPlatform: _passed,
    },
    letters=letters_for,
    shown=_shown,
)

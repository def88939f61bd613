"""Looking into a complaint, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.looking_into import events as e
from domain.complaint.looking_into import questions as ask
from domain.complaint.looking_into import rules
from domain.complaint.looking_into import steps as s
from domain.complaint.looking_into.letters import letters_for
from domain.complaint.state import Complaint
from domain.people import Role
from domain.plain import plain
from domain.sealed import Sealed
from domain.view import Task


def _attached(case: Complaint, event: e.RecordAttached) -> Complaint:
    return replace(case, records=(*case.records, event.item))


def _checked(case: Complaint, event: e.CheckRecorded) -> Complaint:
    return replace(case, checks=(*case.checks, event.made))


def _exempted(case: Complaint, event: e.ExemptedFromPhoto) -> Complaint:
    return replace(case, exempt=event.exemption, fault_kind=event.exemption.fault_kind)


def _explained(case: Complaint, event: e.Explained) -> Complaint:
    heard_first = case.feedback_at or event.at
    return replace(case, explanations=(*case.explanations, event.explanation), feedback_at=heard_first)


def _effect(case: Complaint, event: e.EffectReported) -> Complaint:
    last = replace(case.explanations[-1], helped=event.helped, heard_on=event.heard_on)
    return replace(case, explanations=(*case.explanations[:-1], last), call_backs=())


def _promised(case: Complaint, event: e.OutsidePromiseRecorded) -> Complaint:
    return replace(case, outside_promises=(*case.outside_promises, event.promise))


def _tasks(case: Complaint) -> Iterator[Task]:
    missing = () if case.missing or case.judgement is not None else ask.checks_missing(case)
    if missing:
        reason = f"look up before judging: {', '.join(missing)}"
        yield Task("check", Role.AGENT, "record_check", case.due("judgement"), reason)
    last = ask.explanation(case)
    if last is not None and last.helped is None and not case.proposals:
        yield Task("effect", Role.AGENT, "report_effect", None, "hear whether the explanation helped")


def _shown(case: Complaint) -> dict[str, object]:
    shown: dict[str, object] = {
        "checks": plain(case.checks),
        "records": plain(case.records),
        "exempt": plain(case.exempt),
        "explanations": plain(case.explanations),
        "outside_promises": plain(case.outside_promises),
    }
    return {name: value for name, value in shown.items() if value}


def _sealed(case: Complaint) -> dict[str, Sealed]:
    return {f"record_{item.number}": item.words for item in case.records if item.words is not None}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.AttachRecord, rules.may_attach, rules.attach),
    StepRule(s.RecordCheck, rules.may_check, rules.check, lambda case: case.due("judgement")),
    StepRule(s.ExemptFromPhoto, rules.may_exempt, rules.exempt),
    StepRule(s.Explain, always, rules.explain),
    StepRule(s.ReportEffect, rules.may_report_effect, rules.report_effect),
    StepRule(s.RecordOutsidePromise, always, rules.record_promise),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.RecordAttached: _attached,
        e.CheckRecorded: _checked,
        e.ExemptedFromPhoto: _exempted,
        e.Explained: _explained,
        e.EffectReported: _effect,
        e.OutsidePromiseRecorded: _promised,
    },
    tasks=_tasks,
    letters=letters_for,
    shown=_shown,
    sealed=_sealed,
    told_to_customers=frozenset({"explanations"}),
)

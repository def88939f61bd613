"""Recalling a parcel, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from domain.casework import StepRule
from domain.chapters import Chapter
from domain.complaint.problems import PROBLEMS
from domain.complaint.recall import events as e
from domain.complaint.recall import evolve, rules
from domain.complaint.recall import questions as ask
from domain.complaint.recall import steps as s
from domain.complaint.recall.letters import letters_for
from domain.complaint.recall.state import Recall, RecallState
from domain.complaint.state import Complaint
from domain.complaint.stopping import questions as stops
from domain.people import Role
from domain.plain import plain
from domain.view import Task

CLOCKS = {RecallState.ASKED: "recall_registration", RecallState.REGISTERED: "recall_arrival"}
CLOCKS[RecallState.SIGNED] = CLOCKS[RecallState.REGISTERED]


def _clocks(case: Complaint) -> Iterator[str]:
    running = ask.running(case)
    if running is not None:
        yield CLOCKS[running.state]


def _tasks(case: Complaint) -> Iterator[Task]:
    if _may_be_recalled(case):
        reason = "the parcel has left: have it called back, or agree on a return"
        yield Task("recall", Role.AGENT, "ask_for_recall", case.due("judgement") or case.due("proposal"), reason)
    yield from _outliving(case)


def _may_be_recalled(case: Complaint) -> bool:
    """Whether the agent is to think of it: the parcel has just left, or with it the ground of an agreed refund."""
    nothing_offered = case.accepted is None and not case.proposals[case.round_from :]
    fresh = not case.recalls and (nothing_offered or ask.ground_lost(case)) and not stops.called_off(case)
    return PROBLEMS[case.problem].recalls and fresh and stops.gone(case) and case.signed_for is not True


def _outliving(case: Complaint) -> Iterator[Task]:
    """A parcel that is called back is awaited also when the case is closed meanwhile."""
    running = ask.running(case)
    if running is None:
        return
    due = case.due(CLOCKS[running.state])
    if running.state is RecallState.ASKED and case.closed_at is not None:
        reason = f"the case is closed: do not call parcel {running.tracking} back, or register it if that was done"
        yield Task("recall", Role.LOGISTICS, "report_recall_failed", None, reason)
    elif running.state is RecallState.ASKED:
        reason = f"call parcel {running.carrier} {running.tracking} back and register it"
        yield Task("recall", Role.LOGISTICS, "register_recall", due, reason)
    elif case.breached("recall_arrival"):
        reason = f"parcel {running.tracking} did not come: ask the courier, and report it if the recall failed"
        yield Task("recall", Role.LOGISTICS, "report_recall_failed", due, reason)
    elif running.state is RecallState.REGISTERED:
        reason = f"slip {running.slip}: the courier signs part one, keep it"
        yield Task("recall", Role.LABEL_DESK, "sign_part_one", due, reason)
    else:
        reason = f"slip {running.slip}: take parcel {running.tracking} in exchange for part one"
        yield Task("recall", Role.LABEL_DESK, "sign_original_received", due, reason)


def _late_steps(case: Complaint) -> frozenset[str]:
    steps = (s.RegisterRecall, s.SignPartOne, s.SignOriginalReceived, s.ReportRecallFailed)
    return frozenset(step.slug() for step in steps) if case.recalls else frozenset()


def _recall(recall: Recall) -> dict[str, object]:
    told = cast("dict[str, object]", plain(recall))
    return {**{name: value for name, value in told.items() if value not in (None, "")}, "open": recall.running}


def _shown(case: Complaint) -> dict[str, object]:
    return {"recalls": [_recall(recall) for recall in case.recalls]} if case.recalls else {}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.AskForRecall, rules.may_ask, rules.ask_for_recall),
    StepRule(s.RegisterRecall, rules.may_register, rules.register, lambda case: case.due("recall_registration")),
    StepRule(s.SignPartOne, rules.may_sign, rules.sign_part_one, lambda case: case.due("recall_arrival")),
    StepRule(s.SignOriginalReceived, rules.may_receive, rules.receive, lambda case: case.due("recall_arrival")),
    StepRule(s.ReportRecallFailed, rules.may_fail, rules.fail, lambda case: case.due("recall_arrival")),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.RecallAsked: evolve.asked,
        e.RecallRegistered: evolve.registered,
        e.PartOneSigned: evolve.signed,
        e.OriginalReceived: evolve.received,
        e.RecallFailed: evolve.failed,
    },
    clocks=_clocks,
    tasks=_tasks,
    outliving=_outliving,
    late_steps=_late_steps,
    letters=letters_for,
    shown=_shown,
)

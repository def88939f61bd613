"""Rules of sorting a complaint (domain.md, "Intake")."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint.problems import PROBLEMS, FaultKind, Problem
from domain.complaint.sorting import events as e
from domain.complaint.sorting import refusals as no
from domain.complaint.sorting import steps as s
from domain.complaint.state import Complaint
from domain.people import Actor
from domain.steps import Step

MOST_REMARKS = 100


def check_kind(problem: Problem, fault_kind: FaultKind | None) -> None:
    """Each problem has its own kinds [F].

    Raises:
        KindDoesNotFit: the kind belongs to another problem.
    """
    kinds = PROBLEMS[problem].kinds
    if fault_kind is not None and fault_kind not in kinds:
        names = ", ".join(kinds) or "none"
        raise no.KindDoesNotFit(field="fault_kind", given=fault_kind.value, problem=problem.value, kinds=names)


def may_reclassify(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open until a remedy is agreed: what was agreed upon is carried out, or settled, as what it was."""
    if at.carried_out(case):
        raise spine.OutcomeStands
    if case.accepted is not None or at.inspection_failed(case) or at.return_under_way(case):
        raise spine.RemedyUnderWay


def reclassify(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Another class, with the reason; both stay visible, with the corrector [F]."""
    step = cast("s.Reclassify", step)
    if (step.problem, step.fault_kind) == (case.problem, case.fault_kind):
        raise no.SameClass(field="problem")
    check_kind(step.problem, step.fault_kind)
    changed = e.Reclassified(
        at=now, by=step.actor, problem=step.problem, fault_kind=step.fault_kind, reason=step.reason
    )
    return (changed,)


def name_concerned(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Whom the complaint is about."""
    step = cast("s.NameConcerned", step)
    return (e.ConcernedNamed(at=now, by=step.actor, person=step.person),)


def may_remark(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open at any time, until the case is full."""
    if len(case.remarks) >= MOST_REMARKS:
        raise no.TooManyRemarks(most=MOST_REMARKS)


def remark(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Content, date and name [S][T]."""
    step = cast("s.AddRemark", step)
    return (e.RemarkAdded(at=now, by=step.actor, words=step.words),)


def pass_to_platform(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Closed here, with the platform's reference."""
    step = cast("s.PassToPlatform", step)
    return (e.PassedToPlatform(at=now, by=step.actor, reason=step.reason, reference=step.reference),)


def before_judging(case: Complaint, actor: Actor) -> None:
    """The person complained about does not judge [O]."""
    if case.concerned and case.concerned == actor.person:
        raise no.ConcernedMayNotJudge

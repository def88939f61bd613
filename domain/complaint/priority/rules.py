"""Rules of priority (domain.md, "Intake")."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from domain.casefile import Event
from domain.charge import FIRST
from domain.complaint.priority import events as e
from domain.complaint.priority import refusals as no
from domain.complaint.priority import steps as s
from domain.complaint.priority.level import computed
from domain.complaint.priority.state import Answers
from domain.complaint.problems import Urgency
from domain.complaint.refusals import WrongCurrency
from domain.complaint.requests.state import Analysis
from domain.complaint.state import Complaint
from domain.money import Money
from domain.people import Actor
from domain.steps import Step

QUESTIONS = ("loss_size", "loss_amount", "extent", "urgency", "mendable_simply")


def check_loss(amount: Money | None, currency: str) -> None:
    """A loss is told in the shop's money.

    Raises:
        WrongCurrency: it is not.
    """
    if amount is not None and amount.currency != currency:
        raise WrongCurrency(field="loss_amount", given=amount.currency, expected=currency)


def assess(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The answers of now beside those of before; a changed one needs its reason [F]."""
    step = cast("s.Assess", step)
    check_loss(step.loss_amount, case.pinned.policy.currency)
    said = {name: value for name in QUESTIONS if (value := getattr(step, name)) is not None}
    if step.loss_size is not None and step.loss_amount is None:
        said["loss_amount"] = None  # a word that comes after a sum takes its place
    answers = replace(case.answers, **said)
    if answers == case.answers:
        raise no.NothingAssessed(field="urgency")
    changed = _changed(case.answers, answers)
    if changed and not step.reason.strip():
        raise no.AnswerChanged(field="reason", changed=", ".join(changed))
    return (e.Assessed(at=now, by=step.actor, answers=answers, reason=step.reason),)


def from_analysis(case: Complaint, analysis: Analysis, by: Actor, now: datetime) -> tuple[Event, ...]:
    """What the analysis for another desk answers that nobody has answered; health at risk holds in any case [F]."""
    told = {"extent": analysis.extent, "urgency": analysis.urgency, "mendable_simply": analysis.mendable}
    said: dict[str, Any] = {name: answer for name, answer in told.items() if getattr(case.answers, name) is None}
    if analysis.urgency is Urgency.HEALTH_AT_RISK:
        said["urgency"] = analysis.urgency
    answers = replace(case.answers, **said)
    return () if answers == case.answers else (e.Assessed(at=now, by=by, answers=answers),)


def _changed(before: Answers, after: Answers) -> list[str]:
    given = ((name, getattr(before, name)) for name in QUESTIONS)
    return [name for name, answer in given if answer is not None and answer != getattr(after, name)]


def may_set_priority(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open unless health is at risk: then the case goes first [F]."""
    if computed(case.answers, case.pinned.policy.priority).level == FIRST:
        raise no.HealthGoesFirst


def set_priority(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """A person's own word, or the policy's again [F][O]."""
    step = cast("s.SetPriority", step)
    if step.level == FIRST:
        raise no.FirstIsForHealth(field="level")
    if step.level == (case.own_level.level if case.own_level is not None else None):
        raise no.SamePriority(field="level")
    return (e.PrioritySet(at=now, by=step.actor, priority=step.level, reason=step.reason),)

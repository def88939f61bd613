"""The shortest way to each refusal of priority, assigning and linking, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.priority import refusals as no_level
from domain.complaint.priority.state import Urgency
from domain.complaint.problems import Extent
from tests import builders as b
from tests.domain.desk import desk
from tests.domain.intake_moves import assess, set_priority
from tests.domain.provoked import provokes


@provokes(no_level.NothingAnswered)
def _() -> object:
    return desk().take(assess())


@provokes(no_level.AnswerChanged)
def _() -> object:
    d = desk()
    d.take(assess(extent=Extent.ONE))
    return d.take(assess(extent=Extent.SYSTEMIC))


@provokes(no_level.HealthGoesFirst)
def _() -> object:
    d = desk()
    d.take(assess(urgency=Urgency.HEALTH))
    return d.take(set_priority(3, b.WU))


@provokes(no_level.FirstIsForHealth)
def _() -> object:
    return desk().take(set_priority(1))


@provokes(no_level.SamePriority)
def _() -> object:
    return desk().take(set_priority(None))

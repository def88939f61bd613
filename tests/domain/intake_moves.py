"""The steps of priority, assigning and linking, with their usual content."""

from __future__ import annotations

from typing import Any

from domain.complaint.priority import steps as prs
from domain.people import Actor
from tests import builders as b

REASON = "for a good reason"


def assess(actor: Actor = b.LIN, **answers: Any) -> prs.Assess:
    return prs.Assess(actor=actor, **answers)


def set_priority(level: int | None, actor: Actor = b.LIN) -> prs.SetPriority:
    return prs.SetPriority(actor=actor, level=level, reason=REASON)

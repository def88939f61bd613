"""Questions about a complaint's priority."""

from __future__ import annotations

from domain.complaint.priority.level import level
from domain.complaint.priority.state import Priority
from domain.complaint.state import Complaint


def priority_of(case: Complaint) -> Priority:
    """How soon the complaint is looked at, and why."""
    return level(case.answers, case.own_level, case.pinned.policy.priority)

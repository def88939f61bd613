"""What happens to a complaint's priority."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.priority.state import Answers


@dataclass(frozen=True, kw_only=True)
class Assessed(Event):
    """The four questions were answered, in part or in whole; `answers` are those that hold now."""

    answers: Answers
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PrioritySet(Event):
    """A person gave the case a level, or took back their own word."""

    priority: int | None
    reason: str

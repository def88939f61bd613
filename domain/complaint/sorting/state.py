"""Classes and remarks as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.complaint.problems import FaultKind, Problem
from domain.people import Actor


@dataclass(frozen=True)
class Sorted:
    """The class that a case was put into, by whom, when and why [F]."""

    problem: Problem
    fault_kind: FaultKind | None
    at: datetime
    by: Actor
    reason: str = ""


@dataclass(frozen=True)
class Remark:
    """A remark of the desk: content, date and name, and never shown to the customer [S][T]."""

    words: str
    at: datetime
    by: Actor

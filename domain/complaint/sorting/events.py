"""What happens while a complaint is sorted."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.problems import FaultKind, Problem


@dataclass(frozen=True, kw_only=True)
class Reclassified(Event):
    """The complaint was put into another class."""

    handles = True

    problem: Problem
    fault_kind: FaultKind | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConcernedNamed(Event):
    """It is known whom the complaint is about."""

    person: str


@dataclass(frozen=True, kw_only=True)
class RemarkAdded(Event):
    """The desk remarked something."""

    words: str


@dataclass(frozen=True, kw_only=True)
class PassedToPlatform(Event):
    """The platform decides; the case is closed here."""

    reason: str
    reference: str

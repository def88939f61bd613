"""What happens while an order is held back."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.stopping.state import AftermathNoted, ChangeMade, Finding, StopRequest


@dataclass(frozen=True, kw_only=True)
class StopAsked(Event):
    """The label desk was asked in writing to hold the order back."""

    handles = True

    request: StopRequest


@dataclass(frozen=True, kw_only=True)
class StopConfirmed(Event):
    """The label desk answered."""

    answer: Finding


@dataclass(frozen=True, kw_only=True)
class OrderChanged(Event):
    """The label desk changed the order as asked."""

    change: ChangeMade


@dataclass(frozen=True, kw_only=True)
class AftermathRecorded(Event):
    """It was noted what became of what was held back."""

    aftermath: AftermathNoted

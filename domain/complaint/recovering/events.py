"""What happens to what the responsible parties owe."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.recovering.state import Recovered


@dataclass(frozen=True, kw_only=True)
class RecoverySettled(Event):
    """A party made good what it owed, or a part of it."""

    part: Recovered


@dataclass(frozen=True, kw_only=True)
class RecoveryWrittenOff(Event):
    """The supervisor gave up what a party still owed."""

    part: Recovered

"""Figures of a run, counted as things happen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What the clients did and what came back. `odd` counts answers that no client should ever get."""

    opens: int = 0
    steps: int = 0
    stories: int = 0
    left_open: int = 0
    requests: int = 0
    unanswered: int = 0
    refusals: Counter[str] = field(default_factory=Counter[str])
    ends: Counter[str] = field(default_factory=Counter[str])
    taken: Counter[str] = field(default_factory=Counter[str])
    odd: Counter[str] = field(default_factory=Counter[str])
    struck: Counter[str] = field(default_factory=Counter[str])
    kills: Counter[str] = field(default_factory=Counter[str])
    back_after: list[float] = field(default_factory=list[float])
    """Seconds from the start of `redress up` to the first accepted open, after everything was killed."""
    lateness: list[float] = field(default_factory=list[float])
    """Seconds from the worker's return until a deadline that fell due in its absence was acted on."""

    @property
    def killed(self) -> int:
        """How many blows killed something."""
        return sum(number for name, number in self.struck.items() if name.startswith("kill"))

    def line(self) -> str:
        """Progress in one line."""
        kills = " ".join(f"{name} {number}" for name, number in sorted(self.kills.items()))
        return (
            f"{self.killed} kills ({kills or 'none'}), {self.stories} stories, {self.opens} opens, {self.steps} steps, "
            f"{self.requests} requests, {self.unanswered} unanswered, {sum(self.refusals.values())} refused, "
            f"{sum(self.odd.values())} odd"
        )

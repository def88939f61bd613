"""The guard: when the machine itself changed during a measurement, that one is not scored."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from bench.figures import Rounds, Spread

MOST = 0.15
"""Share by which a plain commit's median may move between the thirds of a measurement.

How far single rounds lie from each other is told and not judged: on a shared machine neighbours make each of them
quicker or slower for a second, which meets the desk and its yardstick alike; only what lasts bends a ratio.
"""
GUARDS = 5
"""Rounds of B0 before and after each measurement."""
FEWEST = 6
"""Rounds below which thirds mean nothing."""
STILL = 0.06
"""Share by which a plain commit's median may move over the last rounds (`GUARDS`, three times) and yet stands still."""


@dataclass
class Drift:
    """B0, a one-row commit by the bare driver, measured again and again before, during and after a measurement."""

    rounds: Rounds = field(default_factory=Rounds)

    @property
    def still(self) -> bool:
        """Whether the machine has calmed down after what came before: over the last rounds B0 no longer moved."""
        last = self.rounds.values[-3 * GUARDS :]
        return len(last) == 3 * GUARDS and Drift(Rounds(last)).moved <= STILL

    def text(self) -> str:
        """How a plain commit fared: its median over all, the spread of the rounds' medians, the thirds' medians."""
        rounds = self.rounds.medians
        if not rounds:
            return "B0 was not measured"
        around = Spread.of([one * 1000 for one in rounds])
        thirds = ", ".join(f"{one * 1000:.3f}" for one in self.thirds)
        return f"B0, a one-row commit: {around.text(3, 'ms')} over {len(rounds)} rounds, its thirds {thirds}"

    @property
    def thirds(self) -> list[float]:
        """The median of all commits of the beginning, of the middle and of the end, in seconds."""
        rounds = self.rounds.values
        third = max(len(rounds) // 3, 1)
        parts = (rounds[:third], rounds[third:-third], rounds[-third:])
        return [statistics.median(one for round_ in part for one in round_) for part in parts if part]

    @property
    def moved(self) -> float:
        """The share by which the slowest third lies above the quickest; there has to be a round."""
        return max(self.thirds) / min(self.thirds) - 1

    def refusal(self) -> str:
        """Why the measurement cannot be scored; empty if it can."""
        if len(self.rounds.values) < FEWEST:
            return f"B0 was measured {len(self.rounds.values)} times; at least {FEWEST} are needed to see drift"
        if self.moved > MOST:
            moves = f"(from {min(self.thirds) * 1e3:.3f} ms to {max(self.thirds) * 1e3:.3f} ms)"
            return f"B0 moved by {self.moved:.0%} between the thirds of the measurement {moves}; {MOST:.0%} are allowed"
        return ""

"""The guard: when the machine itself changed during a measurement, that one is not scored."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from bench.figures import Rounds, Spread, quantile

MOST = 0.15
"""Share by which a plain commit's median may move between the first and the last third of a measurement, and by which
the rounds' p10 and p90 may lie from their median."""
FEWEST = 6
"""Rounds below which thirds mean nothing."""


@dataclass
class Drift:
    """B0, a one-row commit by the bare driver, measured again and again before, during and after a measurement."""

    rounds: Rounds = field(default_factory=Rounds)

    def text(self) -> str:
        """How a plain commit fared."""
        if not self.rounds.values:
            return "B0 was not measured"
        around = Spread.of([one * 1000 for one in self.rounds.all])
        return f"B0, a one-row commit: {around.text(3, 'ms')} over {len(self.rounds.values)} rounds"

    def refusal(self) -> str:
        """Why the run cannot be scored; empty if it can."""
        medians = self.rounds.medians
        if len(medians) < FEWEST:
            return f"B0 was measured {len(medians)} times; at least {FEWEST} are needed to see drift"
        third = len(medians) // 3
        first, last = statistics.median(medians[:third]), statistics.median(medians[-third:])
        moved = abs(last / first - 1)
        if moved > MOST:
            moves = f"({first * 1e3:.3f} ms) to the last ({last * 1e3:.3f} ms)"
            return f"B0 moved by {moved:.0%} from the first third of the measurement {moves}; {MOST:.0%} are allowed"
        middle = statistics.median(medians)
        apart = max(quantile(medians, 0.9) / middle - 1, 1 - quantile(medians, 0.1) / middle)
        if apart > MOST:
            return f"B0's rounds lie up to {apart:.0%} from their median (p10, p90); {MOST:.0%} are allowed"
        return ""

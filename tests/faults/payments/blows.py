"""`kill -9` of one process at a time, at random, until told to stop."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.faults.payments.stage import Stage

WEIGHTS = {"worker": 30, "gateway": 25, "api": 15, "postgres": 15, "temporal": 15}


@dataclass
class Blows:
    """Who was killed, how often."""

    stage: Stage
    seed: int
    every: tuple[float, float]
    """Seconds between two kills, at least and at most."""
    kills: Counter[str] = field(default_factory=Counter[str])

    async def fall(self) -> None:
        """Kill until cancelled."""
        dice = Random(f"{self.seed}/kills")  # noqa: S311  repeatable on purpose
        while True:
            await asyncio.sleep(dice.uniform(*self.every))
            (victim,) = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))
            self.kill(victim)

    def kill(self, victim: str) -> bool:
        """Kill this one, if it runs."""
        struck = self.stage.till.kill() if victim == "gateway" else self.stage.desk.kill(victim)
        self.kills[victim] += struck
        return struck

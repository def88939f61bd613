"""All blows together: kills at a steady rate, PostgreSQL that flickers, and links, pauses and disks on the side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from tests.faults.blows import breaking_links, everything, filling_disk, flickering, killing, pausing, worker_away
from tests.faults.blows.scene import Blow, Scene

KILLS: tuple[tuple[Blow, int], ...] = ((killing.one, 82), (killing.two, 10), (killing.recovering, 8))
ASIDE: tuple[tuple[Blow, int], ...] = (
    (pausing.pause, 4),
    (breaking_links.break_link, 7),
    (filling_disk.fill_disk, 1),
)
ASIDE_EVERY = (0.5, 6.0)
"""Seconds between two blows on the side."""
BURST, GAP = (3, 7), (0.1, 1.2)
"""Kills come in bursts of so many, so many seconds apart; the rest of their time is calm, so that stories go on."""
REST, STEPS, RECOVERY = 1.0, 8, 12.0
"""After a burst: so many steps have to be accepted, or so many seconds (the last) to pass, and then so many (the first)
of calm, however far behind the storm is. A desk that never stands has no stories in which anything could be lost."""
OVERTIME = 1.6
"""How much longer than agreed a storm may take before it ends with fewer kills than asked for."""


@dataclass
class Storm:
    """So many kills spread over so many seconds; everything `alls` times, the worker away `aways` times."""

    scene: Scene
    kills: int
    seconds: float
    alls: int
    aways: int

    async def blow(self) -> bool:
        """Strike until the kills are done; false if time ran out before."""
        aside = [asyncio.create_task(work, name=name) for name, work in self._aside().items()]
        try:
            return await self._kill_all()
        finally:
            for task in aside:
                task.cancel()
            for task in aside:
                with suppress(asyncio.CancelledError):
                    await task

    async def _kill_all(self) -> bool:
        scene, begun = self.scene, time.monotonic()
        due, special = begun, self._special()
        while scene.tally.killed < self.kills:
            if time.monotonic() - begun > self.seconds * OVERTIME:
                return False
            if special and scene.tally.killed >= special[0][0]:
                async with scene.alone:
                    await special.pop(0)[1](scene)
            before = scene.tally.killed
            await self._burst(min(scene.dice.randint(*BURST), self.kills - before))
            due += (scene.tally.killed - before) * self.seconds / self.kills
            risen = scene.tally.steps + STEPS
            await scene.until(lambda risen=risen: scene.tally.steps >= risen, RECOVERY)
            await asyncio.sleep(max(REST, due - time.monotonic()))
        for _, blow in special:
            async with scene.alone:
                await blow(scene)
        return True

    async def _burst(self, kills: int) -> None:
        blows, weights = zip(*KILLS, strict=True)
        for _ in range(kills):
            await self.scene.dice.choices(blows, weights)[0](self.scene)
            await asyncio.sleep(self.scene.dice.uniform(*GAP))

    def _special(self) -> list[tuple[int, Blow]]:
        """After how many kills everything is killed, or the worker taken away: evenly spread."""
        alls = [(int(self.kills * (n + 0.5) / self.alls), everything.everything) for n in range(self.alls)]
        aways = [(int(self.kills * (n + 0.5) / self.aways), worker_away.worker_away) for n in range(self.aways)]
        return sorted([*alls, *aways], key=lambda each: each[0])

    def _aside(self) -> dict[str, Coroutine[object, object, None]]:
        return {"aside": self._strike_aside(), "flicker": self._flicker()}

    async def _strike_aside(self) -> None:
        scene = self._with_dice("aside")
        blows, weights = zip(*ASIDE, strict=True)
        while True:
            await asyncio.sleep(scene.dice.uniform(*ASIDE_EVERY))
            async with scene.alone:
                await scene.dice.choices(blows, weights)[0](scene)

    async def _flicker(self) -> None:
        scene = self._with_dice("flicker")
        while True:
            await asyncio.sleep(scene.dice.uniform(*flickering.APART))
            async with scene.alone:
                await flickering.flicker(scene)

    def _with_dice(self, stream: str) -> Scene:
        """The same scene with dice of its own, so that one stream of blows does not change another's."""
        one = self.scene
        dice = Random(f"{one.crowd.seed}/{stream}")  # noqa: S311  repeatable on purpose
        return Scene(one.desk, one.crowd, one.links, one.log, dice, one.photos, one.alone)

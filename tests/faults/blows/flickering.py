"""PostgreSQL down for 0 to 2 s, again and again, 5 to 40 s apart; some of it falls into recovery."""

from __future__ import annotations

import asyncio
import time
from signal import SIGCONT, SIGSTOP

from tests.faults.blows.scene import Scene

DOWN = (0.0, 2.0)
APART = (5.0, 40.0)


async def flicker(scene: Scene) -> None:
    """Kill PostgreSQL and hold the supervisor still meanwhile, so that it is really down for as long as drawn."""
    supervisor, began = scene.desk.record.supervisor, time.time()
    if supervisor is None or not supervisor.alive():
        return
    seconds = scene.dice.uniform(*DOWN)
    supervisor.signal(SIGSTOP)
    try:
        if scene.desk.kill("postgres"):
            await asyncio.sleep(seconds)
            scene.tally.kills["postgres"] += 1
            scene.note("kill and hold down", victims=["postgres"], at=began, seconds=seconds)
    finally:
        supervisor.signal(SIGCONT)

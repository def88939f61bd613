"""`kill -9`: of one process, of two at once, of one that is just coming back."""

from __future__ import annotations

import asyncio
import time

from tests.faults.blows.scene import VICTIMS, Scene

WEIGHTS = {"api": 34, "worker": 34, "temporal": 14, "postgres": 18}
"""How often each of the victims; the quicker a process is back, the oftener it is struck."""
PATIENCE = 30.0
"""Seconds to wait for a victim; one that is not there cannot be killed."""
MOST, RECOVERY = 3, 8.0
"""So many of the four have to answer before the next kill; it falls all the same after so many seconds."""


async def one(scene: Scene) -> None:
    """Kill one of the processes that answer now; not before most of the desk stands, or nothing would ever stand."""
    await scene.until(lambda: len(_standing(scene)) >= MOST, RECOVERY)
    standing = _standing(scene)
    if standing:
        _strike(scene, "kill", scene.dice.choices(standing, [WEIGHTS[name] for name in standing]))


async def two(scene: Scene) -> None:
    """Kill any two in the same instant."""
    if await scene.until(lambda: len(_standing(scene)) >= MOST, RECOVERY):
        _strike(scene, "kill two", scene.dice.sample(_standing(scene), 2))


async def recovering(scene: Scene) -> None:
    """Kill a process, and kill it again while it comes back, once or twice."""
    victim = scene.dice.choice(("postgres", "postgres", "temporal", "worker", "api"))
    struck = await kill(scene, victim)
    for _ in range(scene.dice.randint(1, 2) if struck else 0):
        if not await scene.until(lambda: scene.desk.process(victim) is not None, PATIENCE):
            return
        await asyncio.sleep(scene.dice.uniform(0.0, 0.6))
        _strike(scene, "kill while it recovers", [victim])


async def kill(scene: Scene, victim: str) -> bool:
    """Kill this process once it answers; false if it never did."""
    return await scene.until(lambda: scene.up(victim), PATIENCE) and _strike(scene, "kill", [victim])


def _standing(scene: Scene) -> list[str]:
    return [name for name in VICTIMS if scene.up(name)]


def _strike(scene: Scene, blow: str, victims: list[str]) -> bool:
    at = time.time()
    struck = [name for name in victims if scene.desk.kill(name)]
    if struck:
        scene.tally.kills.update(struck)
        scene.note(blow, victims=struck, at=at)
    return bool(struck)

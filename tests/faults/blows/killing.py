"""`kill -9`: of one process, of two at once, of one that is just coming back."""

from __future__ import annotations

import time

from tests.faults.blows.scene import VICTIMS, Scene

WEIGHTS = (34, 34, 14, 18)
"""How often each of the victims; the quicker a process is back, the oftener it is struck."""
PATIENCE = 30.0
"""Seconds to wait for a victim; one that is not there cannot be killed."""


async def one(scene: Scene) -> None:
    """Kill one process that runs."""
    await kill(scene, scene.dice.choices(VICTIMS, WEIGHTS)[0])


async def two(scene: Scene) -> None:
    """Kill any two in the same instant."""
    chosen = scene.dice.sample(VICTIMS, 2)
    if await scene.until(lambda: all(scene.up(name) for name in chosen), PATIENCE):
        begun = time.time()
        struck = [name for name in chosen if scene.desk.kill(name)]
        _count(scene, "kill two", struck, begun)


async def recovering(scene: Scene) -> None:
    """Kill a process, and kill it again while it comes back, once or twice."""
    victim = scene.dice.choice(("postgres", "postgres", "temporal", "worker", "api"))
    await kill(scene, victim)
    for _ in range(scene.dice.randint(1, 2)):
        gone = scene.desk.process(victim)
        begun = time.monotonic()
        if not await scene.until(lambda gone=gone: scene.desk.process(victim) not in {None, gone}, PATIENCE):
            return
        wait = begun + scene.dice.uniform(0.0, 0.6)
        await scene.until(lambda wait=wait: time.monotonic() > wait, 1.0)
        begun_at = time.time()
        if scene.desk.kill(victim):
            _count(scene, "kill while it recovers", [victim], begun_at)


async def kill(scene: Scene, victim: str) -> bool:
    """Kill this process once it answers; false if it never did."""
    if not await scene.until(lambda: scene.up(victim), PATIENCE):
        return False
    begun = time.time()
    if not scene.desk.kill(victim):
        return False
    _count(scene, "kill", [victim], begun)
    return True


def _count(scene: Scene, blow: str, victims: list[str], began: float) -> None:
    scene.tally.kills.update(victims)
    scene.note(blow, victims=victims, at=began)

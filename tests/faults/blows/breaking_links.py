"""A link is cut, slowed down by half a second a piece, or reset in the middle of answers."""

from __future__ import annotations

import asyncio
import time

from tests.faults.blows.link import Mood
from tests.faults.blows.scene import Scene

LENGTHS = {Mood.CUT: (0.1, 3.0), Mood.SLOW: (1.0, 4.0), Mood.RESET: (0.2, 2.0)}
"""Seconds that each mood lasts."""


async def break_link(scene: Scene) -> None:
    """Put one link into a mood for a while."""
    name = scene.dice.choice(sorted(scene.links))
    mood = scene.dice.choice((Mood.CUT, Mood.SLOW, Mood.RESET))
    await hold(scene, name, mood, scene.dice.uniform(*LENGTHS[mood]))


async def hold(scene: Scene, name: str, mood: Mood, seconds: float) -> None:
    """Put this link into this mood for so many seconds."""
    link, began = scene.links[name], time.time()
    link.turn(mood)
    try:
        await asyncio.sleep(seconds)
    finally:
        link.turn(Mood.OPEN)
    scene.note(f"link {mood.value}", link=name, at=began, seconds=seconds)

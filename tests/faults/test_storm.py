"""The storm in short: whole stories, a few kills of each kind, a link that breaks and a process that stands still."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.faults.blows import breaking_links, everything, filling_disk, flickering, killing, pausing
from tests.faults.blows.link import Mood
from tests.faults.blows.scene import VICTIMS, Scene
from tests.faults.ending import judged, quiesce
from tests.faults.load.crowd import at_work
from tests.faults.staging import staged

SEED = 4
CLIENTS = 6
STORIES_GO_ON = 60.0
"""Seconds within which steps have to be accepted again after a blow."""


async def _strike(scene: Scene, blow: Callable[[Scene], Awaitable[object]]) -> None:
    """Strike, and wait until the desk takes steps again."""
    await blow(scene)
    before = scene.tally.steps
    assert await scene.until(lambda: scene.tally.steps >= before + 3, STORIES_GO_ON), scene.tally.line()


@pytest.mark.timeout(300)
async def test_stories_under_blows_of_every_kind_break_no_law(scratch: Path) -> None:
    home = scratch / "storm"
    home.mkdir(mode=0o711)
    async with staged(home, SEED) as scene:
        async with at_work(scene.crowd, CLIENTS):
            assert await scene.until(lambda: scene.tally.steps >= 10, STORIES_GO_ON), scene.tally.line()
            for victim in VICTIMS:
                await _strike(scene, lambda scene, victim=victim: killing.kill(scene, victim))
            await _strike(scene, killing.two)
            await _strike(scene, flickering.flicker)
            for name, mood in zip(sorted(scene.links), (*Mood, *Mood)[1:], strict=False):
                await _strike(scene, lambda scene, name=name, mood=mood: breaking_links.hold(scene, name, mood, 0.5))
            await _strike(scene, pausing.pause)
            await _strike(scene, filling_disk.fill_disk)
            await _strike(scene, everything.everything)
        await quiesce(scene)
        verdict = await judged(scene)
    assert [str(violation) for violation in verdict.violations] == []
    assert dict(scene.tally.odd) == {}
    assert scene.tally.back_after, "nobody could open a case after everything was killed"
    assert all(link.carried for link in scene.links.values()), "a link that nothing passes cannot be broken"
    assert verdict.cases >= scene.tally.opens

"""After the storm: everything answers, what was set going has come back, and the judge is asked."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

from dotenv import dotenv_values
from temporalio.client import Client

from standalone.places import Places
from standalone.ports import LOOPBACK
from tests.faults.blows.link import Mood
from tests.faults.blows.scene import Scene
from tests.faults.judge import Evidence, Verdict, hear
from workflows.wire import WIRE

NAMESPACE = "redress"
CALM_WITHIN = 180.0
"""Seconds within which nothing is left to be mended."""


async def quiesce(scene: Scene) -> None:
    """Let everything through, wait until all is up and the register needs no mending any more.

    Raises:
        AssertionError: the desk does not come to rest; the text says what still moves.
    """
    for link in scene.links.values():
        link.turn(Mood.OPEN)
    assert await scene.ready(), f"not all is up: {scene.desk.record.entries}"
    by, quiet, said = time.monotonic() + CALM_WITHIN, 0, ""
    while quiet < 2:
        done = await asyncio.to_thread(scene.desk.redress, "mend")
        said = done.stdout.strip() + done.stderr.strip()
        quiet = quiet + 1 if done.returncode == 0 and re.match(r"0 rows mended", said) else 0
        assert time.monotonic() < by, f"`redress mend` finds no end: {said}"


async def judged(scene: Scene) -> Verdict:
    """Hear the judge on this desk.

    In a thread and loop of its own: the desk's links run in this one, and a judge who thinks for a minute would hold
    up what he is to judge.
    """
    return await asyncio.to_thread(lambda: asyncio.run(_heard(scene)))


async def _heard(scene: Scene) -> Verdict:
    client = await Client.connect(
        f"{LOOPBACK}:{scene.desk.port('REDRESS_TEMPORAL_PORT')}",
        namespace=NAMESPACE,
        data_converter=WIRE,
    )
    evidence = Evidence(
        logs=scene.crowd.logs,
        client=client,
        database_url=_database_url(scene.desk.home),
        files=tuple(sorted((scene.desk.home / "log").glob("*.log*"))),
        canaries=tuple(dict.fromkeys(scene.crowd.canaries)),
    )
    return await hear(evidence)


def _database_url(home: Path) -> str:
    """Where the desk's register lies, as it notes it for its own commands."""
    address = dotenv_values(Places(home).addresses)["DATABASE_URL"]
    assert address
    return address

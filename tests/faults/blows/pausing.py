"""SIGSTOP and SIGCONT: a process that stands still for a while, as on a machine that swaps or sleeps."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from signal import SIGCONT, SIGSTOP

from standalone.identity import Identity, identify
from tests.faults.blows.scene import VICTIMS, Scene

SHORTEST, LONGEST = 0.2, 5.0


async def pause(scene: Scene) -> None:
    """Stop one process, of PostgreSQL with all its sessions, for 0.2 to 5 s."""
    victim = scene.dice.choice(VICTIMS)
    process = scene.desk.process(victim)
    if process is None:
        return
    family = _family(process) if victim == "postgres" else [process]
    seconds = scene.dice.uniform(SHORTEST, LONGEST)
    began = time.time()
    for each in family:
        each.signal(SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        for each in family:
            each.signal(SIGCONT)
    scene.note("pause", victims=[victim], at=began, seconds=seconds)


def _family(parent: Identity) -> list[Identity]:
    """A process and its children; PostgreSQL has one for each session."""
    found = [parent]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        child = identify(int(stat.parent.name)) if int(after_name[1]) == parent.pid else None
        if child is not None:
            found.append(child)
    return found

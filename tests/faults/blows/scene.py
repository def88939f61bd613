"""What a blow works with: the desk, the links, the dice, and where to write down what was done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from standalone.record import State
from tests.faults.blows.link import Link
from tests.faults.client_log import ClientLog
from tests.faults.load.crowd import Crowd
from tests.faults.load.tally import Tally
from tests.faults.machine import Machine

VICTIMS = ("api", "worker", "temporal", "postgres")


@dataclass
class Scene:
    """One run. `links` by name; `photos` is the small file system of the photos, None where none could be made."""

    desk: Machine
    crowd: Crowd
    links: Mapping[str, Link]
    log: ClientLog
    dice: Random
    photos: Path | None
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by a blow that measures something, and by those that would spoil the measure."""

    @property
    def tally(self) -> Tally:
        """The figures of the run."""
        return self.crowd.tally

    def note(self, blow: str, **facts: object) -> None:
        """Write down that a blow fell, for the judge and for the reader."""
        self.tally.struck[blow] += 1
        self.log.noted(blow, **facts)

    def up(self, name: str) -> bool:
        """Whether the process runs and answers, by the supervisor's record."""
        entry = self.desk.record.entries.get(name)
        return entry is not None and entry.state is State.UP and self.desk.process(name) is not None

    async def until(self, true: Callable[[], bool], within: float) -> bool:
        """Wait until something is so; false if it is not within so many seconds."""
        by = time.monotonic() + within
        while not true():
            if time.monotonic() > by:
                return False
            await asyncio.sleep(0.02)
        return True

    async def ready(self, within: float = 120.0) -> bool:
        """Wait until the supervisor says that everything answers."""
        return await self.until(lambda: self.desk.record.running and self.desk.record.ready, within)


Blow = Callable[[Scene], Awaitable[None]]
"""One kind of blow, struck once; returns when the desk may be struck again, not when it has recovered."""

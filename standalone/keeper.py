"""Keeps one part up: waits for what it needs, starts it, and starts it again when it ends."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from standalone.child import Child, describe_exit, start
from standalone.parts import Errand, NotNow, Part, Service
from standalone.record import Record, State

SHORTEST, LONGEST = 0.2, 5.0
"""Seconds between two starts: doubled each time, from the first to the second. A start costs a second of one core, and
whoever mends what stood in the way should not have to wait much longer for the desk than that."""
HEALTHY = 3.0
"""Seconds after its first answer from which a process counts as having been up: its next restart is immediate again.
What slows down is a process that does not come up; one that worked and was killed has done nothing to wait for."""
LOOK = 0.05
"""Seconds between two looks whether it answers."""


@dataclass
class Keeper:
    """One part and its present process."""

    part: Part
    record: Record
    ready: Mapping[str, asyncio.Event]
    child: Child | None = None
    pause: float = SHORTEST
    _up_since: float = field(default=0.0)

    async def keep(self) -> None:
        """Bring the part up and keep it so, until cancelled."""
        for needed in self.part.needs:
            await self.ready[needed].wait()
        match self.part:
            case Errand() as errand:
                await self._do(errand)
            case Service() as service:
                while True:
                    why = await self._live(service)
                    self.ready[service.name].clear()
                    await self._rest(why)
            case _:
                raise TypeError(f"{self.part.name} is neither a service nor an errand")

    async def stop(self) -> None:
        """End the process, if there is one."""
        began = time.monotonic()
        if self.child is not None and not self.child.ended:
            await self.child.stop()
            say(f"{self.part.name} stopped after {time.monotonic() - began:.1f} s")
        self.record.change(self.part.name, State.STOPPED, pid=0, began="")

    async def _do(self, errand: Errand) -> None:
        while True:
            self.record.change(errand.name, State.STARTING, address=errand.address)
            try:
                found = await errand.run()
            except NotNow as reason:
                await self._rest(str(reason))
                continue
            except Exception as fault:  # noqa: BLE001  told in the log; one part must not end the others
                await self._rest(_own_fault("did this", fault))
                continue
            self.record.change(errand.name, State.DONE, why=found)
            self.ready[errand.name].set()
            return

    async def _live(self, service: Service) -> str:
        """One life of the process; gives the reason why it ended."""
        self.record.change(service.name, State.STARTING, pid=0, began="", ran=False, address=service.address)
        try:
            program = await service.program()
            self.child = await start(program)
        except (NotNow, OSError, TimeoutError) as reason:
            return str(reason) or type(reason).__name__
        except Exception as fault:  # noqa: BLE001  told in the log; one part that cannot be prepared must not end the others
            return _own_fault("prepared it", fault)
        identity = self.child.identity
        if identity is not None:
            self.record.change(service.name, State.STARTING, pid=identity.pid, began=identity.began, ran=True)
        try:
            trouble = await self._until_ready(service, self.child)
        except NotNow as reason:
            trouble = str(reason)
        except Exception as fault:  # noqa: BLE001  told in the log; one part that cannot be asked must not end the others
            trouble = _own_fault("asked", fault)
        if trouble:
            await self.child.stop()
            return trouble
        self._up_since = time.monotonic()
        self.record.change(service.name, State.UP)
        self.ready[service.name].set()
        return describe_exit(await self.child.process.wait())

    async def _until_ready(self, service: Service, child: Child) -> str:
        until = time.monotonic() + service.readiness
        while not child.ended:
            if await service.answers(child):
                await service.settle_in()
                return ""
            if time.monotonic() > until:
                return f"it ran but did not answer within {service.readiness:.0f} s"
            await asyncio.sleep(LOOK)
        return f"{describe_exit(child.process.returncode or 0)} before it was ready"

    async def _rest(self, why: str) -> None:
        if self._up_since and time.monotonic() - self._up_since > HEALTHY:
            self.pause = SHORTEST
        self._up_since = 0.0
        restarts = self.record.entries[self.part.name].restarts + 1
        self.record.change(self.part.name, State.RESTARTING, restarts=restarts, why=why, pid=0, began="")
        say(f"{self.part.name}: {why}; starting it again in {self.pause:.1f} s (restart {restarts})")
        excused = await self._until_needed_are_back()
        await asyncio.sleep(self.pause)
        self.pause = self.pause if excused else min(LONGEST, self.pause * 2)

    async def _until_needed_are_back(self) -> bool:
        """Wait a while for what it needs, which may be why it ended; true if that was away."""
        away = [self.ready[needed] for needed in self.part.needs if not self.ready[needed].is_set()]
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                for each in away:
                    await each.wait()
        return bool(away)


def _own_fault(did: str, fault: Exception) -> str:
    return f"a fault in the supervisor while it {did}: {fault!r}"


def say(line: str) -> None:
    """One line in the supervisor's log, with the time in UTC."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    print(f"{stamp} {line}", flush=True)  # noqa: T201 - our output is the log file

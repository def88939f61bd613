"""The background process that keeps the desk up: ``python -m standalone.supervisor``.

Its children are tethered to it, so they end when it does, even by ``kill -9``. What it does is in
``log/supervisor.log``, how its children stand in ``run/processes.json``.
"""

import asyncio
import signal
import sys
from contextlib import suppress

from settings import SettingsError
from standalone.account import AccountError
from standalone.keeper import Keeper, say
from standalone.log_files import keep_logs_small
from standalone.plan import Plan, plan
from standalone.record import Entry, Record, held
from standalone.temporal_build import BuildError

LOCKED = 3
"""Exit code if another supervisor already keeps this home."""


async def supervise(prepared: Plan) -> None:
    """Keep every part up until SIGTERM or SIGINT, then stop them in order."""
    record = Record(prepared.places.record)
    record.entries = {part.name: Entry(part.name, address=part.address) for part in prepared.parts}
    record.write()
    ready = {part.name: asyncio.Event() for part in prepared.parts}
    keepers = [Keeper(part, record, ready) for part in prepared.parts]
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    tasks: set[asyncio.Task[object]] = {asyncio.create_task(one.keep(), name=one.part.name) for one in keepers}
    tasks.add(asyncio.create_task(keep_logs_small(prepared.places.logs), name="logs"))
    tasks.add(asyncio.create_task(stopping.wait(), name="end"))
    say("starting " + ", ".join(part.name for part in reversed(prepared.parts)))
    while not stopping.is_set():
        ended, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            if task.exception() is not None:
                say(f"a fault in the supervisor itself ({task.get_name()}): {task.exception()!r}; stopping everything")
                stopping.set()
    await _stop(keepers, tasks)


async def _stop(keepers: list[Keeper], tasks: set[asyncio.Task[object]]) -> None:
    say("stopping")
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
    for keeper in keepers:
        await keeper.stop()
    say("stopped")


def main() -> int:
    """Take the lock and supervise. Exit code 3 if another supervisor keeps this home."""
    try:
        prepared = plan()
    except (SettingsError, BuildError, AccountError) as problem:
        say(str(problem))
        return 2
    try:
        with held(prepared.places.supervisor_lock, wait=False):
            asyncio.run(supervise(prepared))
    except BlockingIOError:
        say("another supervisor already keeps this home")
        return LOCKED
    return 0


if __name__ == "__main__":
    sys.exit(main())

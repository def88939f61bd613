"""B1, the yardstick: a workflow that does nothing, on a worker with the SDK's own defaults, in a process of its own."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import dataclass

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import Worker

QUEUE = "bench-bare"


@dataclass(frozen=True)
class Nudge:
    """A small message."""

    number: int
    words: str


@dataclass(frozen=True)
class Nudged:
    """A small answer."""

    number: int


@workflow.defn
class Bare:
    """Waits for ever and answers."""

    @workflow.run
    async def run(self, begin: Nudge) -> None:
        """Live until terminated."""
        del begin
        await workflow.wait_condition(lambda: False)

    @workflow.update
    def nudge(self, nudge: Nudge) -> Nudged:
        """Do nothing and say so."""
        return Nudged(nudge.number)


async def main(address: str, namespace: str) -> None:
    """Work until told to end."""
    client = await Client.connect(address, namespace=namespace)
    told_to_end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_end.set)
    async with Worker(client, task_queue=QUEUE, workflows=[Bare]):
        print("working", flush=True)
        await told_to_end.wait()
    await asyncio.sleep(0.25)  # a thread of the SDK may otherwise touch the interpreter while it goes down


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))

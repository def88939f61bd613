"""The measuring stand: a desk, the yardsticks beside it on the same servers, and the player that asks them all."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

from bench.desk import BenchDesk, running_desk
from bench.drift import GUARDS, Drift
from bench.size import Size
from bench.web import Web
from db.driver import DriverConnection, connect
from settings import CHECKOUT
from standalone.connection import EMBEDDED
from standalone.ports import free_ports
from standalone.postgres_session import session
from tests.adapters.mail_server import LetterBox, serving
from workflows.wire import WIRE

CASES = "cases"
"""The desk's task queue."""
ORDER_WITHIN = 1000.0
"""Seconds one order to the player may take."""
READY_WITHIN = 30.0
QUIET_FOR, QUIET_WITHIN = 0.6, 120.0
"""Seconds without a new history node that count as quiet, and how long to wait for them."""


class Failed(Exception):  # noqa: N818  what the stand met
    """A measurement could not be made; the text says at what."""


@dataclass(frozen=True)
class Played:
    """What the player reports: its answer, most often each request's seconds; wall and CPU seconds of the whole."""

    answer: list[Any]
    wall: float
    cpu: float
    put_off: int
    """How often the desk said "later"."""
    touched: list[str]
    """The workflows that got a message."""

    @property
    def seconds(self) -> list[float]:
        """Seconds of each request."""
        return self.answer

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.wall

    @property
    def busy(self) -> float:
        """The share of one core that the player itself took."""
        return self.cpu / self.wall


@dataclass(frozen=True)
class Player:
    """One process of the load generator."""

    process: asyncio.subprocess.Process

    async def play(self, what: str, **order: object) -> Played:
        """Have it play something.

        Raises:
            Failed: it met an answer that the measurement cannot use.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"play": what, **order}).encode() + b"\n")
        line = await asyncio.wait_for(self.process.stdout.readline(), ORDER_WITHIN)
        if not line:
            raise Failed(f"the player ended while it played {what}")
        told = json.loads(line)
        if "problem" in told:
            raise Failed(f"{what}: {told['problem']}")
        return Played(**told)


@dataclass
class Stand:
    """Everything that is running. `drift` collects B0 over one measurement."""

    desk: BenchDesk
    letters: LetterBox
    player: Player
    setup: dict[str, Any]
    client: Client
    bare: asyncio.subprocess.Process
    histories: DriverConnection
    drift: Drift = field(default_factory=Drift)

    async def play(self, what: str, **order: object) -> Played:
        """Have the first player play something. Raises Failed as `Player.play`."""
        return await self.player.play(what, **order)

    async def restart_bare_worker(self) -> None:
        """`kill -9` B1's worker and start another at once."""
        self.bare.kill()
        await self.bare.wait()
        self.bare = await _bare_worker(self.desk)

    async def quiet(self, within: float = QUIET_WITHIN) -> None:
        """Wait until the workflows have done what they were about: no task waits, and no history has grown for a while.

        within: seconds; a crowd that was just opened has letters to send and first tasks to live through.

        Raises:
            Failed: they go on and on.
        """
        until = time.monotonic() + within
        seen, since = -1, 0.0
        while since < QUIET_FOR:
            if time.monotonic() > until:
                raise Failed(f"the workflows were not done within {within:.0f} s")
            await asyncio.sleep(0.15)
            now = await self.nodes()
            seen, since = (now, since + 0.15) if now == seen and not await self.waiting() else (now, 0.0)

    async def nodes(self) -> int:
        """How many history nodes Temporal has written: one for each workflow mutation that added events."""
        return int(str(await self.histories.fetchval("SELECT count(*) FROM history_node")))

    async def waiting(self) -> int:
        """How many tasks of the desk's cases wait in Temporal for the worker, as the server counts them."""
        asked = (
            DescribeTaskQueueRequest(
                namespace=self.client.namespace,
                task_queue=TaskQueue(name=CASES),
                task_queue_type=kind,
                report_stats=True,
            )
            for kind in (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
        )
        told = await asyncio.gather(*(self.client.workflow_service.describe_task_queue(one) for one in asked))
        return sum(one.stats.approximate_backlog_count for one in told)

    async def guard(self, size: Size, rounds: int = 1) -> None:
        """Measure B0 so many times more."""
        for _ in range(rounds):
            self.drift.rounds.add((await self.play("commit_rows", count=size.commits, pause=size.commit_pause)).seconds)

    async def begin_anew(self, size: Size) -> None:
        """Measure B0 until it stands still, for so long at most as `size` says, and let the drift begin from there.

        What the machine did before, and how it calmed down, bends nothing of what is measured afterwards. If it does
        not calm down, that is measured all the same, and the guard judges it.
        """
        begun = time.monotonic()
        self.drift = Drift()
        while not self.drift.still and time.monotonic() < begun + size.calming_within:
            await self.guard(size)
        stands = "stands still" if self.drift.still else "does not stand still"
        print(f"    B0 {stands} after {time.monotonic() - begun:.0f} s", flush=True)
        self.drift = Drift()
        await self.guard(size, GUARDS)


@asynccontextmanager
async def standing(home: Path) -> AsyncGenerator[Stand]:
    """Set everything up, and take it down at the end."""
    box = LetterBox()
    async with serving(box) as mail:
        with running_desk(home, REDRESS_SMTP_URL=f"smtp://127.0.0.1:{mail}", REDRESS_LOG_LEVEL="info") as desk:
            async with session(desk.database_url) as postgres:
                await postgres.execute("CREATE DATABASE bench")
            its_own = {"BENCH_DATABASE_URL": desk.database("bench")}
            async with web_server("bench.plain_app:create_app", its_own, home / "log" / "plain.log") as plain:
                setup = _setup(desk, plain)
                player = await _player(setup)
                client = await Client.connect(desk.temporal, namespace=desk.namespace, data_converter=WIRE)
                histories = await connect(desk.database("temporal"), timeout=10.0)
                stand = Stand(desk, box, player, setup, client, await _bare_worker(desk), histories)
                try:
                    yield stand
                finally:
                    await histories.close()
                    await _end(player.process)
                    await _end(stand.bare)


def _setup(desk: BenchDesk, plain: str) -> dict[str, Any]:
    return {
        "rows": desk.database("bench"),
        "temporal": desk.temporal,
        "namespace": desk.namespace,
        "api": desk.api,
        "plain": plain,
        "keys": dict(desk.keys),
    }


@asynccontextmanager
async def second_player(stand: Stand, **chosen: str) -> AsyncGenerator[Player]:
    """Another player, for what has to happen at the same time, or through another door (api=its address)."""
    player = await _player(stand.setup | chosen)
    try:
        yield player
    finally:
        await _end(player.process)


async def _bare_worker(desk: BenchDesk) -> asyncio.subprocess.Process:
    return await _start("-m", "bench.bare", desk.temporal, desk.namespace)


@asynccontextmanager
async def web_server(app: str, environment: Mapping[str, str], log: Path) -> AsyncGenerator[str]:
    """Serve an application with uvicorn as the desk's own is served; gives its address."""
    port = free_ports(1)[0]
    words = ("-m", "uvicorn", "--factory", app, "--no-access-log", "--log-level", "info", "--port", str(port))
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=CHECKOUT, env={**os.environ, **environment}, stdout=output, stderr=output
        )
    try:
        await _until_there(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        await _end(process)


@asynccontextmanager
async def another_door(desk: BenchDesk, app: str, **chosen: str) -> AsyncGenerator[str]:
    """Serve an application to the desk's cases beside its own API, with these settings besides; gives its address."""
    environment = {
        **desk.environment,
        "DATABASE_URL": desk.database_url,
        "TEMPORAL_ADDRESS": desk.temporal,
        "TEMPORAL_NAMESPACE": desk.namespace,
        EMBEDDED: "1",
        **chosen,
    }
    async with web_server(app, environment, desk.home / "log" / f"{app.partition(':')[0]}.log") as address:
        yield address


async def _player(setup: dict[str, Any]) -> Player:
    return Player(await _start("-m", "bench.playing", json.dumps(setup)))


async def _start(*words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        cwd=CHECKOUT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _until_there(address: str) -> None:
    web = Web(address)
    async with asyncio.timeout(READY_WITHIN):
        while True:
            try:
                await web.ask("GET", "/openapi.json")
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(0.1)
            else:
                break
    web.close()

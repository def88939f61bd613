"""The measuring stand: a desk, the yardsticks beside it on the same servers, and the player that asks them all."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.desk import BenchDesk, running_desk
from bench.drift import Drift
from bench.web import Web
from db.driver import DriverConnection, connect
from settings import CHECKOUT
from standalone.ports import free_ports
from standalone.postgres_session import session
from tests.adapters.mail_server import LetterBox, serving

ORDER_WITHIN = 600.0
"""Seconds one order to the player may take."""
READY_WITHIN = 30.0
QUIET_FOR, QUIET_WITHIN = 0.6, 120.0
"""Seconds without a new history node that count as quiet, and how long to wait for them."""


class Failed(Exception):  # noqa: N818  what the stand met
    """A measurement could not be made; the text says at what."""


@dataclass(frozen=True)
class Played:
    """What the player reports: seconds of each request, wall and CPU seconds of the whole order."""

    seconds: list[float]
    wall: float
    cpu: float
    put_off: int = 0
    """How often the desk said "later"."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.wall

    @property
    def busy(self) -> float:
        """The share of one core that the player itself took."""
        return self.cpu / self.wall


@dataclass
class Stand:
    """Everything that is running. `drift` collects B0 over the whole run."""

    desk: BenchDesk
    letters: LetterBox
    player: asyncio.subprocess.Process
    bare: asyncio.subprocess.Process
    histories: DriverConnection
    drift: Drift = field(default_factory=Drift)
    clients_busy: list[float] = field(default_factory=list[float])

    async def play(self, what: str, **order: object) -> Played:
        """Have the player play something.

        Raises:
            Failed: it met an answer that the measurement cannot use.
        """
        assert self.player.stdin is not None
        assert self.player.stdout is not None
        self.player.stdin.write(json.dumps({"play": what, **order}).encode() + b"\n")
        line = await asyncio.wait_for(self.player.stdout.readline(), ORDER_WITHIN)
        if not line:
            raise Failed(f"the player ended while it played {what}")
        told = json.loads(line)
        if "problem" in told:
            raise Failed(f"{what}: {told['problem']}")
        return Played(**told)

    async def quiet(self) -> None:
        """Wait until the workflows have done what they were about: no history has grown for a while."""
        async with asyncio.timeout(QUIET_WITHIN):
            seen, since = -1, 0.0
            while since < QUIET_FOR:
                await asyncio.sleep(0.15)
                now = await self.nodes()
                seen, since = (now, since + 0.15) if now == seen else (now, 0.0)

    async def nodes(self) -> int:
        """How many history nodes Temporal has written: one for each workflow mutation that added events."""
        return int(str(await self.histories.fetchval("SELECT count(*) FROM history_node")))

    async def guard(self, commits: int) -> None:
        """Measure B0 once more."""
        self.drift.rounds.add((await self.play("commit_rows", count=commits)).seconds)


@asynccontextmanager
async def standing(home: Path) -> AsyncGenerator[Stand]:
    """Set everything up, and take it down at the end."""
    box = LetterBox()
    async with serving(box) as mail:
        with running_desk(home, REDRESS_SMTP_URL=f"smtp://127.0.0.1:{mail}", REDRESS_LOG_LEVEL="info") as desk:
            async with session(desk.database_url) as postgres:
                await postgres.execute("CREATE DATABASE bench")
            plain_port = free_ports(1)[0]
            bare = await _start("-m", "bench.bare", desk.temporal, desk.namespace)
            plain = await _start(
                *("-m", "uvicorn", "--factory", "bench.plain_app:create_app", "--no-access-log"),
                *("--log-level", "warning", "--port", str(plain_port)),
                BENCH_DATABASE_URL=desk.database("bench"),
            )
            setup = {
                "rows": desk.database("bench"),
                "temporal": desk.temporal,
                "namespace": desk.namespace,
                "api": desk.api,
                "plain": f"http://127.0.0.1:{plain_port}",
                "keys": dict(desk.keys),
            }
            player = await _start("-m", "bench.player", json.dumps(setup))
            histories = await connect(desk.database("temporal"), timeout=10.0)
            try:
                await _until_there(f"http://127.0.0.1:{plain_port}")
                yield Stand(desk, box, player, bare, histories)
            finally:
                await histories.close()
                for process in (player, plain, bare):
                    await _end(process)


async def _start(*words: str, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        cwd=CHECKOUT,
        env={**os.environ, **environment},
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

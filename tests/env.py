"""The real parts that tests run against: the official Temporal server in memory and a PostgreSQL from the wheel.

One of each per test session, a namespace and a database per test. They are tethered to the test process, so they end
with it however it ends.
"""

import asyncio
import itertools
import logging
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from temporalio.client import Client, WorkflowHandle
from temporalio.converter import DataConverter
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from standalone.child import Child, Program, last_lines, start
from standalone.embedded_postgres import EmbeddedPostgres
from standalone.ports import LOOPBACK, free_ports
from standalone.temporal_build import ensure_binaries
from standalone.temporal_config import NAME, write_config_in_memory
from standalone.temporal_ready import TemporalError, ensure_namespace, until_serving
from workflows.wire import WIRE

LOG = logging.getLogger("tests.env")
CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
"""Seconds any single wait in a test may take before it counts as hanging."""

UNSAFE_AND_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
}
"""A test database need not survive a crash of the machine."""


class StartingError(RuntimeError):
    """A real part that the tests need did not start; the text holds the end of its log."""


class NamespaceClient(Protocol):
    """Makes a client in a fresh namespace; what it starts can be fast-forwarded."""

    async def __call__(self, data_converter: DataConverter = ..., **options: Any) -> Client: ...


@dataclass
class TemporalForTests:
    """One Temporal server in memory."""

    folder: Path
    address: str = ""
    child: Child | None = None
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def start(self) -> None:
        """Start it; a port that somebody took in between is replaced by another."""
        binaries = await asyncio.to_thread(ensure_binaries, LOG.info)
        log = self.folder / "temporal.log"
        for _ in range(5):
            port = free_ports(1)[0]
            write_config_in_memory(self.folder, f"tests_{uuid.uuid4().hex}", port)
            argv = (str(binaries.server), "--root", str(self.folder), "--config", ".", "--env", NAME, "start")
            child = await start(Program(argv=argv, folder=self.folder, log=log, patience=3.0))
            try:
                await until_serving(f"{LOOPBACK}:{port}", PATIENCE, still_running=lambda c=child: not c.ended)
            except TemporalError:
                await child.stop()
                continue
            self.address, self.child = f"{LOOPBACK}:{port}", child
            return
        raise StartingError(f"the Temporal server did not start:\n{last_lines(log)}")

    async def stop(self) -> None:
        """End it; it has nothing to lose, so it is not asked."""
        if self.child is not None:
            self.child.process.kill()
            await self.child.process.wait()

    async def client(self, data_converter: DataConverter = WIRE, **options: Any) -> Client:
        """A client in a namespace of its own, wrapped so that its workflows can be fast-forwarded."""
        namespace = options.pop("namespace", None) or f"test-{next(self.numbers)}"
        admin = await Client.connect(self.address)
        await ensure_namespace(admin, namespace)
        plain = await Client.connect(self.address, namespace=namespace, data_converter=data_converter, **options)
        return TimeSkipper(plain, config=TimeSkippingConfig(enabled=False)).client


@dataclass
class PostgresForTests:
    """One PostgreSQL, with a migrated template from which each test's database is cloned (about 30 ms)."""

    postgres: EmbeddedPostgres
    template: str = "migrated"
    child: Child | None = None
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def start(self) -> None:
        """Make the cluster and start it."""
        await self.postgres.make()
        self.child = await start(self.postgres.server())
        until = time.monotonic() + PATIENCE
        while not await self.postgres.answers():
            if self.child.ended or time.monotonic() > until:
                raise StartingError(f"PostgreSQL did not start:\n{last_lines(self.postgres.log)}")
            await asyncio.sleep(0.02)

    async def make_template(self) -> None:
        """Create the template with the project's own migrations."""
        await self.postgres.create_database(self.template)
        environment = {**os.environ, "DATABASE_URL": self.postgres.url(self.template)}
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "db.migrate"],
            cwd=CHECKOUT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise StartingError(f"the migrations failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")

    async def clone(self) -> str:
        """A fresh migrated database; gives its name."""
        name = f"test_{next(self.numbers)}"
        await self.postgres.create_database(name, template=self.template)
        return name

    async def stop(self) -> None:
        """End it."""
        if self.child is not None:
            await self.child.stop()


FastForward = Callable[..., Awaitable[bool]]


async def fast_forward(
    client: Client, handle: WorkflowHandle[Any, Any], by: timedelta | None, within: float = PATIENCE
) -> bool:
    """Move one workflow's clock; False if it closed first. TimeoutError after ``within`` real seconds.

    A parent that waits for a child does not skip: fast-forward the child by its own handle.
    """
    skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False))
    return await asyncio.wait_for(skipper.fast_forward(handle, by), within)

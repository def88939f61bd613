"""The desk itself: migrations, worker, API."""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from temporalio.service import RPCError

from settings import CHECKOUT, Settings
from standalone.child import Child, Program, describe_exit, last_lines, run
from standalone.connection import temporal_client
from standalone.parts import Errand, NotNow, Service
from standalone.places import Places
from standalone.temporal_ready import pollers
from standalone.web_probe import says_ok

MIGRATING = 600.0
"""Seconds the migrations may take."""
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - names what was chosen, binds nothing


@dataclass(frozen=True)
class Migrations(Errand):
    """Brings the tables up to date."""

    places: Places
    environment: Mapping[str, str] = field(repr=False)

    async def run(self) -> str:
        """Run the project's migrations to the newest version."""
        log = self.places.log("migrations")
        try:
            code = await run(
                Program((sys.executable, "-m", "db.migrate"), CHECKOUT, log, self.environment), within=MIGRATING
            )
        except TimeoutError as problem:
            raise NotNow(f"the migrations took longer than {MIGRATING:.0f} s") from problem
        if code != 0:
            raise NotNow(f"the migrations: {describe_exit(code)}\n{last_lines(log)}")
        return ""


@dataclass(frozen=True)
class Worker(Service):
    """Runs workflows and activities."""

    settings: Settings
    places: Places
    environment: Mapping[str, str] = field(repr=False)

    async def program(self) -> Program:
        """``python worker.py``; it may take its time to finish what it has begun."""
        argv = (sys.executable, "worker.py")
        return Program(argv, CHECKOUT, self.places.log("worker"), self.environment, patience=30.0)

    async def answers(self, child: Child) -> bool:
        """True once Temporal has seen it ask for work."""
        client = await temporal_client(self.settings)
        try:
            asking = await pollers(client, client.namespace, self.settings.task_queue)
        except (RPCError, RuntimeError):
            return False
        # the queue remembers earlier workers for five minutes: only a question asked since this start counts
        return any(time.time() - age >= child.started for age in asking.values())


@dataclass(frozen=True)
class Api(Service):
    """FastAPI under uvicorn."""

    settings: Settings
    places: Places
    environment: Mapping[str, str] = field(repr=False)
    readiness: ClassVar[float] = 60.0

    @property
    def address(self) -> str:
        """Where people and programs reach it."""
        host = ANYWHERE.get(self.settings.api_host, self.settings.api_host)
        return f"http://{host}:{self.settings.api_port}"

    async def program(self) -> Program:
        """``uvicorn --factory api.app:serve_app``."""
        argv = (sys.executable, "-m", "uvicorn", "--factory", "api.app:serve_app", "--no-access-log")
        argv += ("--host", self.settings.api_host, "--port", str(self.settings.api_port))
        argv += ("--log-level", self.settings.log_level, "--timeout-graceful-shutdown", "10")
        return Program(argv, CHECKOUT, self.places.log("api"), self.environment, patience=20.0)

    async def answers(self, child: Child) -> bool:  # noqa: ARG002 - the port was free before
        """True once /readyz says so."""
        host = ANYWHERE.get(self.settings.api_host, self.settings.api_host)
        return await says_ok(host, self.settings.api_port, "/readyz")

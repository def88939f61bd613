"""Temporal: the embedded official server, or the operator's own."""

import asyncio
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from sqlalchemy.engine import make_url
from temporalio.service import RPCError

from settings import Settings
from standalone.child import Child, Program, describe_exit, last_lines, run
from standalone.connection import temporal_client
from standalone.parts import Errand, NotNow, Service
from standalone.places import Places
from standalone.ports import LOOPBACK
from standalone.postgres_session import UNREACHABLE, session
from standalone.temporal_build import Binaries
from standalone.temporal_config import NAME, MainStore, write_config
from standalone.temporal_ready import TemporalError, ensure_namespace, pollers, until_serving
from standalone.web_probe import says_ok

ROUTING_TRIES = 60
"""Questions until the server can hand out work; each takes between 0.1 s and some 10 s, which the SDK retries for."""
SCHEMA_STEP = 120.0
"""Seconds one step of the schema tool may take; it takes a tenth of one."""


@dataclass(frozen=True)
class TemporalService(Service):
    """The official server: records in PostgreSQL, lists in a SQLite file, loopback only."""

    settings: Settings
    places: Places
    binaries: Binaries
    readiness: ClassVar[float] = 90.0

    @property
    def address(self) -> str:
        """Host and port of the frontend."""
        return f"{LOOPBACK}:{self.settings.temporal_port}"

    async def program(self) -> Program:
        """Bring the schema up to date, write the configuration with fresh inner ports, start."""
        store = main_store(self.settings.database_url)
        await self._schema(store)
        write_config(
            self.places.temporal,
            store,
            _lists(self.places, store),
            self.settings.temporal_port,
            rehearsal=self.settings.rehearsal,
        )
        words = (str(self.binaries.server), "--root", str(self.places.temporal), "--config", ".", "--env", NAME)
        return Program((*words, "start"), self.places.temporal, self.places.log("temporal"), patience=20.0)

    async def answers(self, child: Child) -> bool:
        """True once it says SERVING."""
        try:
            await until_serving(self.address, 1.0, still_running=lambda: not child.ended)
        except TemporalError:
            return False
        return True

    async def settle_in(self) -> None:
        """Register the namespace, and wait until its services have found each other: SERVING is said before that."""
        await _namespace(self.settings)
        client = await temporal_client(self.settings)
        for _ in range(ROUTING_TRIES):
            try:
                await pollers(client, client.namespace, self.settings.task_queue)
            except (RPCError, RuntimeError):  # RuntimeError while the first connection fails, as when it was killed
                await asyncio.sleep(0.1)
            else:
                return
        raise NotNow("the Temporal server says SERVING but cannot hand out work")

    async def _schema(self, store: MainStore) -> None:
        if " " in store.password:
            raise NotNow("Temporal's server cannot use a database password with a space in it; change DATABASE_URL's")
        await _ensure_database(self.settings.database_url, store.database)
        await self._tool(store, "setup-schema", "-v", "0.0")
        await self._tool(store, "update-schema", "--schema-name", "postgresql/v12/temporal")

    async def _tool(self, store: MainStore, *words: str) -> None:
        unix = store.host.startswith("/")
        argv = [str(self.binaries.sql_tool), "--plugin", "postgres12_pgx", "--port", str(store.port)]
        argv += ["--ep", "localhost" if unix else store.host, "--user", store.user, "--db", store.database]
        argv += ["--ca", f"host={store.host}"] if unix else []
        argv += ["--tls", "--tls-disable-host-verification"] if store.tls else []
        log = self.places.log("temporal-schema")
        # the password goes by the environment: arguments are visible to every user of the machine
        environment = {**os.environ, "SQL_PASSWORD": store.password}
        code = await run(Program((*argv, *words), self.places.temporal, log, environment), SCHEMA_STEP)
        if code != 0:
            raise NotNow(f"Temporal's schema tool, {words[0]}: {describe_exit(code)}\n{last_lines(log)}")


def _lists(places: Places, store: MainStore) -> Path:
    """The SQLite file of the lists. Each store has its own, for a list must not name workflows of another store."""
    which = sha256(f"{store.host}:{store.port}/{store.database}".encode()).hexdigest()[:8]
    return places.temporal / f"visibility-{which}.sqlite"


@dataclass(frozen=True)
class OwnTemporal(Errand):
    """The operator's Temporal server, named in TEMPORAL_ADDRESS."""

    settings: Settings

    @property
    def address(self) -> str:
        """What the operator named."""
        return os.environ.get("TEMPORAL_ADDRESS", "")

    async def run(self) -> str:
        """See that it answers and has our namespace."""
        await _namespace(self.settings)
        return f"namespace {self.settings.temporal_namespace} of TEMPORAL_ADDRESS"


def main_store(database_url: str) -> MainStore:
    """Where Temporal's own database goes: the server of ``database_url``."""
    parts = make_url(database_url)
    socket = parts.query.get("host")
    ssl = parts.query.get("ssl") or parts.query.get("sslmode") or "disable"
    return MainStore(
        host=str(socket or parts.host or "localhost"),
        port=parts.port or 5432,
        user=parts.username or "postgres",
        password=str(parts.password or ""),
        tls=ssl in {"require", "verify-ca", "verify-full", "true"},
    )


async def _namespace(settings: Settings) -> None:
    try:
        client = await temporal_client(settings)
        await asyncio.wait_for(ensure_namespace(client, client.namespace), 30)
    except TemporalError as problem:
        raise NotNow(str(problem)) from problem
    except (RPCError, RuntimeError, TimeoutError) as problem:
        raise NotNow(f"Temporal does not answer: {str(problem).splitlines()[0][:200]}") from problem


async def _ensure_database(url: str, database: str) -> None:
    """Create the database unless it is there. NotNow if it is missing and we may not create it."""
    try:
        async with session(url) as postgres:
            if await postgres.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
                return
            mine = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            if not await postgres.fetchval(mine):
                raise NotNow(
                    f"the user of DATABASE_URL may not create the database {database!r}, which the Temporal server "
                    f"needs: ALTER ROLE ... CREATEDB, or CREATE DATABASE {database} OWNER that user, or name a "
                    "running Temporal server in TEMPORAL_ADDRESS"
                )
            await postgres.execute(f'CREATE DATABASE "{database}" TEMPLATE template0')
    except UNREACHABLE as problem:
        raise NotNow(f"the database cannot be reached ({type(problem).__name__})") from problem


@dataclass(frozen=True)
class TemporalUi(Service):
    """Temporal's web pages, for reading only."""

    settings: Settings
    places: Places
    binaries: Binaries

    @property
    def address(self) -> str:
        """Its first page."""
        return f"http://{LOOPBACK}:{self.settings.ui_port}"

    async def program(self) -> Program:
        """Write its configuration and start it."""
        folder = self.places.temporal / "ui"
        folder.mkdir(exist_ok=True)
        _write_ui_config(folder / "readonly.yaml", self.settings)
        words = (str(self.binaries.ui), "--root", str(folder), "--config", ".", "--env", "readonly", "start")
        return Program(words, folder, self.places.log("temporal-ui"), patience=5.0)

    async def answers(self, child: Child) -> bool:  # noqa: ARG002 - the port was free before
        """True once its health page says so."""
        return await says_ok(LOOPBACK, self.settings.ui_port, "/healthz")


def _write_ui_config(file: Path, settings: Settings) -> None:
    config = {
        "temporalGrpcAddress": f"{LOOPBACK}:{settings.temporal_port}",
        "host": LOOPBACK,
        "port": settings.ui_port,
        "enableUi": True,
        "defaultNamespace": settings.temporal_namespace,
        "disableNewsFetch": True,
        "disableWriteActions": True,  # refused by its server too, not only greyed out
        "hideLogs": True,
        "cors": {"cookieInsecure": True, "allowOrigins": [f"http://{LOOPBACK}:{settings.ui_port}"]},
    }
    file.write_text(json.dumps(config, indent=1))

"""A PostgreSQL of our own: made from the wheel's programs, reached through a socket that only its owner can open."""

import hashlib
import os
import re
import shutil
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import asyncpg

from standalone.account import Account, account_for_postgres
from standalone.child import Program, describe_exit, last_lines, run
from standalone.identity import Identity, identify
from standalone.postgres_programs import postgres_programs
from standalone.postgres_session import UNREACHABLE, session

OWNER = "redress"
"""The database role that owns everything; trusted on the socket, which only the server's account and root can open."""
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 100
"""Characters; the kernel takes 107, and PostgreSQL adds a lock file's ending."""
MAKING = 120.0
"""Seconds a first initdb may take on a slow disk; it takes one."""


class PostgresError(Exception):
    """The embedded PostgreSQL cannot be made or started; the text says why."""


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One PostgreSQL with its data and socket below ``folder``."""

    folder: Path
    log: Path
    account: Account | None = field(default_factory=account_for_postgres)
    options: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def data(self) -> Path:
        """The cluster's data folder."""
        return self.folder / "data"

    @property
    def socket_folder(self) -> Path:
        """Where the socket lies: beside the data, or in the temporary folder where that path would be too long."""
        near = self.folder / "socket"
        if len(str(near / SOCKET_NAME)) <= LONGEST_SOCKET:
            return near
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path("/tmp") / f"redress-{os.geteuid()}-{name}"  # noqa: S108 - made with mode 0700 and checked below

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        return f"postgresql+asyncpg://{OWNER}@/{database}?host={quote(str(self.socket_folder), safe='/')}"

    async def make(self) -> None:
        """Make the cluster if there is none yet. An interrupted making starts afresh. PostgresError if it fails."""
        self._own(self.folder)
        self._own(self.socket_folder)
        if (self.data / "PG_VERSION").is_file():
            return
        draft = self.folder / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        program = self._program(
            "initdb",
            *("-D", str(draft), "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            # sorted by code point by PostgreSQL itself: no upgrade of the machine's C library can disorder an index
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        )
        code = await run(program, within=MAKING)
        if code != 0:
            raise PostgresError(f"initdb: {describe_exit(code)}; the end of {self.log}:\n{last_lines(self.log)}")
        draft.rename(self.data)

    def server(self) -> Program:
        """How to run the server. Call ``clear_remains`` first."""
        options = {"listen_addresses": "", "max_connections": "200", **self.options}
        settings = (word for name, value in options.items() for word in ("-c", f"{name}={value}"))
        return self._program("postgres", "-D", str(self.data), "-k", str(self.socket_folder), *settings)

    def clear_remains(self) -> None:
        """End what an earlier server left running on this data, and drop its lock if its pid now means a stranger."""
        started = time.monotonic()
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            postmaster = self._postmaster()
            if postmaster is not None:
                postmaster.end(number, patience=10.0)
            while self._at_work() and time.monotonic() - started < 10.0:  # noqa: PLR2004 - orphans leave within a second
                time.sleep(0.05)
            if not self._at_work():
                break
            for orphan in self._at_work():
                orphan.signal(number)
        if Path("/proc/self/cwd").exists() and not self._at_work():
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket_folder / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)

    async def answers(self) -> bool:
        """True once it accepts connections."""
        try:
            async with session(self.url("postgres")):
                return True
        except UNREACHABLE:
            return False

    async def create_database(self, name: str, template: str = "template0") -> None:
        """Create a database unless it exists."""
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", name + template):
            raise ValueError("a database is named in small letters, digits and underscores")
        async with session(self.url("postgres")) as postgres:
            try:
                await postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
                return

    async def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        async with session(self.url("postgres")) as postgres:
            await postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _program(self, name: str, *arguments: str) -> Program:
        version = self.data / "PG_VERSION"
        programs = postgres_programs(self.account, version.read_text().strip() if version.is_file() else "18")
        return Program(
            argv=(str(programs / name), *arguments),
            folder=self.folder,
            log=self.log,
            environment={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
            ending=signal.SIGINT,  # "fast": sessions are ended, nothing is lost
            patience=20.0,
            account=self.account,
        )

    def _own(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.account is not None:
            os.chown(folder, self.account.uid, self.account.gid)
        elif folder.stat().st_uid != os.geteuid():
            raise PostgresError(f"{folder} belongs to somebody else; remove it or set REDRESS_HOME to a shorter path.")
        folder.chmod(0o700)

    def _postmaster(self) -> Identity | None:
        note = self.data / "postmaster.pid"
        if not note.is_file():
            return None
        first = note.read_text().splitlines()[:1]
        noted = int(first[0]) if first and first[0].isdigit() else 0
        return next((one for one in self._at_work() if one.pid == noted), None)

    def _at_work(self) -> list[Identity]:
        """Every process whose working folder is this data: PostgreSQL's processes, and nobody else."""
        found: list[Identity] = []
        for entry in Path("/proc").glob("[0-9]*/cwd"):
            try:
                here = entry.readlink() == self.data.resolve()
            except OSError:
                continue  # another user's process, or one that just ended
            identity = identify(int(entry.parent.name)) if here else None
            if identity is not None:
                found.append(identity)
        return found

"""PostgreSQL: the embedded one, or the operator's own."""

from dataclasses import dataclass
from typing import ClassVar

from standalone.child import Child, Program
from standalone.embedded_postgres import EmbeddedPostgres, PostgresError
from standalone.parts import Errand, NotNow, Service
from standalone.postgres_programs import ProgramsError
from standalone.postgres_session import UNREACHABLE, session

DATABASE = "redress"


@dataclass(frozen=True)
class PostgresService(Service):
    """The embedded PostgreSQL, with the database ``redress``."""

    server: EmbeddedPostgres
    readiness: ClassVar[float] = 300.0
    """Recovery after a crash reads the log back; on a large, busy database that may take minutes."""

    @property
    def address(self) -> str:
        """The socket's folder."""
        return str(self.server.socket_folder)

    async def program(self) -> Program:
        """Make the data if there is none, clear what an earlier server left, and start."""
        try:
            await self.server.make()
            self.server.clear_remains()
            return self.server.server()
        except (PostgresError, ProgramsError) as problem:
            raise NotNow(str(problem)) from problem

    async def answers(self, child: Child) -> bool:  # noqa: ARG002 - the socket is ours alone
        """True once it accepts connections."""
        return await self.server.answers()

    async def settle_in(self) -> None:
        """Create the database."""
        await self.server.create_database(DATABASE)


@dataclass(frozen=True)
class OwnPostgres(Errand):
    """The operator's PostgreSQL, named in DATABASE_URL."""

    url: str

    async def run(self) -> str:
        """See that it lets us in and is new enough."""
        try:
            async with session(self.url) as postgres:
                version = int(await postgres.fetchval("SELECT current_setting('server_version_num')::int")) // 10_000
        except UNREACHABLE as problem:
            raise NotNow(f"DATABASE_URL cannot be reached ({type(problem).__name__})") from problem
        if version < 15:  # noqa: PLR2004 - the oldest version that the migrations are written for
            raise NotNow(f"DATABASE_URL is PostgreSQL {version}; 15 or newer is needed")
        return f"PostgreSQL {version} of DATABASE_URL"

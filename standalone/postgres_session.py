"""A plain PostgreSQL session for the few statements that starting and checking need."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol, cast

import asyncpg
from sqlalchemy.engine import make_url

UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, TimeoutError)
"""What a session may raise when the server is not there, does not let us in or ends. The last but one: a statement that
is begun between the server's word that it ends and the end."""


class Session(Protocol):
    """The two calls we use; asyncpg itself carries no types."""

    async def execute(self, query: str) -> str:
        """Run a statement and give its command tag."""
        ...

    async def fetchval(self, query: str, *args: object) -> Any:
        """The first column of the first row."""
        ...

    async def close(self) -> None:
        """End the session."""
        ...


@asynccontextmanager
async def session(url: str, database: str | None = None) -> AsyncGenerator[Session]:
    """Open a session at a SQLAlchemy address, optionally in another database of the same server."""
    parts = make_url(url)
    host, ssl = parts.query.get("host"), parts.query.get("ssl") or parts.query.get("sslmode")
    connect = cast(Callable[..., Awaitable[Session]], asyncpg.connect)  # pyright: ignore[reportUnknownMemberType] - untyped
    opened = await connect(
        host=host or parts.host,
        port=parts.port,
        user=parts.username,
        password=parts.password,
        database=database or parts.database,
        ssl=ssl,
        timeout=5,
    )
    try:
        yield opened
    finally:
        await opened.close()

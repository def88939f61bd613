"""Where transactions begin and end: nothing else in the house commits."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, NewType

import asyncpg
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from db.address import postgres_address
from db.driver import connect

ReadSession = NewType("ReadSession", AsyncConnection)
"""May read. The server itself refuses a write in it."""
WriteSession = NewType("WriteSession", ReadSession)
"""May read and write; what asks for it cannot be given a reading one."""

_READING = {
    "default_transaction_read_only": "on",
    # What is asked decides the plan: a word may be in every case or in one.
    "plan_cache_mode": "force_custom_plan",
    # Many ask at once, each for little: starting helpers would take longer than they save.
    "max_parallel_workers_per_gather": "0",
}
_TRY_AGAIN = frozenset({"57014", "57P01", "57P02", "57P03", "40P01", "40001", "55P03", "53300"})
"""What PostgreSQL calls: took too long, shutting down, starting up, deadlock, could not serialise, locked, too many."""


class DatabaseUnavailable(Exception):  # noqa: N818  an answer for the caller: ask again later
    """The database did not answer in time or is not there; the same work may be tried again."""


class Database:
    """The desk's PostgreSQL: one pool only reads (a round trip a statement), the other one writes.

    url: `postgresql://…`, also `?host=/folder` of a Unix socket. pool_size: connections of each pool at most, opened
    as they are needed. connect_timeout, statement_timeout: seconds; the server cancels a statement that takes longer.
    Nothing connects before the first session. Use it in one event loop. Raises ValueError if the url is unreadable.
    """

    def __init__(
        self, url: str, *, pool_size: int = 8, connect_timeout: float = 5.0, statement_timeout: float = 15.0
    ) -> None:
        settings = {
            "application_name": "redress",
            "statement_timeout": str(int(statement_timeout * 1000)),
            "idle_in_transaction_session_timeout": "60000",
        }
        self._writing = engine_for(url, connect_timeout=connect_timeout, settings=settings, pool_size=pool_size)
        self._single = self._writing.execution_options(isolation_level="AUTOCOMMIT")
        readers = engine_for(
            url, connect_timeout=connect_timeout, settings={**settings, **_READING}, pool_size=pool_size
        )
        self._reading = readers.execution_options(isolation_level="AUTOCOMMIT")
        self._snapshot = readers.execution_options(isolation_level="REPEATABLE READ")

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[ReadSession]:
        """Lend a session that only reads; each statement sees what was committed before it.

        Raises:
            DatabaseUnavailable: no connection in time, or it broke.
        """
        async with _connected(self._reading) as connection:
            yield ReadSession(connection)

    @asynccontextmanager
    async def snapshot(self) -> AsyncGenerator[ReadSession]:
        """Lend a session that only reads and sees one moment: for pages whose parts must agree, as sums and lines.

        Raises DatabaseUnavailable as `reading`.
        """
        async with _connected(self._snapshot) as connection, connection.begin():
            yield ReadSession(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[WriteSession]:
        """Lend a session in one transaction: committed when the block ends, rolled back when it raises.

        Raises:
            DatabaseUnavailable: no connection in time, or it broke; then nothing of the block was kept, or, if it
                broke during the commit itself, perhaps all of it. Every write here bears being repeated.
        """
        async with _connected(self._writing) as connection, connection.begin():
            yield WriteSession(ReadSession(connection))

    @asynccontextmanager
    async def writing_once(self) -> AsyncGenerator[WriteSession]:
        """Lend a session for exactly one statement, which commits itself: one round trip instead of three.

        For functions that say of themselves that they are one statement. Raises DatabaseUnavailable as `writing`.
        """
        async with _connected(self._single) as connection:
            yield WriteSession(ReadSession(connection))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._reading.dispose()
        await self._writing.dispose()


def engine_for(url: str, *, connect_timeout: float, settings: dict[str, str], pool_size: int) -> AsyncEngine:
    """Return an engine whose connections the driver makes from the address itself, with these server settings.

    connect_timeout: seconds, for a connection and for a place in the pool. Raises ValueError as `postgres_address`.
    """
    address = postgres_address(url)

    async def make() -> Any:
        return await connect(address, timeout=connect_timeout, settings=settings)

    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=make,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=connect_timeout,
        hide_parameters=True,  # error texts reach logs, parameters may tell who the customer is
    )


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    try:
        connection = await engine.connect()
    except (OSError, exc.TimeoutError, exc.DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError) as broken:
        raise DatabaseUnavailable(f"no connection to the database: {type(broken).__name__}") from broken
    try:
        yield connection
    except exc.DBAPIError as broken:
        if broken.connection_invalidated or getattr(broken.orig, "sqlstate", None) in _TRY_AGAIN:
            raise DatabaseUnavailable(f"the database did not finish: {type(broken).__name__}") from broken
        raise
    finally:
        await connection.close()

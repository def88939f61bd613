"""One connection of the driver, typed: asyncpg itself comes without types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast

import asyncpg

from db.address import postgres_address


class DriverConnection(Protocol):
    """What the desk uses of a bare connection."""

    async def execute(self, script: str) -> str:
        """Run a script of statements without parameters."""
        ...

    async def fetchval(self, query: str) -> object:
        """Return the first value of the first row, or None."""
        ...

    async def close(self) -> None:
        """Say goodbye to the server."""
        ...


async def connect(url: str, *, timeout: float, settings: Mapping[str, str] | None = None) -> DriverConnection:  # noqa: ASYNC109  the driver's own
    """Open a connection within `timeout` seconds, with these server settings.

    Raises:
        ValueError: the address cannot be read.
        OSError, asyncpg.PostgresError: the database is not there in time or refuses.
    """
    made = await asyncpg.connect(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  asyncpg is untyped
        postgres_address(url),
        timeout=timeout,  # pyright: ignore[reportArgumentType]  it takes fractions too
        server_settings=dict(settings or {}),
    )
    return cast("DriverConnection", made)

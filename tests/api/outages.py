"""Parts of the desk that are away for a while, and come back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import asyncpg

from db.address import postgres_address
from tests.env import PostgresForTests


@asynccontextmanager
async def database_away(postgres: PostgresForTests, url: str) -> AsyncIterator[None]:
    """The test's database lets nobody in and throws out who is there, until the block ends."""
    name = urlsplit(url).path.lstrip("/")
    admin = await asyncpg.connect(postgres_address(postgres.postgres.url("postgres")))
    try:
        await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        yield
    finally:
        await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        await admin.close()

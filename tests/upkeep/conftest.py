"""A database of the test's own, opened as the desk opens it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from db.sessions import Database


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, pool_size=8)
    yield opened
    await opened.aclose()

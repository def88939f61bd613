"""The desk of the journeys."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from temporalio.client import Client

from tests.journeys.desk import Desk, open_desk


@pytest_asyncio.fixture
async def desk(temporal: Client, database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk without a mail server: people tell the customers."""
    async with open_desk(temporal, database_url, tmp_path) as opened:
        yield opened

"""The API against a real database and a real Temporal server, with or without a worker."""

from __future__ import annotations

import base64
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.client import Client

from api.app import create_app
from api.commands import Commands
from db.sessions import Database
from settings import Settings
from tests.api.counter import Counter, staffed
from worker import cases_worker


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture
def settings(database_url: str, temporal: Client, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Patient where a worker is to answer, however busy the machine is; brief where none is there to do it."""
    return Settings(
        home=tmp_path,
        database_url=database_url,
        master_key=_key(),
        index_key=_key(),
        link_key=_key(),
        temporal_namespace=temporal.namespace,
        task_queue="cases",
        step_timeout_seconds=15.0 if "worker" in request.fixturenames else 3.0,
        public_url="https://desk.example",
        log_level="error",
    )


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, pool_size=4)
    yield opened
    await opened.aclose()


OpenCounter = Callable[..., Awaitable[Counter]]


@pytest_asyncio.fixture
async def open_counter(settings: Settings, temporal: Client) -> AsyncIterator[OpenCounter]:
    """``await open_counter()``: one more API process on the same desk; ``client=`` or ``settings=`` replace a part."""
    opened: list[Counter] = []

    async def make(*, client: Client | None = None, settings: Settings = settings) -> Counter:
        commands = Commands(client or temporal, settings.task_queue, settings.step_timeout_seconds)
        counter = await Counter.at(create_app(settings, commands))
        opened.append(counter)
        return counter

    yield make
    for counter in opened:
        await counter.aclose()


@pytest_asyncio.fixture
async def counter(open_counter: OpenCounter, database: Database) -> Counter:
    """One API process, no worker; the shop `teahouse` with a person and a key in every role."""
    made = await open_counter()
    made.keys = await staffed(database, "teahouse")
    return made


@pytest_asyncio.fixture
async def worker(settings: Settings, temporal: Client, database: Database) -> AsyncIterator[None]:
    """The real worker, on this test's namespace and database."""
    async with cases_worker(temporal, database, settings):
        yield


@pytest.fixture
def manned(counter: Counter, worker: None) -> Counter:
    """One API process with a worker behind it."""
    return counter

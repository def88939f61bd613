"""The session's real parts, as fixtures. See env.py for what they are."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from temporalio.client import Client, WorkflowHandle
from xdist.remote import Producer

from standalone.account import account_for_postgres
from standalone.embedded_postgres import EmbeddedPostgres
from tests import env
from tests.lots import APART, Lots, lot_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest lot comes first, so that no process waits for another that began it late."""
    items.sort(key=lambda item: lot_of(item.nodeid) != APART)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Lots:
    """`-n 2` divides the tests by lots."""
    return Lots(config, log)


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A short-named folder for the session; sockets need short paths. The database account may pass through it."""
    folder = Path(tempfile.mkdtemp(prefix="redress-tests-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(scope="session")
async def temporal_for_tests(scratch: Path) -> AsyncIterator[env.TemporalForTests]:
    server = env.TemporalForTests(scratch / "temporal")
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(scope="session")
def temporal_server(temporal_for_tests: env.TemporalForTests) -> str:
    """The address of the session's Temporal server."""
    return temporal_for_tests.address


@pytest.fixture
def namespace_client(temporal_for_tests: env.TemporalForTests) -> env.NamespaceClient:
    """``await namespace_client(data_converter=…)``: a client in a fresh namespace."""
    return temporal_for_tests.client


@pytest_asyncio.fixture
async def temporal(namespace_client: env.NamespaceClient) -> Client:
    """A client in a fresh namespace, with the pydantic converter."""
    return await namespace_client()


@pytest.fixture
def fast_forward(temporal: Client) -> env.FastForward:
    """``await fast_forward(handle, timedelta(days=3))``; a handle from ``namespace_client`` will do as well."""

    async def forward(handle: WorkflowHandle[Any, Any], by: timedelta | None, within: float = env.PATIENCE) -> bool:
        return await env.fast_forward(handle._client, handle, by, within)

    return forward


@pytest_asyncio.fixture(scope="session")
async def postgres_server(scratch: Path) -> AsyncIterator[env.PostgresForTests]:
    """The session's PostgreSQL, still without a migrated template."""
    account = account_for_postgres()
    postgres = EmbeddedPostgres(
        scratch / "postgres", scratch / "postgres.log", account=account, options=env.UNSAFE_AND_FAST
    )
    server = env.PostgresForTests(postgres)
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(scope="session")
async def migrated_postgres(postgres_server: env.PostgresForTests) -> env.PostgresForTests:
    """The session's PostgreSQL with the migrated template."""
    await postgres_server.make_template()
    return postgres_server


@pytest_asyncio.fixture
async def database_url(migrated_postgres: env.PostgresForTests) -> AsyncIterator[str]:
    """The address of a migrated database of this test's own."""
    name = await migrated_postgres.clone()
    yield migrated_postgres.postgres.url(name)
    await migrated_postgres.postgres.drop_database(name)

"""The test environment itself: real servers, a namespace and a database per test, time that can be moved."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from temporalio.client import Client
from temporalio.worker import Worker

from standalone.postgres_session import session
from tests.env import FastForward, NamespaceClient, PostgresForTests
from tests.standalone.sleeper import SleepsForAMonth


async def test_a_month_passes_in_a_moment(temporal: Client, fast_forward: FastForward) -> None:
    async with Worker(temporal, task_queue="months", workflows=[SleepsForAMonth]):
        handle = await temporal.start_workflow(SleepsForAMonth.run, id=str(uuid4()), task_queue="months")
        await fast_forward(handle, timedelta(days=31))
        assert await asyncio.wait_for(handle.result(), 10)


async def test_each_test_has_a_namespace_of_its_own(temporal: Client, namespace_client: NamespaceClient) -> None:
    another = await namespace_client()
    assert another.namespace != temporal.namespace


async def test_the_database_server_keeps_databases_apart(postgres_server: PostgresForTests) -> None:
    postgres = postgres_server.postgres
    await postgres.create_database("one")
    await postgres.create_database("one")  # a second time changes nothing
    await postgres.create_database("two", template="one")
    async with session(postgres.url("one")) as one, session(postgres.url("two")) as two:
        await one.execute("CREATE TABLE complaint (number int)")
        assert await two.fetchval("SELECT to_regclass('complaint')") is None
        assert await one.fetchval("SELECT to_regclass('complaint') IS NOT NULL")
    await postgres.drop_database("two")

"""A client whose namespace knows the search attribute of the small case, and one told story."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
import pytest_asyncio
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client, WorkflowHistory
from temporalio.common import SearchAttributePair, TypedSearchAttributes
from temporalio.service import RPCError

from audit.export import runs_of
from tests import env
from tests.audit.small_case import DESK
from tests.audit.telling import tell_small_case


@pytest_asyncio.fixture(scope="session")
async def case_client(temporal_for_tests: env.TemporalForTests) -> Client:
    """One namespace for the whole session; what is told in it is only read afterwards."""
    client = await temporal_for_tests.client()
    await client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace=client.namespace,
            search_attributes={DESK.name: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD},
        )
    )
    async with asyncio.timeout(env.PATIENCE):
        while not await _knows_the_desk(client):  # noqa: ASYNC110 - the server tells nobody when it has learned it
            await asyncio.sleep(0.05)
    return client


async def _knows_the_desk(client: Client) -> bool:
    """Whether a start with the attribute is taken; it is refused until the server has read its own list again."""
    try:
        handle = await client.start_workflow(
            "Nobody",
            id="asks-for-the-desk",
            task_queue="nobody",
            search_attributes=TypedSearchAttributes([SearchAttributePair(DESK, "returns")]),
        )
    except RPCError:
        return False
    await handle.terminate()
    return True


@pytest.fixture(scope="session")
def namespace(case_client: Client) -> str:
    return case_client.namespace


@pytest_asyncio.fixture(scope="session")
async def told(case_client: Client) -> Sequence[WorkflowHistory]:
    """Both runs of one small case."""
    return await runs_of(case_client, await tell_small_case(case_client))

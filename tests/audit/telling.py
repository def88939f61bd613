"""Tells the small case from its opening to its end on a real server."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from temporalio.client import Client, WorkflowContinuedAsNewError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.worker import Worker

from tests.audit.busy_case import BusyCase
from tests.audit.odd_cases import ODD_WORKFLOWS, ponder
from tests.audit.small_case import ACTIVITIES, Neighbour, SmallCase, SmallInput, SmallInspection

PATIENCE = 30.0
"""Seconds a story may wait before it counts as stuck."""


@asynccontextmanager
async def desk(client: Client, *, cached: int = 100, queue: str = "") -> AsyncIterator[str]:
    """A worker on a queue of its own, or on the one that is named; gives the queue's name."""
    queue = queue or f"desk-{uuid.uuid4().hex[:8]}"
    async with Worker(
        client,
        task_queue=queue,
        workflows=[SmallCase, SmallInspection, Neighbour, BusyCase, *ODD_WORKFLOWS],
        activities=[*ACTIVITIES, ponder],
        max_cached_workflows=cached,
    ):
        yield queue


async def tell_small_case(client: Client, *, cached: int = 100) -> str:
    """Run the whole story over two runs and give the workflow id."""
    case = f"case-{uuid.uuid4().hex[:8]}"
    async with desk(client, cached=cached) as queue:
        neighbour = await client.start_workflow(Neighbour.run, id=f"{case}-neighbour", task_queue=queue)
        handle = await client.start_workflow(SmallCase.run, SmallInput(neighbour.id), id=case, task_queue=queue)
        first = (await handle.describe()).run_id
        await answer_everything(handle)
        with pytest.raises(WorkflowContinuedAsNewError):
            await client.get_workflow_handle(case, run_id=first).result(follow_runs=False)
        second = client.get_workflow_handle(case)
        await second.signal("note", "again")
        await answer_until_done(second)
        assert await second.result() == "satisfied"
        assert await neighbour.result() == ["a case was closed"]
    return case


async def answer_everything(handle: WorkflowHandle[SmallCase, str]) -> None:
    """A good answer, a refused one, one that fails, one that takes a moment, questions in between, and the last."""
    await handle.signal("note", "hello")
    assert await handle.execute_update("answer", "maybe") == "agreed: maybe"
    assert "hello" in await handle.query("seen_so_far")
    for text in ("nonsense", "refuse"):
        with pytest.raises(WorkflowUpdateFailedError):
            await handle.execute_update("answer", text)
    assert await handle.execute_update("answer", "slowly") == "agreed: slowly"
    await handle.query("seen_so_far")
    await answer_until_done(handle)


async def answer_until_done(handle: WorkflowHandle[SmallCase, str]) -> None:
    """The answer that lets the run go on, given once its timer runs."""
    async with asyncio.timeout(PATIENCE):
        while not await handle.query("waits_for_an_answer"):  # noqa: ASYNC110 - a query is the only way to know
            await asyncio.sleep(0.02)
    assert await handle.execute_update("answer", "done") == "agreed: done"

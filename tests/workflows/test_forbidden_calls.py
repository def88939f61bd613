"""A call that would break replay is stopped where journeys run: in the sandbox. A working desk runs without it."""

from __future__ import annotations

from datetime import datetime

import pytest
from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from workflows.registry import PLAIN, runner, sandbox
from workflows.wire import compression


@workflow.defn
class AsksTheClock:
    """Looks at the machine's clock, which another replay would see differently."""

    @workflow.run
    async def run(self) -> str:
        """Never right."""
        return datetime.now().isoformat()  # noqa: DTZ005  the forbidden call itself


async def test_the_sandbox_of_the_journeys_stops_a_forbidden_call(temporal: Client) -> None:
    async with Worker(temporal, task_queue="forbidden", workflows=[AsksTheClock], workflow_runner=sandbox()):
        handle = await temporal.start_workflow(AsksTheClock.run, id="asks-the-clock", task_queue="forbidden")
        async for event in handle.fetch_history_events(wait_new_event=True):
            if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
                said = event.workflow_task_failed_event_attributes.failure.message
                break
        else:
            pytest.fail("the call was let through")
        await handle.terminate()
    assert "datetime.datetime.now" in said


def test_the_workflow_modules_are_loaded_into_that_sandbox() -> None:
    assert not {"workflows", "workflows.desk_case", "workflows.complaint"} & set(PLAIN)


def test_a_working_desk_runs_without_it() -> None:
    assert isinstance(runner().inner, UnsandboxedWorkflowRunner)


@pytest.mark.parametrize(
    ("address", "squeezed"), [("127.0.0.1:7233", False), ("localhost:7233", False), ("temporal.example:7233", True)]
)
def test_calls_are_compressed_only_on_the_way_to_another_machine(address: str, squeezed: bool) -> None:
    assert (compression(address) is compression("elsewhere:1")) == squeezed

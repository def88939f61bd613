"""Lets a mended case go on at once instead of at Temporal's next try.

The run is reset to its last failed task. Everything before stays as it is, to the event; what arrived since (signals of
returns, slips and couriers) is delivered again by Temporal itself, fired timers fire at once, and activities whose end
arrived since are done again, which all of them bear. No step can have been accepted since, for the case answered none.
"""

from __future__ import annotations

import uuid

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client

from upkeep.stuck import PATIENCE, last_failed_task, stuck_case


async def resume(client: Client, case: str) -> bool:
    """Let the case be tried now; false if nothing holds it up. If it is not mended it fails again, and loses nothing.

    Raises:
        RPCError, RuntimeError: Temporal is away, or does not take the reset; the case stands as before.
    """
    if await stuck_case(client, case) is None:
        return False
    run = (await client.get_workflow_handle(case).describe(rpc_timeout=PATIENCE)).run_id
    failed = await last_failed_task(client, case, run)
    if failed is None:
        return False
    await client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=case, run_id=run),
            reason="resumed after what held it up was mended",
            workflow_task_finish_event_id=failed.event_id,
            request_id=str(uuid.uuid4()),
        ),
        timeout=PATIENCE,
    )
    return True


class SomethingHappened(Exception):  # noqa: N818  an answer about one case
    """The case has done something already: it is not ended from outside."""


async def end_unborn(client: Client, case: str, why: str) -> None:
    """End a case of which no task ever succeeded, so that no step of it was answered and no effect set going.

    Raises:
        SomethingHappened: one did. RPCError, RuntimeError: Temporal is away.
    """
    handle = client.get_workflow_handle(case)
    async for event in handle.fetch_history_events(rpc_timeout=PATIENCE):
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            raise SomethingHappened(case)
    await handle.terminate(reason=why, rpc_timeout=PATIENCE)

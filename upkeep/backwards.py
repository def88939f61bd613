"""A run's history read from its end, as far as the reader wants; needs no worker and is no billed action."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client


async def from_the_end(
    client: Client, case: str, run: str, *, page: int, patience: timedelta | None = None
) -> AsyncGenerator[HistoryEvent]:
    """The events of one run, the last one first. page: how many are fetched at once. patience: of one fetching.

    Raises:
        RPCError, RuntimeError: as the SDK says.
    """
    token = b""
    while True:
        asked = GetWorkflowExecutionHistoryReverseRequest(
            namespace=client.namespace,
            execution=WorkflowExecution(workflow_id=case, run_id=run),
            maximum_page_size=page,
            next_page_token=token,
        )
        found = await client.workflow_service.get_workflow_execution_history_reverse(asked, timeout=patience)
        for event in found.history.events:
            yield event
        token = found.next_page_token
        if not token:
            return

"""Asking a case how it stands. A question that nobody answered in time tells of a busy machine, and is asked again."""

from __future__ import annotations

from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError

from domain.people import Actor
from workflows.answers import Look

PATIENT = 4
"""So often a case is asked that does not fail; each time the server waits some ten seconds."""


async def look(client: Client, case: str, actor: Actor, *, times: int = PATIENT) -> Look | None:
    """The case and this person's steps as it says itself; None when it does not say."""
    for _ in range(times):
        try:
            return await client.get_workflow_handle(case).query("look", actor, result_type=Look)
        except (RPCError, WorkflowQueryFailedError):
            continue
    return None

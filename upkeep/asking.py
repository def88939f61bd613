"""Asking a case how it stands, again where the question came at a moment at which it may not answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from temporalio.client import Client, WorkflowQueryFailedError

from domain.complaint.offering.weighing import Weighed
from domain.people import Actor
from upkeep.untimely import ASK_AGAIN
from workflows.answers import Look

TIMES = 5
PAUSE = 0.05
"""Seconds before the question is put again, doubled each time: the waiting task comes first then."""


async def looked(client: Client, case: str, actor: Actor, rpc_timeout: timedelta) -> Look:
    """The case as it stands, with the steps for this person. rpc_timeout: of one question.

    Raises:
        WorkflowQueryFailedError: the case failed at the question. RPCError, RuntimeError: as the SDK says.
    """
    return await _asked(client, case, "look", (actor,), Look, rpc_timeout)


async def weighed(client: Client, case: str, rpc_timeout: timedelta) -> tuple[Weighed, ...]:
    """What each remedy would cost the complaint now, and why one is not open. rpc_timeout: of one question.

    Raises:
        As `looked`.
    """
    return await _asked(client, case, "weigh", (), tuple[Weighed, ...], rpc_timeout)


async def _asked(  # noqa: PLR0917  what is asked, and of whom
    client: Client, case: str, question: str, says: tuple[object, ...], answer: Any, rpc_timeout: timedelta
) -> Any:
    handle = client.get_workflow_handle(case)
    for again in range(TIMES):
        try:
            return await handle.query(question, args=says, result_type=answer, rpc_timeout=rpc_timeout)
        except WorkflowQueryFailedError as failed:
            if ASK_AGAIN not in str(failed) or again == TIMES - 1:
                raise
        await asyncio.sleep(PAUSE * 2**again)
    raise AssertionError("a question is put at least once")

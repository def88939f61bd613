"""Telling a running case something by a signal, as the worker's rounds do."""

from __future__ import annotations

from datetime import timedelta

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from workflows.news import News

PATIENCE = timedelta(seconds=5)


async def told(client: Client, case: str, signal: str, news: News) -> bool:
    """Signal a case; false if it is over, or was never there.

    Raises:
        RPCError, RuntimeError: Temporal is away.
    """
    try:
        await client.get_workflow_handle(case).signal(signal, news, rpc_timeout=PATIENCE)
    except RPCError as problem:
        if problem.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True

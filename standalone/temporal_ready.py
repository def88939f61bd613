"""Is a Temporal server really there, and does our namespace exist on it?"""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1.task_queue_pb2 import TASK_QUEUE_TYPE_WORKFLOW
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeTaskQueueRequest,
    RegisterNamespaceRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

RETENTION = timedelta(days=3653)
"""Histories stay ten years: they are the record that auditors replay."""
PAUSE = 0.05


class TemporalError(Exception):
    """The Temporal server is not there or lacks the namespace; the text says what to do."""


async def until_serving(address: str, within: float, still_running: Callable[[], bool]) -> Client:
    """Wait until the server says SERVING. TemporalError after ``within`` seconds, or once the process has ended."""
    client = await Client.connect(address, lazy=True)
    until, last = time.monotonic() + within, "it never answered"
    while time.monotonic() < until:
        if not still_running():
            raise TemporalError("the server ended before it was ready")
        try:
            if await client.service_client.check_health(timeout=timedelta(seconds=1)):
                return client
        except (RPCError, RuntimeError) as not_yet:  # RuntimeError until the first connection has succeeded
            last = str(not_yet).splitlines()[0][:200]
        await asyncio.sleep(PAUSE)
    raise TemporalError(f"the Temporal server at {address} was not ready within {within:.0f} s: {last}")


async def ensure_namespace(client: Client, name: str) -> None:
    """Register the namespace unless it is there. TemporalError if it is missing and we may not."""
    # register first, ask later: a question about a missing namespace would be remembered as "not found" for a second
    try:
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(
                namespace=name,
                description="Complaints and returns of the after-sales desk",
                workflow_execution_retention_period=Duration(seconds=int(RETENTION.total_seconds())),
            )
        )
    except RPCError as refused:
        if refused.status == RPCStatusCode.ALREADY_EXISTS:
            return
        try:
            await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=name))
        except RPCError as absent:
            raise TemporalError(
                f"The namespace {name!r} is not on this Temporal server ({absent.status.name}) and could not be "
                f"registered ({refused.status.name}). Create it there with a long retention, or name another one in "
                "TEMPORAL_NAMESPACE."
            ) from absent


async def pollers(client: Client, namespace: str, task_queue: str) -> dict[str, float]:
    """Who asks this queue for work: identity to seconds since the last question."""
    answer = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=namespace, task_queue=TaskQueue(name=task_queue), task_queue_type=TASK_QUEUE_TYPE_WORKFLOW
        ),
        timeout=timedelta(seconds=5),
    )
    now = time.time()
    return {one.identity: now - one.last_access_time.ToMicroseconds() / 1e6 for one in answer.pollers}

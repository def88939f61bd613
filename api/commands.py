"""The only module that talks to Temporal: starts cases, sends steps, looks at them. Decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import Priority as TurnInTemporal
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflow.v1 import WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, UpdateWorkflowExecutionOptionsRequest
from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import Priority, WorkflowIDReusePolicy
from temporalio.envconfig import ClientConfig
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from api.edge_refusals import DeskUnavailable, NotNowBusy
from api.problems import RefusedByCase
from audit.export import CaseExport, export_case
from audit.story import Entry, timeline_of
from domain.charge import MIDDLE
from domain.complaint.offering.weighing import Weighed
from domain.complaint.state import OpenComplaint
from domain.dock.state import OpenParcel
from domain.goods_return.steps import TakeCourierNews
from domain.people import Actor
from domain.refusals import RefusalRecord
from domain.steps import Step
from domain.view import Kind
from upkeep.asking import looked, weighed
from workflows.answers import Begin, Look, StepAnswer
from workflows.news import CourierNews, GatewayNews, ReceiptNews
from workflows.registry import KINDS
from workflows.wire import WIRE, compression

T = TypeVar("T")

POLL_SEEN = 75.0
"""Seconds since a worker's last question within which it counts as there; it asks at least once a minute."""
READING_PATIENCE = 20.0
"""Seconds that fetching and replaying a whole history may take."""
REPLAYS_AT_ONCE = 2
"""A replay takes most of a core; steps go first."""
_STUCK = "Workflow Task in failed state"
"""What Temporal says of a case whose last task failed, such as by a fault in a rule."""
_NOBODY_WORKS = "no poller"
"""What Temporal says of a question while no worker has asked for work for some minutes."""
_CANNOT_ANSWER = {
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.ABORTED,
    RPCStatusCode.INTERNAL,
    RPCStatusCode.UNKNOWN,  # a link that broke in the middle of an answer
}


class CaseEnded(Exception):  # noqa: N818  an answer: the case's workflow is over, or was never there
    """No workflow of this number runs."""


@dataclass(frozen=True)
class CaseFacts:
    """What Temporal knows of a case by itself, whoever is awake: its kind and whose it is."""

    kind: Kind
    shop: str
    customer: str


class Commands:
    """Starts cases and sends them messages. It connects at its first call and again after a failure.

    patience: seconds within which every method answers or raises DeskUnavailable. task_queue: of the worker.
    """

    def __init__(self, client: Client, task_queue: str, patience: float) -> None:
        self._client = client
        self._task_queue = task_queue
        self._patience = patience
        self._replays = asyncio.Semaphore(REPLAYS_AT_ONCE)

    @classmethod
    async def connect(cls, *, fallback: str, namespace: str, task_queue: str, patience: float) -> Commands:
        """Make the client from the SDK's own settings (TEMPORAL_ADDRESS, TLS, API key …); nothing connects yet.

        fallback: address `host:port` when the environment names none. namespace: likewise.
        """
        config: dict[str, Any] = {**ClientConfig.load_client_connect_config()}
        config.setdefault("target_host", fallback)
        config.setdefault("namespace", namespace)
        squeeze = compression(config["target_host"])
        client = await Client.connect(**config, lazy=True, data_converter=WIRE, grpc_compression=squeeze)
        return cls(client, task_queue, patience)

    async def open(self, opening: OpenComplaint | OpenParcel, summary: str, priority: int = MIDDLE) -> bool:
        """Start the workflow of a complaint or a parcel; false if it runs already, which is as good.

        priority: 1 to 5, by which Temporal lets it go before others when work waits; shops take turns.

        Raises:
            DeskUnavailable: Temporal does not answer; whether the case was started is not known. Ask again.
        """
        try:
            await self._within(
                self._client.start_workflow(
                    "Parcel" if isinstance(opening, OpenParcel) else "Complaint",
                    Begin(opening),
                    id=opening.case,
                    task_queue=self._task_queue,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                    static_summary=summary,
                    memo={"shop": opening.shop, "customer": opening.customer.subject},
                    priority=Priority(priority_key=priority, fairness_key=opening.shop),
                    rpc_timeout=self._rpc,
                )
            )
        except WorkflowAlreadyStartedError:
            return False
        return True

    async def put_in_turn(self, case: str, shop: str, priority: int) -> None:
        """Let Temporal know the level that a running case has now; one that has ended has no turn any more.

        Raises:
            DeskUnavailable: Temporal does not answer; the case goes on at its old level there.
        """
        asked = UpdateWorkflowExecutionOptionsRequest(
            namespace=self._client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=case),
            workflow_execution_options=WorkflowExecutionOptions(
                priority=TurnInTemporal(priority_key=priority, fairness_key=shop)
            ),
            update_mask=FieldMask(paths=["priority"]),
        )
        with suppress(CaseEnded):
            await self._within(
                self._client.workflow_service.update_workflow_execution_options(asked, timeout=self._rpc)
            )

    async def opening_of(self, case: str) -> OpenComplaint:
        """What the complaint was opened with, from its own history; needs no worker.

        Raises:
            CaseEnded: there is no such history. DeskUnavailable.
        """
        return (await self._within(self._first_event(case, Begin[OpenComplaint, Any]))).opening

    async def parcel_of(self, case: str) -> OpenParcel:
        """What the parcel began with, from its own history; needs no worker.

        Raises:
            CaseEnded: there is no such history. DeskUnavailable.
        """
        return (await self._within(self._first_event(case, Begin[OpenParcel, Any]))).opening

    async def take(self, case: str, step: Step, key: str) -> StepAnswer:
        """Let the case take a step. The same key again gets the same answer, whoever asks, also after a crash.

        Raises:
            RefusedByCase: nothing was written. CaseEnded. DeskUnavailable: not known whether it was taken; ask again.
        """
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(case)
        return await self._within(
            handle.execute_update(  # pyright: ignore[reportUnknownMemberType]  the SDK's own overload is partly untyped
                step.slug(), step, id=key, result_type=StepAnswer, rpc_timeout=self._rpc
            )
        )

    async def answer_under(self, case: str, key: str) -> StepAnswer | None:
        """The answer that was given under this key; None if none was."""
        handle = self._client.get_workflow_handle(case)
        try:
            return await self._within(
                handle.get_update_handle(key, result_type=StepAnswer).result(rpc_timeout=timedelta(seconds=1)), most=1.5
            )
        except (CaseEnded, DeskUnavailable):
            return None

    async def look(self, case: str, actor: Actor) -> Look:
        """The case as it stands, and the steps for this person; needs a worker.

        Raises:
            CaseEnded: no such workflow. DeskUnavailable.
        """
        return await self._within(looked(self._client, case, actor, self._rpc))

    async def weigh(self, case: str) -> tuple[Weighed, ...]:
        """What each remedy would cost the complaint now, and why one is not open; needs a worker.

        Raises:
            CaseEnded: no such workflow. DeskUnavailable.
        """
        return await self._within(weighed(self._client, case, self._rpc))

    async def facts_of(self, case: str) -> CaseFacts:
        """Whose case it is and of which kind; needs no worker.

        Raises:
            CaseEnded: no such workflow. DeskUnavailable.
        """
        described = await self._within(self._client.get_workflow_handle(case).describe(rpc_timeout=self._rpc))
        kind = KINDS.get(described.workflow_type or "")
        if kind is None:
            raise CaseEnded
        root = described.root_id or case
        if root != case:
            described = await self._within(self._client.get_workflow_handle(root).describe(rpc_timeout=self._rpc))
        memo = await described.memo()
        return CaseFacts(kind, str(memo.get("shop", "")), str(memo.get("customer", "")))

    async def courier_news(self, case: str, told: TakeCourierNews, message_id: str) -> None:
        """Pass on the courier's news to a return; the same message again counts once.

        Raises:
            CaseEnded: the return is over. DeskUnavailable.
        """
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(case)
        news = CourierNews(message_id, told.tracking, told.status, told.seen_at, told.actor)
        await self._within(handle.signal("courier_news", news, rpc_timeout=self._rpc))

    async def gateway_receipt(self, case: str, news: ReceiptNews) -> None:
        """Tell a case that the gateway could not deliver one of its messages; the same again counts once.

        Raises:
            CaseEnded: the case is over. DeskUnavailable.
        """
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(case)
        await self._within(handle.signal("gateway_receipt", news, rpc_timeout=self._rpc))

    async def payment_notice(self, slip: str, news: GatewayNews) -> None:
        """Tell a slip what the payment gateway said of it; the same again counts once.

        Raises:
            CaseEnded: the slip hears of nothing any more. DeskUnavailable.
        """
        handle: WorkflowHandle[Any, Any] = self._client.get_workflow_handle(slip)
        await self._within(handle.signal("gateway_told", news, rpc_timeout=self._rpc))

    async def timeline(self, case: str) -> list[Entry]:
        """The case with its returns and slips, told from their histories; needs no worker.

        Raises:
            CaseEnded: no such history. DeskUnavailable. StoryUntold: today's code does not follow the history.
        """
        async with self._replays:
            return await self._within(timeline_of(self._client, case), most=READING_PATIENCE)

    async def history(self, case: str) -> CaseExport:
        """Every run of the case as it is recorded, for a replay elsewhere.

        Raises:
            CaseEnded: no such history. DeskUnavailable.
        """
        return await self._within(export_case(self._client, case), most=READING_PATIENCE)

    async def is_there(self) -> bool:
        """Whether Temporal answers."""
        try:
            await self._within(self._pollers(), most=2.0)
        except (DeskUnavailable, CaseEnded, RefusedByCase, NotNowBusy):
            return False
        return True

    async def worker_is_there(self) -> bool:
        """Whether a worker has asked for work within `POLL_SEEN` seconds."""
        try:
            seen = await self._within(self._pollers(), most=2.0)
        except (DeskUnavailable, CaseEnded, RefusedByCase, NotNowBusy):
            return False
        now = datetime.now(UTC)
        return any((now - at).total_seconds() < POLL_SEEN for at in seen)

    @property
    def _rpc(self) -> timedelta:
        return timedelta(seconds=self._patience)

    async def _pollers(self) -> list[datetime]:
        asked = DescribeTaskQueueRequest(
            namespace=self._client.namespace,
            task_queue=TaskQueue(name=self._task_queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
        told = await self._client.workflow_service.describe_task_queue(asked, timeout=timedelta(seconds=2))
        return [poller.last_access_time.ToDatetime(UTC) for poller in told.pollers]

    async def _first_event(self, case: str, shape: type[Begin[T, Any]]) -> Begin[T, Any]:
        handle = self._client.get_workflow_handle(case)
        async for event in handle.fetch_history_events(page_size=1, rpc_timeout=self._rpc):
            payloads = event.workflow_execution_started_event_attributes.input.payloads
            decoded = await self._client.data_converter.decode(payloads, [shape])
            return cast("Begin[T, Any]", decoded[0])
        raise CaseEnded

    async def _within(self, asked: Awaitable[T], most: float | None = None) -> T:
        """Await an answer of Temporal, with its errors told in the desk's words."""
        try:
            return await asyncio.wait_for(asked, most or self._patience)
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError):
            raise DeskUnavailable(part="the case's worker") from None
        except WorkflowUpdateFailedError as failed:
            raise _refusal_of(failed) from None
        except WorkflowQueryFailedError:
            raise DeskUnavailable(part="the case's worker") from None
        except RPCError as error:
            raise _told(error) from None
        except RuntimeError:  # what the SDK raises while the first connection fails
            raise DeskUnavailable(part="Temporal") from None


def _refusal_of(failed: WorkflowUpdateFailedError) -> Exception:
    cause = failed.cause
    if isinstance(cause, ApplicationError):
        if cause.details and isinstance(cause.details[0], dict):
            record = RefusalRecord(**cast("dict[str, str]", cause.details[0]))
            open_steps = cast("list[str]", cause.details[1]) if len(cause.details) > 1 else []
            return RefusedByCase(record, open_steps)
        if cause.type == "AcceptedUpdateCompletedWorkflow":
            return CaseEnded()
    return failed


def _told(error: RPCError) -> Exception:
    if error.status is RPCStatusCode.NOT_FOUND:
        return CaseEnded()
    if error.status is RPCStatusCode.RESOURCE_EXHAUSTED:
        return NotNowBusy()
    if _STUCK in error.message:
        return DeskUnavailable(part="the case itself, which cannot go on until an operator has looked at it,")
    if _NOBODY_WORKS in error.message:
        return DeskUnavailable(part="the case's worker")
    if error.status in _CANNOT_ANSWER:
        return DeskUnavailable(part="Temporal")
    return error

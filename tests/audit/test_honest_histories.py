"""Strict replay raises no false alarm over histories that only look odd."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from temporalio.api.common.v1 import Payload, WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from audit.export import runs_of
from audit.strict_replay import ReplayReport, replay_strictly
from tests import env
from tests.audit import twins
from tests.audit.busy_case import BusyCase
from tests.audit.odd_cases import (
    ODD_WORKFLOWS,
    ChangesItsMind,
    HearsAtTheBell,
    PondersLong,
    SleepsLong,
    WaitsForever,
    WaitsForNews,
    WaitsForNewsToldOtherwise,
)
from tests.audit.small_case import SmallCase, SmallInput
from tests.audit.telling import PATIENCE, desk, tell_small_case

CODE = (SmallCase, *ODD_WORKFLOWS)


def named() -> str:
    return f"odd-{uuid.uuid4().hex[:8]}"


async def replay(
    history: WorkflowHistory,
    namespace: str,
    code: Sequence[type] = CODE,
    converter: DataConverter = pydantic_data_converter,
) -> ReplayReport:
    reports = [
        await replay_strictly(
            history, workflows=code, data_converter=converter, namespace=namespace, sandboxed=sandboxed
        )
        for sandboxed in (True, False)
    ]
    assert reports[0] == reports[1]
    return reports[0]


def kinds_of(history: WorkflowHistory) -> set[str]:
    return {EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in history.events}


async def until(happened: Callable[[WorkflowHistory], bool], handle: WorkflowHandle[..., object]) -> WorkflowHistory:
    """Wait until the history shows it."""
    async with asyncio.timeout(PATIENCE):
        while not happened(history := await handle.fetch_history()):  # noqa: ASYNC110 - a history tells nobody that it grew
            await asyncio.sleep(0.05)
    return history


async def test_a_case_that_is_replayed_at_every_task_is_clean(case_client: Client, namespace: str) -> None:
    for run in await runs_of(case_client, await tell_small_case(case_client, cached=0)):
        assert (await replay(run, namespace)).differences == ()


TASK_EDGES = {EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED}
CAUSES = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
    EventType.EVENT_TYPE_TIMER_FIRED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED,
    EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED,
    EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
}
"""What makes the server give a task."""


def task_edges(history: WorkflowHistory) -> list[int]:
    """The places at which a task was scheduled or started."""
    return [place for place, event in enumerate(history.events) if event.event_type in TASK_EDGES]


def goes_on_by_itself(history: WorkflowHistory, place: int) -> bool:
    """Whether the task at this place has no cause in the history.

    A worker that was slow asked for it to go on with a local activity, or an update came, which leaves no event before
    its task ends. What the cut-off rest would have told the replayer cannot be known there.
    """
    for event in reversed(history.events[:place]):
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return True
        if event.event_type in CAUSES:
            return False
    return False


async def test_every_cut_of_a_history_at_a_task_is_clean(told: Sequence[WorkflowHistory], namespace: str) -> None:
    whole = told[0]
    edges = [place for place in task_edges(whole) if not goes_on_by_itself(whole, place)]
    assert len(edges) > 5
    for edge in edges:
        cut = WorkflowHistory(whole.workflow_id, list(whole.events)[: edge + 1])
        report = await replay_strictly(
            cut, workflows=CODE, data_converter=pydantic_data_converter, namespace=namespace, sandboxed=False
        )
        assert report.differences == (), f"cut after {edge + 1} events"


async def test_a_start_without_any_task_is_clean(told: Sequence[WorkflowHistory], namespace: str) -> None:
    opening = WorkflowHistory(told[0].workflow_id, list(told[0].events)[:1])
    assert (await replay(opening, namespace)).events == 1


async def test_an_open_case_with_unread_messages_is_clean(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(SmallCase.run, SmallInput(""), id=named(), task_queue=queue)
        await handle.execute_update("answer", "maybe")
        await until(lambda history: "ACTIVITY_TASK_FAILED" in kinds_of(history), handle)
    await handle.signal("note", "nobody is there to read this")
    history = await handle.fetch_history()
    assert history.events[-1].event_type != EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    assert (await replay(history, namespace)).differences == ()
    await handle.terminate("enough")
    assert (await replay(await handle.fetch_history(), namespace)).differences == ()


async def test_a_case_that_stands_still_on_a_broken_task_is_clean_so_far(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(WaitsForNews.run, id=named(), task_queue=queue)
        await handle.execute_update("hear", "hello")
        with pytest.raises(Exception, match=r"(?i)timeout|cancel"):
            await handle.execute_update("hear", "broken", rpc_timeout=timedelta(seconds=1))
    assert (await replay(await handle.fetch_history(), namespace)).differences == ()


async def test_a_cancelled_case_with_a_cancelled_child_is_clean(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(WaitsForNews.run, id=named(), task_queue=queue)
        await handle.execute_update("hear", "hello")
        await until(lambda history: "CHILD_WORKFLOW_EXECUTION_STARTED" in kinds_of(history), handle)
        await handle.cancel()
        with pytest.raises(WorkflowFailureError):
            await handle.result()
    history = await handle.fetch_history()
    assert "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED" in kinds_of(history)
    assert "WORKFLOW_EXECUTION_CANCELED" in kinds_of(history)
    assert (await replay(history, namespace)).differences == ()


async def test_a_failed_case_is_clean_and_other_details_are_found(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(WaitsForNews.run, id=named(), task_queue=queue)
        await handle.execute_update("hear", "end")
        with pytest.raises(WorkflowFailureError):
            await handle.result()
    history = await handle.fetch_history()
    assert (await replay(history, namespace)).differences == ()
    told = await replay(history, namespace, [WaitsForNewsToldOtherwise])
    assert [(each.field, each.history, each.today) for each in told.differences] == [
        ("failure.details[0].heard", '["end"]', "1")
    ]


async def test_what_is_begun_and_taken_back_is_clean(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        target = await case_client.start_workflow(WaitsForever.run, id=named(), task_queue=queue)
        handle = await case_client.start_workflow(ChangesItsMind.run, target.id, id=named(), task_queue=queue)
        assert await handle.result() == ["paid 8"]
        with pytest.raises(WorkflowFailureError):
            await target.result()
    history = await handle.fetch_history()
    ids = [
        event.start_child_workflow_execution_initiated_event_attributes.workflow_id
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED
    ]
    assert ids == [f"{handle.id}-left"]
    assert (await replay(history, namespace)).differences == ()


async def test_a_local_activity_longer_than_its_task_is_clean(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(
            PondersLong.run, 2.0, id=named(), task_queue=queue, task_timeout=timedelta(seconds=1)
        )
        assert await handle.result() == "thought"
    history = await handle.fetch_history()
    assert {"TIMER_STARTED", "TIMER_CANCELED"} <= kinds_of(history)
    assert (await replay(history, namespace)).differences == ()


async def test_a_word_that_comes_with_the_bell_cancels_a_timer_that_has_rung(
    case_client: Client, namespace: str
) -> None:
    async with desk(case_client, cached=0) as queue:
        handle = await case_client.start_workflow(HearsAtTheBell.run, id=named(), task_queue=queue)
        await until(lambda history: "TIMER_STARTED" in kinds_of(history), handle)
    await until(lambda history: "TIMER_FIRED" in kinds_of(history), handle)
    await handle.signal(HearsAtTheBell.tell, "a word")
    async with desk(case_client, queue=queue):
        assert await handle.result() == "a word"
    history = await handle.fetch_history()
    assert "TIMER_CANCELED" not in kinds_of(history)
    assert (await replay(history, namespace)).differences == ()


async def test_a_history_with_skipped_time_is_clean(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(
            SleepsLong.run, 3, id=named(), task_queue=queue, run_timeout=timedelta(days=30)
        )
        await env.fast_forward(case_client, handle, None)
        assert (await handle.result()).startswith("woke")
    history = await handle.fetch_history()
    assert "WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED" in kinds_of(history)
    assert (await replay(history, namespace)).differences == ()


async def test_a_long_history_is_clean_and_one_changed_step_among_many_is_found(
    case_client: Client, namespace: str
) -> None:
    steps = 25
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(BusyCase.run, steps, id=named(), task_queue=queue)
        for number in range(steps):
            await handle.execute_update("step", number)
        assert await handle.result() == steps
    history = await handle.fetch_history()
    assert (await replay(history, namespace, [BusyCase])).differences == ()
    altered = copy.deepcopy(list(history.events))
    answers = [e for e in altered if e.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED]
    outcome = answers[17].workflow_execution_update_completed_event_attributes.outcome
    outcome.success.payloads[0].data = b'"step 17 refused"'
    report = await replay(WorkflowHistory(history.workflow_id, altered), namespace, [BusyCase])
    assert [(each.event_id, each.field, each.today) for each in report.differences] == [
        (answers[17].event_id, "result[0]", '"step 17 taken"')
    ]


async def test_a_reset_case_is_read_back_with_both_runs_and_is_clean(case_client: Client, namespace: str) -> None:
    async with desk(case_client) as queue:
        handle = await case_client.start_workflow(WaitsForNews.run, id=named(), task_queue=queue)
        await handle.execute_update("hear", "hello")
        before = await until(lambda history: "CHILD_WORKFLOW_EXECUTION_STARTED" in kinds_of(history), handle)
        last = next(e for e in before.events if e.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        await case_client.workflow_service.reset_workflow_execution(
            ResetWorkflowExecutionRequest(
                namespace=namespace,
                workflow_execution=WorkflowExecution(workflow_id=handle.id, run_id=handle.first_execution_run_id or ""),
                reason="try again",
                workflow_task_finish_event_id=last.event_id,
                request_id=uuid.uuid4().hex,
            )
        )
        after = case_client.get_workflow_handle(handle.id)
        await after.execute_update("hear", "end")
        with pytest.raises(WorkflowFailureError):
            await after.result()
    runs = await runs_of(case_client, handle.id)
    assert len(runs) == 2
    for run in runs:
        assert (await replay(run, namespace)).differences == ()


@dataclasses.dataclass(frozen=True)
class NamedSeal(PayloadCodec, WithSerializationContext):
    """Seals with the name of the workflow the payload is for, so that opening in the wrong name fails."""

    name: str = ""

    def with_context(self, context: SerializationContext) -> NamedSeal:
        if isinstance(context, WorkflowSerializationContext):
            return NamedSeal(context.workflow_id)
        if isinstance(context, ActivitySerializationContext):
            return NamedSeal(f"{context.workflow_id} {context.workflow_type} {context.activity_type}")
        return NamedSeal(str(context))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        salt = uuid.uuid4().bytes
        name = self.name.encode()
        return [
            Payload(
                metadata={"encoding": b"test/sealed", "name": name, "salt": salt},
                data=bytes(byte ^ salt[0] for byte in each.SerializeToString()),
            )
            for each in payloads
        ]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._open(each) for each in payloads]

    def _open(self, sealed: Payload) -> Payload:
        if sealed.metadata["name"] != self.name.encode():
            raise ValueError("sealed for another")
        salt = sealed.metadata["salt"]
        return Payload.FromString(bytes(byte ^ salt[0] for byte in sealed.data))


SEALED = dataclasses.replace(
    pydantic_data_converter,
    payload_codec=NamedSeal(),
    failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
)


async def test_sealed_payloads_are_opened_before_they_are_compared(case_client: Client, namespace: str) -> None:
    config = case_client.config() | {"data_converter": SEALED}
    client = Client(**config)
    runs = await runs_of(client, await tell_small_case(client))
    assert b"test/sealed" in runs[0].events[0].workflow_execution_started_event_attributes.SerializeToString()
    for run in runs:
        assert (await replay(run, namespace, converter=SEALED)).differences == ()
    found = await replay(runs[0], namespace, [twins.ChangedActivityInput], SEALED)
    assert [(each.field, each.history, each.today) for each in found.differences] == [
        ("input[0].amount", "1250", "1300")
    ]
    refused = await replay(runs[0], namespace, [twins.ChangedRefusal], SEALED)
    assert [each.field for each in refused.differences] == ["failure.application.type"]

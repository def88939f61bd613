"""Strict replay: does today's code still do, in every detail, what the history says it did?

The SDK's replayer compares kinds, names and ids of commands. It lets a changed amount, a shortened deadline or another
answer to a customer pass. Here every command is compared with its event: inputs, lengths, options, summaries, answers,
results. A difference is a finding, never an exception; an exception means that the history could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.client import WorkflowHistory
from temporalio.converter import DataConverter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from audit import kinds
from audit.command_recorder import Activation, RecordingRunner
from audit.comparison import NOTHING, Difference, differences
from audit.opening import leaves_payloads_alone, opened
from audit.patience import patiently
from audit.recorded_deeds import recorded_deeds
from audit.todays_deeds import todays_deeds

__all__ = ["Difference", "HistoryUnreadableError", "ReplayReport", "replay_strictly"]


class HistoryUnreadableError(ValueError):
    """The history does not begin with the start of a run."""


@dataclass(frozen=True)
class ReplayReport:
    """What a strict replay of one run found. `events` counts all events given."""

    workflow_id: str
    run_id: str
    events: int
    differences: tuple[Difference, ...]

    @property
    def clean(self) -> bool:
        """Whether today's code does exactly what the history says."""
        return not self.differences


async def replay_strictly(
    history: WorkflowHistory,
    *,
    workflows: Sequence[type],
    data_converter: DataConverter,
    namespace: str,
    sandboxed: bool = True,
    runner: WorkflowRunner | None = None,
    workflow_failure_exception_types: Sequence[type[BaseException]] = (),
) -> ReplayReport:
    """Replay one run on today's code and compare each command with its event.

    The converter, namespace and failure types must be those of the worker. `runner` replaces the plain sandboxed or
    unsandboxed runner, for a worker with restrictions of its own. An open run is compared as far as its last completed
    workflow task. Raises HistoryUnreadableError, and what the codec raises on payloads it cannot open.
    """
    events = history.events
    if not events or not events[0].HasField("workflow_execution_started_event_attributes"):
        raise HistoryUnreadableError("a history begins with the start of a run")
    started = events[0].workflow_execution_started_event_attributes
    report_of = (history.workflow_id, started.original_execution_run_id, len(events))
    tasks = _ended_tasks(events)
    if not tasks:  # nothing was decided yet; the replayer would wait for ever
        return ReplayReport(*report_of, differences=())
    inner = runner or (SandboxedWorkflowRunner() if sandboxed else UnsandboxedWorkflowRunner())

    async def recorded() -> tuple[RecordingRunner, Exception | None]:
        recorder = RecordingRunner(inner, started.task_queue.name)
        failure = await _replay(
            history,
            recorder,
            workflows=workflows,
            converter=data_converter,
            namespace=namespace,
            failure_types=workflow_failure_exception_types,
        )
        return recorder, failure

    recorder, failure = await patiently(recorded)
    reached, commands = _recorded_commands(recorder.activations, tasks)
    within = _up_to(events, reached) if failure else events
    past = recorded_deeds(within, namespace, history.workflow_id)
    if not leaves_payloads_alone(data_converter):
        past = [await opened(deed, data_converter) for deed in past]
    today = todays_deeds(commands, started, {(deed.kind, deed.identity) for deed in past}, _rung(within))
    found = differences(past, today)
    return ReplayReport(*report_of, found + _stop(failure, recorder.activations, reached))


async def _replay(
    history: WorkflowHistory,
    recorder: RecordingRunner,
    *,
    workflows: Sequence[type],
    converter: DataConverter,
    namespace: str,
    failure_types: Sequence[type[BaseException]],
) -> Exception | None:
    """Let the SDK replay the history under the recorder; gives what stopped it, if anything did."""
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="strict_replay") as threads:
        replayer = Replayer(
            workflows=workflows,
            workflow_task_executor=threads,
            workflow_runner=recorder,
            unsandboxed_workflow_runner=recorder.beside(UnsandboxedWorkflowRunner()),
            namespace=namespace,
            data_converter=converter,
            workflow_failure_exception_types=failure_types,
        )
        return (await replayer.replay_workflow(history, raise_on_replay_failure=False)).replay_failure


def _rung(events: Sequence[HistoryEvent]) -> dict[str, int]:
    """The timers that fired, each with the id of that event."""
    return {
        event.timer_fired_event_attributes.timer_id: event.event_id
        for event in events
        if event.event_type == EventType.EVENT_TYPE_TIMER_FIRED
    }


def _ended_tasks(events: Sequence[HistoryEvent]) -> dict[int, int]:
    """Each completed workflow task: the id of its start (and, for a cut history, of its end) to that of its end."""
    ends: dict[int, int] = {}
    for event in events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            ends[event.workflow_task_completed_event_attributes.started_event_id] = event.event_id
            ends[event.event_id] = event.event_id
    return ends


def _recorded_commands(
    activations: Sequence[Activation], tasks: dict[int, int]
) -> tuple[int, list[tuple[int, WorkflowCommand]]]:
    """The commands of the tasks that the history knows the end of, and the end of the last of these tasks.

    What the code does beyond them is the future: an open run is driven on by the replayer as far as it goes.
    """
    reached, commands = 0, list[tuple[int, WorkflowCommand]]()
    for activation in activations:
        end = tasks.get(activation.started_event)
        if not activation.replaying or end is None:
            continue
        reached = max(reached, end)
        ordered = sorted(activation.commands, key=_ends_the_run)  # the SDK sends the end last, wherever it was said
        commands.extend((end, command) for command in ordered)
    return reached, commands


_LAST = {
    "complete_workflow_execution",
    "fail_workflow_execution",
    "cancel_workflow_execution",
    "continue_as_new_workflow_execution",
}


def _ends_the_run(command: WorkflowCommand) -> bool:
    return command.WhichOneof("variant") in _LAST


def _up_to(events: Sequence[HistoryEvent], reached: int) -> Sequence[HistoryEvent]:
    """Where the replay stopped: the events before the end of the next task, which the code never came to."""
    beyond = (
        place
        for place, event in enumerate(events)
        if event.event_id > reached and event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    )
    return events[: next(beyond, len(events))]


def _stop(failure: Exception | None, activations: Sequence[Activation], reached: int) -> tuple[Difference, ...]:
    """Why the code could not follow the history to its end, unless it stopped in what is not recorded yet."""
    if failure is None:
        return ()
    beyond = bool(activations) and not activations[-1].replaying
    if beyond and not isinstance(failure, NondeterminismError):
        return ()
    today = activations[-1].trouble if activations and activations[-1].trouble else str(failure)
    return (Difference(reached, kinds.REPLAY, "the replay", "replay", NOTHING, today),)

"""A workflow runner that writes down what the workflow code asked for, activation by activation.

It stands between the worker and the real runner (sandboxed or not) and changes nothing of what passes, but for one
thing: a replayer knows neither the task queue of the run nor does the code ask for it by name, so that the queue of
the recorded start is put back. Otherwise every default queue would look changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import Info

if TYPE_CHECKING:
    from temporalio.worker._command_aware_visitor import CommandInfo
    from temporalio.workflow import _Definition  # pyright: ignore[reportPrivateUsage]  # named by the base class


@dataclass(frozen=True)
class Activation:
    """What one activation made the code do.

    `started_event` is the id of the WorkflowTaskStarted event that the activation belongs to. `replaying` is false for
    work that the history does not hold yet. `trouble` is the text of a failed activation, empty otherwise.
    """

    started_event: int
    replaying: bool
    commands: tuple[WorkflowCommand, ...]
    trouble: str


class RecordingRunner(WorkflowRunner):
    """Runs workflows with `inner` and keeps every activation in `activations`, for one history at a time."""

    def __init__(self, inner: WorkflowRunner, task_queue: str) -> None:
        self._inner = inner
        self._task_queue = task_queue
        self.activations: list[Activation] = []

    def beside(self, inner: WorkflowRunner) -> RecordingRunner:
        """A second runner, for workflows that leave the sandbox by themselves, that writes into the same book."""
        other = RecordingRunner(inner, self._task_queue)
        other.activations = self.activations
        return other

    def prepare_workflow(self, defn: _Definition) -> None:
        """Let the real runner prepare."""
        self._inner.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Sequence[type[BaseException]]) -> None:
        """Hand on the types that fail a workflow."""
        self._inner.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Create the real instance, told its real task queue, and listen to it."""
        if self._task_queue:
            det = dataclasses.replace(det, info=dataclasses.replace(det.info, task_queue=self._task_queue))
        return _RecordingInstance(self._inner.create_instance(det), self.activations)


class _RecordingInstance(WorkflowInstance):
    """Hands each call on; copies the commands before the codec seals them."""

    def __init__(self, inner: WorkflowInstance, activations: list[Activation]) -> None:
        self._inner = inner
        self._activations = activations

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        completion = self._inner.activate(act)
        if any(job.HasField("remove_from_cache") for job in act.jobs):
            return completion
        commands: list[WorkflowCommand] = []
        for command in completion.successful.commands:
            kept = WorkflowCommand()
            kept.CopyFrom(command)  # the worker encodes the original in place
            commands.append(kept)
        trouble = completion.failed.failure.message if completion.HasField("failed") else ""
        self._activations.append(Activation(act.history_length, act.is_replaying, tuple(commands), trouble))
        return completion

    def get_serialization_context(self, command_info: CommandInfo | None) -> SerializationContext | None:
        return self._inner.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: CommandInfo | None) -> StorageDriverStoreContext:
        return self._inner.get_external_store_context(command_info)

    def get_info(self) -> Info:
        return self._inner.get_info()

    def get_thread_id(self) -> int | None:
        return self._inner.get_thread_id()

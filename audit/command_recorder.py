"""A workflow runner that writes down what the workflow code asked for, activation by activation.

It stands between the worker and the real runner (sandboxed or not) and changes nothing of what passes, but for one
thing: a replayer knows neither the task queue of the run nor does the code ask for it by name, so that the queue of
the recorded start is put back. Otherwise every default queue would look changed.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner

from workflows.around import AroundInstance, AroundRunner


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


class RecordingRunner(AroundRunner):
    """Keeps every activation in `activations`, for one history at a time."""

    def __init__(self, inner: WorkflowRunner, task_queue: str) -> None:
        super().__init__(inner)
        self._task_queue = task_queue
        self.activations: list[Activation] = []

    def beside(self, inner: WorkflowRunner) -> RecordingRunner:
        """A second runner, for workflows that leave the sandbox by themselves, that writes into the same book."""
        other = RecordingRunner(inner, self._task_queue)
        other.activations = self.activations
        return other

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Create the real instance, told its real task queue, and listen to it."""
        if self._task_queue:
            det = dataclasses.replace(det, info=dataclasses.replace(det.info, task_queue=self._task_queue))
        return _RecordingInstance(self.inner.create_instance(det), self.activations)


class _RecordingInstance(AroundInstance):
    """Copies the commands before the codec seals them."""

    def __init__(self, inner: WorkflowInstance, activations: list[Activation]) -> None:
        super().__init__(inner)
        self._activations = activations

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        completion = self.inner.activate(act)
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

"""Hears which cases' tasks fail in this worker, at the moment they do.

A workflow runner that stands between the worker and the real one, changes nothing of what passes, and notes the ids of
cases whose code raised, whose payloads could not be decoded or whose history was not followed. What it hears is a hint
only: the watch asks Temporal itself whether the case is still held up.
"""

from __future__ import annotations

from collections.abc import Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

from temporalio.bridge.proto.workflow_activation import RemoveFromCache, WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import Info

from audit.untimely import TaskClock

if TYPE_CHECKING:
    from temporalio.worker._command_aware_visitor import CommandInfo
    from temporalio.workflow import _Definition  # pyright: ignore[reportPrivateUsage]  # named by the base class

_FAULTY = {RemoveFromCache.NONDETERMINISM, RemoveFromCache.LANG_FAIL, RemoveFromCache.FATAL}
"""Why a run leaves the worker's memory when something is wrong with it, and not only for want of room."""


class FailureEar:
    """Ids of cases that failed since they were last told. Workflow threads write, the watch reads."""

    def __init__(self) -> None:
        self._heard: SimpleQueue[str] = SimpleQueue()

    def hear(self, case: str) -> None:
        """Note a case."""
        self._heard.put(case)

    def tell(self) -> set[str]:
        """Tell what was heard, once."""
        return {self._heard.get() for _ in range(self._heard.qsize())}


class ListeningRunner(WorkflowRunner):
    """Runs workflows with `inner` and lets `ear` hear which of them fail."""

    def __init__(self, inner: WorkflowRunner, ear: FailureEar) -> None:
        self._inner = inner
        self._ear = ear

    def prepare_workflow(self, defn: _Definition) -> None:
        """Let the real runner prepare."""
        self._inner.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Sequence[type[BaseException]]) -> None:
        """Hand on the types that fail a workflow."""
        self._inner.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Create the real instance and listen to it."""
        try:
            return _ListeningInstance(self._inner.create_instance(det), det.info.workflow_id, self._ear)
        except Exception:
            self._ear.hear(det.info.workflow_id)
            raise


class _ListeningInstance(WorkflowInstance):
    def __init__(self, inner: WorkflowInstance, case: str, ear: FailureEar) -> None:
        self._inner = inner
        self._case = case
        self._ear = ear
        self._clock = TaskClock()

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        self._clock.passes(act)
        completion = self._inner.activate(act)
        evicted = [job.remove_from_cache.reason for job in act.jobs if job.HasField("remove_from_cache")]
        if completion.HasField("failed") or any(reason in _FAULTY for reason in evicted):
            self._ear.hear(self._case)
        return completion

    def get_serialization_context(self, command_info: CommandInfo | None) -> SerializationContext | None:
        return self._inner.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: CommandInfo | None) -> StorageDriverStoreContext:
        return self._inner.get_external_store_context(command_info)

    def get_info(self) -> Info:
        return self._inner.get_info()

    def get_thread_id(self) -> int | None:
        return self._inner.get_thread_id()

"""Hears which cases' tasks fail in this worker, at the moment they do.

A workflow runner that stands between the worker and the real one and notes the ids of cases whose code raised, whose
payloads could not be decoded or whose history was not followed. What it hears is a hint only: the watch asks Temporal
itself whether the case is still held up.
"""

from __future__ import annotations

from queue import SimpleQueue

from temporalio.bridge.proto.workflow_activation import RemoveFromCache, WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner

from upkeep.untimely import TaskClock
from workflows.around import AroundInstance, AroundRunner

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


class ListeningRunner(AroundRunner):
    """Lets `ear` hear which workflows fail, and lets none live through events out of turn."""

    def __init__(self, inner: WorkflowRunner, ear: FailureEar) -> None:
        super().__init__(inner)
        self._ear = ear

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Create the real instance and listen to it."""
        try:
            return _ListeningInstance(self.inner.create_instance(det), det.info.workflow_id, self._ear)
        except Exception:
            self._ear.hear(det.info.workflow_id)
            raise


class _ListeningInstance(AroundInstance):
    def __init__(self, inner: WorkflowInstance, case: str, ear: FailureEar) -> None:
        super().__init__(inner)
        self._case = case
        self._ear = ear
        self._clock = TaskClock()

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        self._clock.passes(act)
        completion = self.inner.activate(act)
        evicted = [job.remove_from_cache.reason for job in act.jobs if job.HasField("remove_from_cache")]
        if completion.HasField("failed") or any(reason in _FAULTY for reason in evicted):
            self._ear.hear(self._case)
        return completion

"""The shape of what stands between a worker and the runner of its workflows: it hands everything on and looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner
from temporalio.workflow import Info

if TYPE_CHECKING:
    from temporalio.worker._command_aware_visitor import CommandInfo
    from temporalio.workflow import _Definition  # pyright: ignore[reportPrivateUsage]  # named by the base class


class AroundInstance(WorkflowInstance):
    """One workflow in a worker's memory; overriding `activate` is enough."""

    def __init__(self, inner: WorkflowInstance) -> None:
        self.inner = inner

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        """Let the workflow live through one part of a task."""
        return self.inner.activate(act)

    def get_serialization_context(self, command_info: CommandInfo | None) -> SerializationContext | None:
        """As the real one says."""
        return self.inner.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: CommandInfo | None) -> StorageDriverStoreContext:
        """As the real one says."""
        return self.inner.get_external_store_context(command_info)

    def get_info(self) -> Info:
        """As the real one says."""
        return self.inner.get_info()

    def get_thread_id(self) -> int | None:
        """As the real one says."""
        return self.inner.get_thread_id()


class AroundRunner(WorkflowRunner):
    """Runs workflows with `inner`; overriding `create_instance` is enough."""

    def __init__(self, inner: WorkflowRunner) -> None:
        self.inner = inner

    def prepare_workflow(self, defn: _Definition) -> None:
        """Let the real runner prepare."""
        self.inner.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Sequence[type[BaseException]]) -> None:
        """Hand on the types that fail a workflow."""
        self.inner.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Create the real instance."""
        return self.inner.create_instance(det)

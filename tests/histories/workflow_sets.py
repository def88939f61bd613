"""Which code a recorded history is replayed on, and with which converter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from temporalio.converter import DataConverter
from temporalio.worker import WorkflowRunner

from tests.audit.small_case import Neighbour, SmallCase, SmallInspection
from workflows.registry import WORKFLOWS, sandbox
from workflows.wire import WIRE


@dataclass(frozen=True)
class WorkflowSet:
    """Workflows with what their worker was given."""

    workflows: tuple[type, ...]
    data_converter: DataConverter = WIRE
    runner: Callable[[], WorkflowRunner] | None = None
    """The worker's own sandbox, where it has one."""


SETS = {
    "cases": WorkflowSet(WORKFLOWS, runner=sandbox),
    "small": WorkflowSet((SmallCase, SmallInspection, Neighbour)),
}

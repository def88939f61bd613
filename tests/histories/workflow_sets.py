"""Which code a recorded history is replayed on, and with which converter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from temporalio.converter import DataConverter
from temporalio.worker import WorkflowRunner

from tests.audit.small_case import Neighbour, SmallCase, SmallInspection
from workflows.registry import WORKFLOWS, runner
from workflows.wire import WIRE


@dataclass(frozen=True)
class WorkflowSet:
    """Workflows with what their worker was given."""

    workflows: tuple[type, ...]
    data_converter: DataConverter = WIRE
    runner: Callable[[], WorkflowRunner] | None = None
    """What the worker runs them in; None for the plain sandbox."""


SETS = {
    "cases": WorkflowSet(WORKFLOWS, runner=runner),
    "small": WorkflowSet((SmallCase, SmallInspection, Neighbour)),
}

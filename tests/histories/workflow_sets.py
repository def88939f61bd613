"""Which code a recorded history is replayed on, and with which converter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter
from temporalio.worker import WorkflowRunner

from tests.audit.small_case import Neighbour, SmallCase, SmallInspection
from workflows.registry import WORKFLOWS, sandbox


@dataclass(frozen=True)
class WorkflowSet:
    """Workflows with what their worker was given."""

    workflows: tuple[type, ...]
    data_converter: DataConverter = pydantic_data_converter
    runner: Callable[[], WorkflowRunner] | None = None
    """The worker's own sandbox, where it has one."""


SETS = {
    "cases": WorkflowSet(WORKFLOWS, runner=sandbox),
    "small": WorkflowSet((SmallCase, SmallInspection, Neighbour)),
}

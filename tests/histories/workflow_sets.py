"""Which code a recorded history is replayed on, and with which converter."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

from tests.audit.small_case import Neighbour, SmallCase, SmallInspection


@dataclass(frozen=True)
class WorkflowSet:
    """Workflows with what their worker was given."""

    workflows: tuple[type, ...]
    data_converter: DataConverter = pydantic_data_converter


SETS = {
    "small": WorkflowSet((SmallCase, SmallInspection, Neighbour)),
}

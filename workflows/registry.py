"""Which workflows there are, and the sandbox they run in: the same for the worker and for every replay."""

from __future__ import annotations

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from workflows.complaint import Complaint
from workflows.goods_return import Return
from workflows.payment import Payment

WORKFLOWS: tuple[type, ...] = (Complaint, Return, Payment)

PASSED_THROUGH = ("domain", "workflows.answers", "workflows.ids", "workflows.news", "workflows.ports")
"""Modules that the sandbox does not load again: pure rules (fenced by domain/ruff.toml) and plain messages.

All of them or none: with only some, one workflow would hold two classes of one name, and equal values would differ.
"""


def sandbox() -> SandboxedWorkflowRunner:
    """The sandbox of all cases."""
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH))

"""Which workflows there are, and the sandbox they run in: the same for the worker and for every replay."""

from __future__ import annotations

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from workflows.complaint import Complaint
from workflows.goods_return import Return
from workflows.payment import Payment

WORKFLOWS: tuple[type, ...] = (Complaint, Return, Payment)

PLAIN = ("domain", "workflows.answers", "workflows.ids", "workflows.news", "workflows.ports", "workflows.wire")
"""Modules that even the strict sandbox does not load again: pure rules (fenced by domain/ruff.toml), plain messages.

All of them or none: with only some, one workflow would hold two classes of one name, and equal values would differ.
"""


def sandbox() -> SandboxedWorkflowRunner:
    """The sandbox of a working desk: our own modules are loaded once for all cases, not again for each.

    Loading them again took three quarters of what a worker spends on opening a case. What that would catch, a forbidden
    call in `workflows`, is caught where every journey runs under `strict_sandbox` before a release.
    """
    return _sandbox("domain", "workflows")


def strict_sandbox() -> SandboxedWorkflowRunner:
    """The sandbox that loads the workflow modules anew for each case: a forbidden call in them fails at once."""
    return _sandbox(*PLAIN)


def _sandbox(*loaded_once: str) -> SandboxedWorkflowRunner:
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*loaded_once))

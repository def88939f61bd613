"""Which workflows there are, and what runs them: the same for the worker and for every replay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_type_hints

from temporalio.worker import UnsandboxedWorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from domain.people import Actor
from domain.view import Kind
from workflows.complaint import Complaint
from workflows.desk_case import DeskCase
from workflows.goods_return import Return
from workflows.parcel import Parcel
from workflows.payment import Payment
from workflows.quiet_tasks import MarksQuietTasks

WORKFLOWS: tuple[type[DeskCase[Any]], ...] = (Complaint, Return, Payment, Parcel)

KINDS = {"Complaint": Kind.COMPLAINT, "Return": Kind.RETURN, "Payment": Kind.PAYMENT, "Parcel": Kind.PARCEL}
"""Which kind of case a workflow is, by the name under which Temporal knows it."""

PLAIN = (
    "domain",
    "workflows.answers",
    "workflows.ids",
    "workflows.news",
    "workflows.ports",
    "workflows.shared_policies",
    "workflows.wire",
)
"""Modules that even the sandbox does not load again: pure rules (fenced by domain/ruff.toml), plain messages.

All of them or none: with only some, one workflow would hold two classes of one name, and equal values would differ.
"""


def messages() -> Iterator[Any]:
    """Every type that a case reads from the wire: what begins it, steps of people, news of machines, who looks."""
    yield Actor
    for each in WORKFLOWS:
        yield get_type_hints(vars(each)["run"])["begin"]
        yield from (rule.step for rule in each.book.rules.values())
        yield from (*each.messages.values(), *each.shared_messages.values())


def runner() -> MarksQuietTasks:
    """What runs cases on a working desk and in every replay: no sandbox.

    The SDK's sandbox would load our modules anew for each case and climb over its fences at each payload of each step.
    What it catches, a forbidden call in a workflow, is caught before a release: every journey runs under `sandbox`
    (docs/decisions/0011).
    """
    return MarksQuietTasks(UnsandboxedWorkflowRunner())


def sandbox() -> MarksQuietTasks:
    """The SDK's sandbox, in which a forbidden call in a workflow fails at once."""
    fences = SandboxRestrictions.default.with_passthrough_modules(*PLAIN)
    return MarksQuietTasks(SandboxedWorkflowRunner(restrictions=fences))

"""Opens slips and approves them, so many at a time, each again and again until it is certain."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from domain.casefile import Customer
from domain.money import Money
from domain.payment.state import OpenPayment
from domain.payment.steps import ApproveSlip
from domain.people import Actor, Role
from tests.faults.payments.stage import Stage, pinned
from tests.faults.payments.stand_in import QUEUE
from workflows.answers import Begin, StepAnswer

A_STAND_IN = 100
"""Slips of one stand-in, and of one asker: less than one person may ask for on one day."""
PATIENCE = timedelta(seconds=10)
PAUSE = 0.2
AN_APPROVER = 2000
"""Slips of one supervisor: in sum less than one person may approve on one day, which the API would see to."""


def slip_name(number: int) -> str:
    """The case number of a slip."""
    return f"{stand_in(number)}-P{number % A_STAND_IN + 1}"


def stand_in(number: int) -> str:
    """The complaint that the slip belongs to."""
    return f"AS-2026-{900_000 + number // A_STAND_IN:06d}"


def amount_of(number: int) -> Money:
    """Of slip `number`: from 1.00 to 9.99."""
    return Money(100 + number * 37 % 900, "CNY")


def approver(number: int) -> Actor:
    """The supervisor who approves slip `number`."""
    return Actor(f"p-wu-{number // AN_APPROVER}", Role.SUPERVISOR, "Wu")


async def pay_all(stage: Stage, slips: int, at_once: int, within: float) -> int:
    """Open and approve every slip, or as many as can be begun within so many seconds; how many those are."""
    policy, until = pinned(), time.monotonic() + within
    begun = 0
    for number in range(0, slips, A_STAND_IN):
        await certainly(lambda number=number: _listen(stage, stand_in(number)))
    waiting = iter(range(slips))

    async def one_after_another() -> None:
        nonlocal begun
        for number in waiting:
            if time.monotonic() > until:
                return
            begun += 1
            await certainly(lambda number=number: _open(stage, number, policy))
            await certainly(lambda number=number: _approve(stage, number))

    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    return begun


async def certainly(attempt: Any) -> None:
    """Until it is done; what cannot be reached now is asked again."""
    by = time.monotonic() + 300
    while True:
        try:
            await asyncio.wait_for(attempt(), PATIENCE.total_seconds())
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError, NotYet):
            assert time.monotonic() < by, "the desk does not come back"
            await asyncio.sleep(PAUSE)
        else:
            return


class NotYet(Exception):  # noqa: N818  a finding
    """It is too early: the ledger has not answered."""


async def _listen(stage: Stage, name: str) -> None:
    try:
        await stage.client.start_workflow("StandIn", id=name, task_queue=QUEUE)
    except WorkflowAlreadyStartedError:
        return


async def _open(stage: Stage, number: int, policy: Any) -> None:
    order, line = stage.order(number)
    opening = OpenPayment(
        case=slip_name(number),
        shop=stage.shop,
        parent=stand_in(number),
        customer=Customer(subject="c-proof"),
        pinned=policy,
        order=None,
        order_index=stage.index(order),
        line=line,
        purpose="refund",
        amount=amount_of(number),
        reason="refund for quality: cracked",
        remark="cracked_Lin",
        requested_by=Actor(f"p-{number // A_STAND_IN}", Role.AGENT, "Lin"),
        case_sum=amount_of(number),
        rule="T",
    )
    try:
        await stage.client.start_workflow(
            "Payment",
            Begin(opening),
            id=opening.case,
            task_queue=stage.settings.task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )
    except WorkflowAlreadyStartedError:
        return


async def _approve(stage: Stage, number: int) -> None:
    step = ApproveSlip(actor=approver(number), amount=amount_of(number))
    handle = stage.client.get_workflow_handle(slip_name(number))
    try:
        await handle.execute_update(step.slug(), step, id=f"approve-{number}", result_type=StepAnswer)
    except WorkflowUpdateFailedError as failed:
        if getattr(failed.cause, "type", "") == "not_reserved":
            raise NotYet from failed
        raise

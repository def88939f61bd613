"""Finance at the end of the storm: decides by the gateway's book what no inquiry settled, pays what fell to it."""

from __future__ import annotations

from collections import Counter

from temporalio.client import WorkflowUpdateFailedError

from adapters.payments.twin import TwinBook
from domain.payment.gateway.steps import Found, SettleUnknown
from domain.payment.steps import SignPaid
from domain.people import Actor, Role
from domain.steps import Step
from domain.view import CaseView
from tests.faults.payments.paying import certainly
from tests.faults.payments.reading import PATIENCE, certain, with_finance
from tests.faults.payments.stage import Stage
from upkeep.asking import looked
from workflows.answers import StepAnswer

QIAN = Actor("p-qian", Role.FINANCE, "Qian")


def by_hand(key: str) -> str:
    """The reference under which finance pays a slip itself."""
    return f"HAND-{key}"


async def settle_what_is_left(stage: Stage) -> Counter[str]:
    """Take each task of finance once, but for contradictions, which stay named; what was done, counted."""
    book = TwinBook(file=stage.till.book)
    done = Counter[str]()
    for name in await with_finance(stage):
        view = await certain(lambda name=name: _look(stage, name))
        tasks = {task.key: task for task in view.tasks}
        key = (view.story or {})["slip_number"]
        step: Step | None = None
        if "pay" in tasks:
            step = SignPaid(actor=QIAN, amount=view.amount, reference=by_hand(key))
        elif "gateway" in tasks and tasks["gateway"].needs_a_person and "mismatch-1" not in tasks:
            step = _by_the_book(book, key)
        if step is not None:
            what = f"{step.slug()}{'_' + step.found if isinstance(step, SettleUnknown) else ''}"
            done[what] += await _take(stage, name, step)
    return done


def _by_the_book(book: TwinBook, key: str) -> SettleUnknown:
    moves = book.paid(key)
    found, reference = (Found.PAID, moves[-1].reference) if moves else (Found.NOT_PAID, "")
    return SettleUnknown(actor=QIAN, found=found, reference=reference, reason="as their statement of today has it")


async def _look(stage: Stage, name: str) -> CaseView:
    return (await looked(stage.client, name, QIAN, PATIENCE)).view


async def _take(stage: Stage, name: str, step: Step) -> int:
    handle = stage.client.get_workflow_handle(name)
    taken = 1

    async def once() -> None:
        nonlocal taken
        try:
            await handle.execute_update(step.slug(), step, id=f"finance-{name}", result_type=StepAnswer)
        except WorkflowUpdateFailedError:
            taken = 0  # the gateway's word was faster

    await certainly(once)
    return taken

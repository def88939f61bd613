"""A fault in a rule holds the case where everybody can see it, and loses nothing: once it is mended the case goes on."""

import asyncio

import pytest
from temporalio.api.enums.v1 import EventType

from domain.shared_steps import AddEvidence
from tests.journeys.desk import SOON, Desk, photo
from tests.journeys.people import CUSTOMER


async def failed_tasks(desk: Desk, case: str) -> int:
    history = await desk.case(case).fetch_history()
    return sum(event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED for event in history.events)


async def test_a_fault_in_what_keeps_deadlines_is_raised_in_the_case_and_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault in a rule")

    with monkeypatch.context() as fault:
        fault.setattr("domain.casework.next_instant", broken)
        case = await desk.open()
        async with asyncio.timeout(SOON):
            while not await failed_tasks(desk, case):
                await asyncio.sleep(0.02)
    answer = await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    assert answer.view.state == "to_judge"
    await desk.forward(case, hours=25)
    view = await desk.until(case, lambda view: any(task.key == "overdue-first_feedback" for task in view.tasks))
    assert view.state == "to_judge"

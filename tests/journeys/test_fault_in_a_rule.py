"""A fault in a rule holds the case where everybody can see it; once it is mended the case goes on, nothing lost."""

import asyncio

import pytest
from temporalio.api.enums.v1 import EventType

from domain.shared_steps import AddEvidence
from tests.journeys.desk import SOON, Desk, photo
from tests.journeys.people import CUSTOMER


async def has_failed(desk: Desk, case: str) -> None:
    """Return once a task of the case has failed; the server says so in the history."""
    events = desk.case(case).fetch_history_events(wait_new_event=True)
    async for event in events:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            return


async def test_a_fault_in_what_keeps_deadlines_is_raised_in_the_case_and_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault in a rule")

    with monkeypatch.context() as fault:
        fault.setattr("domain.casework.next_instant", broken)
        case = await desk.open()
        await asyncio.wait_for(has_failed(desk, case), SOON)
    answer = await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    assert answer.view.state == "to_judge"
    await desk.forward(case, hours=25)
    view = await desk.until(case, lambda view: any(task.key == "overdue-first_feedback" for task in view.tasks))
    assert view.state == "to_judge"

"""What a case took note of at two instants stays at two instants, whoever replays it."""

from __future__ import annotations

from pathlib import Path

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from domain.complaint.steps import AcceptProposal, GiveFeedback
from domain.view import CaseView
from tests.builders import it_goes_on
from tests.journeys.desk import Desk, open_desk
from tests.journeys.people import AGENT, CUSTOMER
from worker import cases_worker


def troubles(view: CaseView) -> list[str]:
    return [trouble["arose_at"] for trouble in view.story["troubles"]]  # type: ignore[index, union-attr]


async def test_a_worker_that_never_saw_the_case_takes_a_step_where_the_last_one_left_it(
    temporal: Client, database_url: str, tmp_path: Path
) -> None:
    async with open_desk(temporal, database_url, tmp_path) as desk:
        case = await desk.open()
        await desk.until(case, lambda view: all(one["state"] != "by_machine" for one in view.story["letters"]))  # type: ignore[index]
        for number, unreadable in enumerate(("of_no_kind", "return_news", "payment_news"), start=1):
            await desk.case(case).signal(unreadable, "x")
            seen = await desk.until(case, lambda view, upto=number: len(troubles(view)) == upto)
    async with cases_worker(temporal, desk.database, desk.settings):
        answer = await desk.step(case, GiveFeedback(actor=AGENT, **it_goes_on("We are on it.")))
        assert troubles(answer.view) == troubles(seen)
        await desk.replays(case)


async def test_a_refused_step_leaves_no_event_however_quiet_the_case_is(desk: Desk) -> None:
    case = await desk.open()
    await desk.until(case, lambda view: all(one["state"] != "by_machine" for one in view.story["letters"]))  # type: ignore[index]
    before = [event.event_id async for event in desk.case(case).fetch_history_events()]
    for _ in range(3):
        await desk.refused(case, AcceptProposal(actor=CUSTOMER, proposal=1))
    after = [event.event_type async for event in desk.case(case).fetch_history_events()]
    assert len(after) == len(before)
    assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED not in after

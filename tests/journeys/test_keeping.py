"""The rows of changes that nobody asked for: written by the worker, and only when the history has them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from sqlalchemy import text

from db.reads import find_case
from db.views import keep_view
from domain.view import CaseView
from tests.journeys.desk import SHOP, SOON, Desk
from tests.journeys.moves import agreed
from upkeep.case_rows import CaseRows
from upkeep.keeping import RegisterKeeper
from upkeep.mending import mend


async def row(desk: Desk, case: str) -> CaseView | None:
    async with desk.database.reading() as session:
        return await find_case(session, SHOP, case)


async def row_at(desk: Desk, case: str, version: int) -> CaseView:
    """The row once it has come to that version."""
    async with asyncio.timeout(SOON):
        while (kept := await row(desk, case)) is None or kept.version < version:  # noqa: ASYNC110  rows tell nobody
            await asyncio.sleep(0.005)
        return kept


async def at_rest(desk: Desk, case: str) -> CaseView:
    """The case once no message of it is under way."""
    told = ("with_a_person", "told")
    return await desk.until(case, lambda view: all(one["state"] in told for one in view.story["letters"]))  # type: ignore[index]


async def test_a_deadline_that_passes_shows_in_the_register_without_an_activity(desk: Desk) -> None:
    case = await desk.open()
    await desk.forward(case, hours=25)
    view = await desk.until(case, lambda seen: any(task.key.startswith("overdue") for task in seen.tasks))
    assert await row_at(desk, case, view.version) == view
    asked = [
        event.activity_task_scheduled_event_attributes.activity_type.name
        async for event in desk.case(case).fetch_history_events()
        if event.HasField("activity_task_scheduled_event_attributes")
    ]
    assert set(asked) <= {"tell_the_customer"}


async def test_a_return_stands_in_the_register_as_soon_as_it_is_started(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    started = await at_rest(desk, f"{case}-R1")
    assert await row_at(desk, f"{case}-R1", started.version) == started


async def test_what_a_lost_task_came_to_is_never_written(desk: Desk) -> None:
    case = await desk.open()
    told = (await desk.look(case)).view
    run_id = (await desk.case(case).describe()).run_id
    rows = CaseRows(desk.database, lambda _: None)
    keeper = RegisterKeeper(desk.client, rows)
    invented = replace(told, version=told.version + 1, state="invented")
    for not_a_task in (1, 2):  # the event behind it is not the end of a workflow task
        keeper._hear(invented, run_id, not_a_task)
        await asyncio.sleep(0)
        await keeper.settled()
    elsewhere = RegisterKeeper(await another_client(desk), rows)
    elsewhere._hear(invented, run_id, 3)  # it is the end of one, but another worker's
    await asyncio.sleep(0)
    await elsewhere.settled()
    kept = await row(desk, case)
    assert kept is None or kept.state != "invented"
    keeper._hear(replace(told, version=told.version + 1), run_id, 3)
    await asyncio.sleep(0)
    await keeper.settled()
    assert (await row_at(desk, case, told.version + 1)).state == told.state


async def another_client(desk: Desk):
    client = desk.client
    return await type(client).connect(
        client.service_client.config.target_host, namespace=client.namespace, identity="another worker"
    )


async def test_the_sweep_finds_a_return_whose_first_row_was_lost(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    started = await at_rest(desk, f"{case}-R1")
    await row_at(desk, f"{case}-R1", started.version)
    async with desk.database.writing_once() as session:
        await keep_view(session, (await desk.look(case)).view)
    async with desk.database.writing_once() as session:
        await session.execute(text("""DELETE FROM cases WHERE "case" LIKE '%-R1'"""))
    assert (await mend(desk.client, desk.database))[0] == 1
    assert await row(desk, f"{case}-R1") == started

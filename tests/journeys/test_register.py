"""The register can be dropped and rebuilt from the cases, row for row; rows that fell behind are mended."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from temporalio.common import MetricMeter

from db.openings import claim_opening
from db.search import marks_owed
from db.sessions import Database
from db.views import keep_view
from domain.view import Kind
from tests.journeys.desk import SHOP, Desk, yuan
from tests.journeys.moves import agreed, goods_back, judged, paid
from upkeep.figures import WorkerFigures
from upkeep.mending import keep_mending, mend, rebuild
from upkeep.word_marks import WordMarker, pay_marks
from worker import sealing_parts

ROWS = (
    "SELECT to_jsonb(c) FROM cases c ORDER BY 1",
    "SELECT to_jsonb(t) FROM case_tasks t ORDER BY 1",
    "SELECT to_jsonb(t) FROM case_tracking t ORDER BY 1",
    "SELECT to_jsonb(s) FROM case_search s ORDER BY 1",
    "SELECT to_jsonb(p) FROM case_promises p ORDER BY 1",
)


async def rows(database: Database) -> list[Sequence[Any]]:
    async with database.reading() as session:
        return [list((await session.execute(text(asked))).scalars()) for asked in ROWS]


async def claimed(desk: Desk) -> str:
    """A case that was opened through the register, as the API does it."""
    async with desk.database.writing_once() as session:
        opening = await claim_opening(session, SHOP, f"key-{desk.numbers}", "f", Kind.COMPLAINT, 2026)
    await desk.open(case=opening.case)
    async with desk.database.writing_once() as session:
        await keep_view(session, (await desk.look(opening.case)).view)
    return opening.case


async def kept(desk: Desk, case: str) -> None:
    """The asker writes the row after a step; a journey without the API does it here, once no letter is under way."""
    await desk.until(case, lambda view: all(each["state"] != "by_machine" for each in view.story["letters"]))  # type: ignore[index]
    async with desk.database.writing_once() as session:
        await keep_view(session, (await desk.look(case)).view)


async def test_the_register_rebuilt_from_the_cases_equals_the_live_one(desk: Desk) -> None:
    first, second = await claimed(desk), await claimed(desk)
    await judged(desk, second)
    await agreed(desk, first)
    await goods_back(desk, first)
    await paid(desk, f"{first}-P1", yuan(89))
    await desk.until(first, lambda view: any(part["result"] == "paid" for part in view.story["payments"]))  # type: ignore[index]
    await desk.state(f"{first}-P2", "to_approve")
    for case in (first, second, f"{first}-R1", f"{first}-P1", f"{first}-P2"):
        await kept(desk, case)
    marker = WordMarker(*sealing_parts(desk.settings, desk.database))
    await pay_marks(desk.database, marker)
    live = await rows(desk.database)
    assert len(live[0]) == len(live[3]) == 5
    assert all(row["marks"] for row in live[3])
    assert (await rebuild(desk.client, desk.database)).rows == 5
    await pay_marks(desk.database, marker)
    assert await rows(desk.database) == live


async def test_a_row_that_fell_behind_and_one_never_written_are_mended(desk: Desk) -> None:
    case = await claimed(desk)
    await kept(desk, case)  # else its first message may fall to a person between row and sweep
    assert (await mend(desk.client, desk.database))[0] == 0
    await judged(desk, case)
    assert (await mend(desk.client, desk.database))[0] == 1
    assert (await mend(desk.client, desk.database))[0] == 0
    async with desk.database.writing_once() as session:
        await session.execute(text("DELETE FROM cases"))
    async with desk.database.writing_once() as session:
        await session.execute(text("UPDATE openings SET claimed_at = claimed_at - interval '1 minute'"))
    assert (await mend(desk.client, desk.database))[0] == 1


async def test_the_sweep_makes_the_marks_that_a_case_is_owed(desk: Desk) -> None:
    case = await claimed(desk)
    marker = WordMarker(*sealing_parts(desk.settings, desk.database))
    sweeping = asyncio.create_task(keep_mending(desk.client, desk.database, WorkerFigures(MetricMeter.noop), marker))
    owed = [case]
    async with asyncio.timeout(20):
        while owed:
            async with desk.database.reading() as session:
                owed = [view.case for view in await marks_owed(session)]
            await asyncio.sleep(0.02)
    sweeping.cancel()
    async with desk.database.reading() as session:
        assert (await session.execute(text("SELECT cardinality(marks) FROM case_search"))).scalar_one() > 5


async def test_a_case_that_cannot_answer_does_not_stop_the_sweep_for_the_others(desk: Desk) -> None:
    async with desk.database.writing_once() as session:
        broken = await claim_opening(session, SHOP, "broken", "f", Kind.COMPLAINT, 2026)
    await desk.client.start_workflow(
        "Complaint", {"opening": "not one"}, id=broken.case, task_queue=desk.settings.task_queue
    )
    healthy = await claimed(desk)
    await judged(desk, healthy)
    async with desk.database.writing_once() as session:
        await session.execute(text("UPDATE openings SET claimed_at = claimed_at - interval '1 minute'"))
    assert (await mend(desk.client, desk.database))[0] == 1
    rebuilt = await rebuild(desk.client, desk.database)
    assert (rebuilt.rows, rebuilt.silent) == (1, (broken.case,))

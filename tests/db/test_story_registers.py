"""Registers are read from the cases' own stories: every line once, and no more rows than are shown."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from db.cursors import BadCursor
from db.sessions import Database
from db.story_registers import RECALL_SLIPS, RegisterLine, read_register
from db.views import keep_view
from domain.view import CaseView
from tests.db.builders import NOON, a_view
from tests.db.test_list_plans import rows_read

CASES = 20_000


def slip(number: int, *, still: bool) -> dict[str, object]:
    return {"number": number, "slip": f"RC-{number}", "open": still}


def a_recall(case: str, *slips: dict[str, object], opened: int = 0, **other: Any) -> CaseView:
    story = {"verified": True, "recalls": list(slips)}
    return a_view(case, story=story, opened_at=NOON + timedelta(minutes=opened), **other)


async def keep(database: Database, *views: CaseView) -> None:
    async with database.writing() as session:
        for view in views:
            await keep_view(session, view)


async def read(database: Database, limit: int = 50, **asked: Any) -> list[RegisterLine]:
    seen: list[RegisterLine] = []
    cursor: str | None = None
    async with database.reading() as session:
        while True:
            page = await read_register(session, "cups", RECALL_SLIPS, cursor, limit, **asked)
            assert len(page.items) <= limit
            seen += page.items
            cursor = page.next
            if cursor is None:
                return seen


def told(lines: list[RegisterLine]) -> list[tuple[str, object]]:
    return [(line.case, line.told["number"]) for line in lines]


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
async def test_pages_show_every_slip_once_the_newest_case_first(database: Database, limit: int) -> None:
    await keep(
        database,
        a_view("AS-0"),
        a_recall("AS-1", slip(1, still=False), slip(2, still=True)),
        a_recall("AS-2", slip(1, still=True), opened=5),
        a_recall("AS-3", slip(1, still=False), opened=5),
        a_recall("AS-4", opened=9),
        a_recall("AS-5", slip(1, still=True), shop="hats"),
    )
    assert told(await read(database, limit)) == [("AS-3", 1), ("AS-2", 1), ("AS-1", 2), ("AS-1", 1)]
    assert told(await read(database, limit, waits=True)) == [("AS-2", 1), ("AS-1", 2)]
    assert told(await read(database, limit, waits=False)) == [("AS-3", 1), ("AS-1", 1)]


async def test_a_slip_that_was_settled_leaves_the_open_ones_with_the_next_version(database: Database) -> None:
    await keep(database, a_recall("AS-1", slip(1, still=True)))
    await keep(database, a_recall("AS-1", slip(1, still=False), version=2))
    await keep(database, a_recall("AS-1", slip(1, still=True)))
    assert told(await read(database, waits=True)) == []
    assert told(await read(database)) == [("AS-1", 1)]


def written(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["x", written('["2026-01-01T00:00:00+00:00","AS-1"]'), written('["2026-01-01T00:00:00+00:00","AS-1","one"]'),
     written('["2026-01-01T00:00:00+00:00","AS-1","99999999999999999999"]'), written('[null,"AS-1","1"]')],
)  # fmt: skip
async def test_a_cursor_from_elsewhere_is_refused(database: Database, cursor: str) -> None:
    async with database.reading() as session:
        with pytest.raises(BadCursor):
            await read_register(session, "cups", RECALL_SLIPS, cursor)


FILL = """
    INSERT INTO cases ("case", shop, kind, parent, version, state, problem, channel, customer, handler, opened_at,
        phone_index, order_index, policy_version, due_at, priority, view)
    SELECT 'F-' || n, shop, kind, parent, version, state, problem, channel, customer, handler,
        opened_at + n * interval '1 minute', phone_index, order_index, policy_version, due_at, priority,
        CASE WHEN n % 40 = 0 AND n % 4000 <> 0 THEN jsonb_set(view, '{story,recalls}', '[{"number": 1, "open": false}]')
             WHEN n % 4000 = 0 THEN jsonb_set(view, '{story,recalls}', '[{"number": 1, "open": true}]')
             ELSE view END
    FROM cases, generate_series(1, :cases) AS n
"""


async def test_no_register_looks_at_many_more_rows_than_it_shows(database: Database) -> None:
    await keep(database, a_view())
    async with database.writing() as session:
        await session.execute(text(FILL), {"cases": CASES})
    async with database.writing_once() as session:
        await session.execute(text("ANALYZE cases"))
    async with database.reading() as session:
        before = await rows_read(session)
        page = await read_register(session, "cups", RECALL_SLIPS, limit=20)
        whole = await rows_read(session) - before
        later = await read_register(session, "cups", RECALL_SLIPS, page.next, limit=20)
        following = await rows_read(session) - before - whole
        waiting = await read_register(session, "cups", RECALL_SLIPS, limit=20, waits=True)
        waits = await rows_read(session) - before - whole - following
    assert [len(page.items), len(later.items), len(waiting.items)] == [20, 20, 5]
    assert max(whole, following, waits) < 100, (whole, following, waits)

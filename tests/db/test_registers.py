"""Registers: lines over all cases, due first, in pages, each bound to its shop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db.cursors import BadCursor
from db.registers import parcels_under_way, promises
from db.sessions import Database
from db.views import keep_view
from domain.people import Role
from domain.view import Task
from tests.db.builders import NOON, a_task, a_view


def watched(case: str, due_in: float, *numbers: str, **other: Any) -> Any:
    """A case that waits for these parcels."""
    due = NOON + timedelta(hours=due_in)
    tasks = [Task(f"check-{each}", Role.LOGISTICS, "record_parcel_check", due, "check it") for each in numbers]
    told = [{"number": place, "tracking": each, "carrier": "SF"} for place, each in enumerate(numbers, start=1)]
    return a_view(case, tasks=(a_task(), *tasks), story={"parcels": told}, **other)


def promised(case: str, *hours: float, **other: Any) -> Any:
    """A case with these promises, the first of them broken."""
    tasks = [
        Task(
            f"broken-promise-{number}" if number == 1 else f"promise-{number}",
            Role.SUPERVISOR if number == 1 else Role.AGENT,
            "settle_promise" if number == 1 else "keep_promise",
            NOON + timedelta(hours=after),
            "promised",
        )
        for number, after in enumerate(hours, start=1)
    ]
    told = [{"number": number, "words": f"promise {number} of {case}"} for number in range(1, len(hours) + 1)]
    return a_view(case, tasks=(a_task("keep_promises"), *tasks), story={"promises": told}, **other)


async def keep(database: Database, *views: Any) -> None:
    async with database.writing() as session:
        for view in views:
            await keep_view(session, view)


async def test_parcels_under_way_stand_one_a_line_with_the_next_check_first(database: Database) -> None:
    await keep(
        database,
        watched("AS-2026-000001", 5, "SF1", "SF2"),
        watched("AS-2026-000002", 2, "SF3"),
        watched("AS-2026-000003", 1, "SF4", shop="other"),
        a_view("AS-2026-000004"),
    )
    async with database.reading() as session:
        page = await parcels_under_way(session, "cups")
    assert [(line.case, line.told["tracking"]) for line in page.items] == [
        ("AS-2026-000002", "SF3"),
        ("AS-2026-000001", "SF1"),
        ("AS-2026-000001", "SF2"),
    ]
    assert page.items[0].due_at == NOON + timedelta(hours=2)
    assert (page.items[0].problem, page.items[0].handler) == ("quality", "p_1")
    assert page.next is None


async def test_of_a_parcel_that_was_watched_twice_the_line_tells_the_last(database: Database) -> None:
    view = watched("AS-2026-000001", 5, "SF1")
    story: Any = view.story
    story["parcels"].append({"number": 2, "tracking": "SF1", "carrier": "ZTO"})
    await keep(database, view)
    async with database.reading() as session:
        page = await parcels_under_way(session, "cups")
    assert [line.told["carrier"] for line in page.items] == ["ZTO"]


async def test_promises_to_keep_and_broken_ones_stand_together_due_first_page_by_page(database: Database) -> None:
    hours = [float(hour) for hour in range(1, 13)]
    await keep(database, promised("AS-2026-000001", *hours), promised("AS-2026-000002", 3.5, 0.5))
    seen: list[tuple[str, int]] = []
    cursor: str | None = None
    async with database.reading() as session:
        while True:
            page = await promises(session, "cups", cursor, 4)
            assert len(page.items) <= 4
            seen.extend((line.case[-1], line.told["number"]) for line in page.items)
            cursor = page.next
            if cursor is None:
                break
    assert seen == [("2", 2), ("1", 1), ("1", 2), ("1", 3), ("2", 1), *(("1", number) for number in range(4, 13))]


@pytest.mark.parametrize("cursor", ["", "!", "W10", "a" * 2000])
async def test_a_cursor_of_another_list_is_refused(database: Database, cursor: str) -> None:
    async with database.reading() as session:
        with pytest.raises(BadCursor):
            await promises(session, "cups", cursor)


async def test_a_page_is_not_endless(database: Database) -> None:
    async with database.reading() as session:
        with pytest.raises(ValueError, match="1 to 200"):
            await parcels_under_way(session, "cups", None, 201)

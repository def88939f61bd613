"""Work lists: health and food safety before everything, on every page, stuck cases among them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from db.case_lists import CaseFilters, Sort, list_cases
from db.cursors import BadCursor, Place, write_cursor
from db.queues import queue
from db.sessions import Database
from db.stuck import note_stuck
from db.views import keep_view
from domain.people import Role
from domain.stuck import StuckBecause, StuckCase
from domain.view import CaseView, Kind
from tests.db.builders import NOON, a_task, a_view


async def keep(database: Database, *views: CaseView) -> None:
    async with database.writing() as session:
        for view in views:
            await keep_view(session, view)


async def all_pages(database: Database, desk: Role | None, limit: int) -> list[str]:
    seen: list[str] = []
    cursor = None
    async with database.reading() as session:
        while True:
            page = await queue(session, "cups", desk, cursor, limit)
            seen += [entry.case for entry in page.items]
            cursor = page.next
            if cursor is None:
                return seen


def _due(case: str, hours: int | None, priority: int) -> CaseView:
    due_in = None if hours is None else timedelta(hours=hours)
    return a_view(case, priority=priority, tasks=(a_task(due_in=due_in),))


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
async def test_health_comes_first_on_a_desks_list_over_all_pages(database: Database, limit: int) -> None:
    views = [
        _due("AS-1", 1, 2),
        _due("AS-2", 9, 1),
        _due("AS-3", None, 1),
        _due("AS-4", -5, 5),
        _due("AS-5", None, 3),
        _due("AS-6", 2, 1),
    ]
    random.Random(limit).shuffle(views)  # noqa: S311  an order, no secret
    await keep(database, *views)
    assert await all_pages(database, Role.AGENT, limit) == ["AS-6", "AS-2", "AS-3", "AS-4", "AS-1", "AS-5"]


@pytest.mark.parametrize("limit", [1, 2, 50])
async def test_a_health_case_that_cannot_go_on_stands_first_and_another_in_its_turn(
    database: Database, limit: int
) -> None:
    await keep(
        database,
        a_view("AS-1", priority=1, tasks=()),
        a_view("AS-2", tasks=()),
        a_view("AS-3", tasks=(a_task(desk=Role.SUPERVISOR, due_in=timedelta(hours=-9)),)),
        a_view("AS-4", priority=1, tasks=(a_task(desk=Role.SUPERVISOR, due_in=None),)),
    )
    async with database.writing() as session:
        for case in ("AS-1", "AS-2", "AS-7"):
            await note_stuck(session, StuckCase(case, "cups", Kind.COMPLAINT, NOON, StuckBecause.FAULT))
    assert await all_pages(database, Role.SUPERVISOR, limit) == ["AS-1", "AS-4", "AS-3", "AS-2", "AS-7"]


async def test_a_case_that_turns_into_a_matter_of_health_moves_up_with_its_unchanged_tasks(database: Database) -> None:
    await keep(database, _due("AS-1", 1, 3), _due("AS-2", 2, 3))
    assert await all_pages(database, Role.AGENT, 50) == ["AS-1", "AS-2"]
    later = a_view("AS-2", 2, priority=1, handler="p_9", team="teapots", tasks=(a_task(due_in=timedelta(hours=2)),))
    await keep(database, later)
    async with database.reading() as session:
        first = (await queue(session, "cups", Role.AGENT)).items[0]
    assert (first.case, first.charge.priority, first.charge.handler, first.charge.team) == ("AS-2", 1, "p_9", "teapots")


@pytest.mark.parametrize("key", [("2", "AS-1", "judge"), ("AS-1", "judge"), ("", "AS-1", "judge")])
async def test_a_cursor_from_elsewhere_is_refused(database: Database, key: tuple[str, ...]) -> None:
    async with database.reading() as session:
        with pytest.raises(BadCursor):
            await queue(session, "cups", Role.AGENT, write_cursor(Place(NOON, key)))


async def test_cases_by_priority_are_the_open_ones_in_each_level_due_first(database: Database) -> None:
    await keep(
        database,
        _due("AS-1", None, 2),
        _due("AS-2", 5, 2),
        _due("AS-3", 1, 4),
        _due("AS-4", 9, 1),
        a_view("AS-5", priority=1, closed_at=NOON),
        a_view("AS-6", priority=1, shop="hats"),
    )
    seen: list[str] = []
    cursor = None
    async with database.reading() as session:
        while True:
            page = await list_cases(session, "cups", CaseFilters(), cursor, 1, Sort.PRIORITY)
            seen += [view.case for view in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == ["AS-4", "AS-2", "AS-1", "AS-3"]
        only = await list_cases(session, "cups", CaseFilters(priority=2), sort=Sort.PRIORITY)
        assert [view.case for view in only.items] == ["AS-2", "AS-1"]
        elsewhere = (("priority", "9", "AS-1"), ("priority", "x", "AS-1"), ("due", "2", "AS-1"), ("priority", "AS-1"))
        for given in (write_cursor(Place(NOON, key)) for key in elsewhere):
            with pytest.raises(BadCursor):
                await list_cases(session, "cups", CaseFilters(), given, sort=Sort.PRIORITY)

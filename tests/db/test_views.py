import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from db.driver import connect
from db.queues import queue
from db.reads import cases_by_tracking, find_case
from db.sessions import Database
from db.views import drop_read_model, keep_view
from domain.people import Role
from domain.view import CaseView
from tests.db.builders import NOON, a_task, a_view


async def keep(database: Database, view: CaseView) -> bool:
    async with database.writing_once() as session:
        return await keep_view(session, view)


async def tables(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.reading() as session:
        told = {}
        for table in ("cases", "case_tasks", "case_tracking", "case_search", "case_promises"):
            rows = await session.execute(text(f"SELECT t::text FROM {table} AS t ORDER BY 1"))  # noqa: S608  known names
            told[table] = [tuple(row) for row in rows]
        return told


async def test_a_kept_case_reads_back_as_it_was(database: Database) -> None:
    view = a_view(amount=None, parent="AS-1", tasks=(a_task(), a_task("pay", due_in=None)))
    assert await keep(database, view)
    async with database.reading() as session:
        assert await find_case(session, "cups", view.case) == view


async def test_another_shop_does_not_see_the_case(database: Database) -> None:
    await keep(database, a_view())
    async with database.reading() as session:
        assert await find_case(session, "hats", "AS-2026-000001") is None


async def test_an_older_or_equal_version_changes_nothing(database: Database) -> None:
    await keep(database, a_view(version=5))
    before = await tables(database)
    assert not await keep(database, a_view(version=5, state="other", tasks=(), tracking=()))
    assert not await keep(database, a_view(version=4, state="other", tasks=(), tracking=()))
    assert await tables(database) == before


async def test_tasks_and_tracking_follow_a_newer_version(database: Database) -> None:
    await keep(database, a_view(tasks=(a_task("a"), a_task("b"), a_task("c")), tracking=("T1", "T2")))
    newer = a_view(
        version=2, tasks=(a_task("b", due_in=timedelta(hours=9)), a_task("c"), a_task("d")), tracking=("T2", "T3")
    )
    await keep(database, newer)
    async with database.reading() as session:
        page = await queue(session, "cups", Role.AGENT)
        assert {entry.task for entry in page.items} == set(newer.tasks)
        assert await cases_by_tracking(session, "cups", "T1") == []
        assert await cases_by_tracking(session, "cups", "T3") == [newer]


async def test_a_case_is_due_when_its_first_task_is(database: Database) -> None:
    early, late = a_task("a", due_in=timedelta(hours=1)), a_task("b", due_in=timedelta(hours=2))
    await keep(database, a_view(tasks=(late, early, a_task("c", due_in=None))))
    async with database.reading() as session:
        assert (await session.execute(text("SELECT due_at FROM cases"))).scalar() == NOON + timedelta(hours=1)


async def test_versions_in_any_order_and_at_once_leave_exactly_the_last(database: Database, database_url: str) -> None:
    versions = [
        a_view(
            version=v,
            state=f"s{v}",
            tasks=tuple(a_task(f"t{(v * 7 + n) % 11}") for n in range(v % 4)),
            tracking=(f"N{v}",),
        )
        for v in range(1, 31)
    ]
    shuffled = versions * 3
    random.Random(7).shuffle(shuffled)  # noqa: S311  an order, no secret
    await asyncio.gather(*(keep(database, view) for view in shuffled))
    mixed = await tables(database)
    async with database.writing() as session:
        await drop_read_model(session)
    await keep(database, versions[-1])
    assert mixed == await tables(database)


async def somebody_waits(database: Database) -> None:
    """Return once a statement of this database waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with database.reading() as session:
        while not (await session.execute(waiting)).scalar_one():
            pass


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(("first", "second"), [(5, 4), (4, 5)])
async def test_of_two_writers_at_the_same_instant_the_later_version_stays_whole(
    database: Database, known: bool, first: int, second: int
) -> None:
    views = {v: a_view(version=v, tasks=(a_task(f"only in {v}"),), tracking=(f"N{v}",)) for v in (1, 4, 5)}
    if known:
        await keep(database, views[1])
    async with database.writing() as session:
        assert await keep_view(session, views[first])
        late = asyncio.create_task(keep(database, views[second]))
        await asyncio.wait_for(somebody_waits(database), 10)
    assert await late is (second == 5)
    mixed = await tables(database)
    async with database.writing() as session:
        await drop_read_model(session)
    await keep(database, views[5])
    assert mixed == await tables(database)


@pytest.mark.parametrize("odd", ["a\0b", "\\u0000", "\\\0", "\\\\\0\0", "日本\ud7ff", '"'])
async def test_odd_texts_do_not_keep_a_case_out_of_the_register(database: Database, odd: str) -> None:
    view = a_view(story={"remark": odd})
    await keep(database, view)
    async with database.reading() as session:
        found = await find_case(session, "cups", view.case)
    assert found == replace(view, story={"remark": odd.replace("\0", "\ufffd")})


async def test_dropping_the_read_model_leaves_everything_else(database: Database) -> None:
    await keep(database, a_view())
    async with database.writing() as session:
        await session.execute(text("INSERT INTO shops (shop, name, currency) VALUES ('cups', 'Cups', 'CNY')"))
    async with database.writing() as session:
        await drop_read_model(session)
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM shops"))).scalar() == 1
    assert all(rows == [] for rows in (await tables(database)).values())


async def test_a_view_kept_without_waiting_for_the_disk_does_not_change_how_others_are_written(
    database_url: str,
) -> None:
    server = await connect(database_url, timeout=5)
    await server.execute(f"ALTER DATABASE {urlsplit(database_url).path[1:]} SET synchronous_commit = on")
    await server.close()
    database = Database(database_url, pool_size=1)
    waits = text("SHOW synchronous_commit")
    async with database.writing() as session:
        assert await keep_view(session, a_view(), wait_for_disk=False)
        assert (await session.execute(waits)).scalar() == "off"
    async with database.writing() as session:
        assert (await session.execute(waits)).scalar() == "on"
        assert await keep_view(session, a_view(version=2))
        assert (await session.execute(waits)).scalar() == "on"
    await database.aclose()

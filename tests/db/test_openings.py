import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from db.mending import LAST_WORDS, REOPENING, note_checked, openings_without_row, rows_to_check
from db.openings import Opening, all_case_ids, claim_opening, mark_started
from db.sessions import Database
from db.views import keep_view
from domain.view import Kind
from tests.db.builders import a_view

LONG_AGO_IS_BEFORE = timedelta(days=400_000)


async def claim(database: Database, key: str, shop: str = "cups", kind: Kind = Kind.COMPLAINT) -> Opening:
    async with database.writing_once() as session:
        return await claim_opening(session, shop, key, "print", kind, 2026)


async def test_case_numbers_are_readable_and_rise(database: Database) -> None:
    assert (await claim(database, "a")).case == "AS-2026-000001"
    assert (await claim(database, "b")).case == "AS-2026-000002"


async def test_numbers_above_a_million_are_not_cut(database: Database) -> None:
    async with database.writing() as session:
        await session.execute(text("SELECT setval('case_numbers', 1234566)"))
    assert (await claim(database, "a")).case == "AS-2026-1234567"


async def test_the_same_key_gets_the_case_and_body_of_the_first(database: Database) -> None:
    first = await claim(database, "a")
    async with database.writing_once() as session:
        again = await claim_opening(session, "cups", "a", "other print", Kind.RETURN, 2027)
    assert first == Opening(first.case, "print", Kind.COMPLAINT, True, None)
    assert again == Opening(first.case, "print", Kind.COMPLAINT, False, None)


async def test_two_shops_may_use_one_key(database: Database) -> None:
    assert (await claim(database, "a")).case != (await claim(database, "a", "hats")).case


async def test_of_32_equal_openings_at_once_exactly_one_is_the_first(database: Database) -> None:
    told = await asyncio.gather(*(claim(database, "a") for _ in range(32)))
    assert len({opening.case for opening in told}) == 1
    assert sum(opening.first for opening in told) == 1


async def test_a_started_case_says_since_when_and_the_first_instant_stands(database: Database) -> None:
    case = (await claim(database, "a")).case
    async with database.writing_once() as session:
        await mark_started(session, case)
    started = (await claim(database, "a")).started_at
    assert started is not None
    async with database.writing_once() as session:
        await mark_started(session, case)
    assert (await claim(database, "a")).started_at == started


async def test_openings_whose_case_stands_nowhere_are_found(database: Database) -> None:
    kept, lost = (await claim(database, "a")).case, (await claim(database, "b", kind=Kind.RETURN)).case
    async with database.writing() as session:
        await keep_view(session, a_view(kept))
        after_all = (await session.execute(text("SELECT now() + interval '1 hour'"))).scalar_one()
    async with database.reading() as session:
        found = await openings_without_row(session, after_all)
        assert [(one.case, one.kind) for one in found] == [(lost, Kind.RETURN)]
        assert await openings_without_row(session, after_all - timedelta(days=1)) == []
        assert await all_case_ids(session) == [kept, lost]


async def test_open_cases_are_walked_with_the_length_last_checked(database: Database) -> None:
    async with database.writing() as session:
        for number in range(5):
            await keep_view(session, a_view(f"AS-{number}", version=number + 1))
        await keep_view(session, a_view("AS-9", closed_at=datetime.now(UTC) - 2 * LAST_WORDS, tasks=()))
        await note_checked(session, "AS-3", 40)
        await note_checked(session, "AS-3", 30)
    async with database.reading() as session:
        first = await rows_to_check(session, None, 3)
        rest = await rows_to_check(session, first[-1].case, 3)
    assert [(row.case, row.version, row.checked_length) for row in first + rest] == [
        ("AS-0", 1, 0), ("AS-1", 2, 0), ("AS-2", 3, 0), ("AS-3", 4, 40), ("AS-4", 5, 0),
    ]  # fmt: skip


async def test_closed_cases_are_walked_while_they_may_still_show_something_new(database: Database) -> None:
    now = datetime.now(UTC)
    async with database.writing() as session:
        await keep_view(session, a_view("AS-1", closed_at=now))
        await keep_view(session, a_view("AS-2", closed_at=now, state="no_answer", tasks=()))
        await keep_view(session, a_view("AS-3", closed_at=now - 2 * REOPENING, state="no_answer", tasks=()))
        await keep_view(session, a_view("AS-4", closed_at=now - 2 * LAST_WORDS, state="resolved", tasks=()))
        await keep_view(session, a_view("AS-5", closed_at=now, state="resolved", tasks=()))
        await keep_view(session, a_view("AS-6", closed_at=now - 2 * LAST_WORDS, state="merged", tasks=()))
    async with database.reading() as session:
        assert [row.case for row in await rows_to_check(session, None, 9)] == ["AS-1", "AS-2", "AS-5", "AS-6"]

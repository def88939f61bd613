import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from sqlalchemy import exc, text

from db.address import postgres_address
from db.driver import connect
from db.sessions import Database, DatabaseUnavailable, ReadSession, WriteSession

INSERT = "INSERT INTO shops (shop, name, currency) VALUES ('x', 'x', 'CNY')"


async def test_a_reading_session_cannot_write(database: Database) -> None:
    async with database.reading() as session:
        with pytest.raises(exc.DBAPIError, match="read-only"):
            await session.execute(text(INSERT))


async def test_a_snapshot_sees_one_moment_and_cannot_write(database: Database) -> None:
    async with database.snapshot() as session:
        before = (await session.execute(text("SELECT count(*) FROM shops"))).scalar_one()
        async with database.writing() as other:
            await insert_shop(other)
        assert (await session.execute(text("SELECT count(*) FROM shops"))).scalar_one() == before == 0
        with pytest.raises(exc.DBAPIError, match="read-only"):
            await session.execute(text(INSERT))
    assert await shops(database) == 1


async def shops(database: Database) -> int:
    async with database.reading() as session:
        return (await session.execute(text("SELECT count(*) FROM shops"))).scalar_one()


async def insert_shop(session: WriteSession) -> None:
    await session.execute(text(INSERT))


async def write_and_fail(database: Database, statement: str) -> None:
    async with database.writing() as session:
        await session.execute(text(statement))
        raise LookupError


async def test_a_writing_block_that_ends_is_kept_and_one_that_raises_is_not(database: Database) -> None:
    with pytest.raises(LookupError):
        await write_and_fail(database, INSERT)
    assert await shops(database) == 0
    async with database.writing() as session:
        await insert_shop(session)
        assert await shops(database) == 0
    assert await shops(database) == 1


async def test_a_single_statement_commits_itself_and_the_next_transaction_is_whole_again(database_url: str) -> None:
    database = Database(database_url, pool_size=1)
    async with database.writing_once() as session:
        await insert_shop(session)
        assert await shops(database) == 1
    with pytest.raises(LookupError):
        await write_and_fail(database, "DELETE FROM shops")
    assert await shops(database) == 1
    await database.aclose()


async def test_a_statement_that_takes_too_long_is_cancelled_and_may_be_tried_again(database_url: str) -> None:
    database = Database(database_url, statement_timeout=0.05)
    with pytest.raises(DatabaseUnavailable):
        async with database.reading() as session:
            await session.execute(text("SELECT pg_sleep(30)"))
    await database.aclose()


async def test_a_full_pool_says_so_in_time(database_url: str) -> None:
    database = Database(database_url, pool_size=1, connect_timeout=0.1)
    async with database.writing():
        with pytest.raises(DatabaseUnavailable):
            async with database.writing():
                pass
    await database.aclose()


async def test_a_database_that_is_not_there_is_unavailable() -> None:
    database = Database("postgresql://nobody:secret@127.0.0.1:1/none", connect_timeout=1)
    with pytest.raises(DatabaseUnavailable) as told:
        async with database.reading():
            pass
    assert "secret" not in str(told.value)


async def test_a_broken_connection_is_unavailable_once_and_then_replaced(database_url: str) -> None:
    database = Database(database_url, pool_size=1)
    other = Database(database_url, pool_size=1)
    async with database.reading() as session:
        pid = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    async with other.writing() as session:
        await session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    with pytest.raises(DatabaseUnavailable):
        async with database.reading() as session:
            await session.execute(text("SELECT 1"))
    assert await shops(database) == 0
    await database.aclose()
    await other.aclose()


async def test_error_texts_do_not_repeat_the_parameters(database: Database) -> None:
    with pytest.raises(exc.DBAPIError) as told:
        async with database.reading() as session:
            await session.execute(text("SELECT 1 / length(:phone) - 11 / 0"), {"phone": "13800138000"})
    assert "13800138000" not in str(told.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "redress", "", "postgresql://h:port/x", "postgresql+psycopg://h/x"])
def test_an_unreadable_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="database address") as told:
        postgres_address(url)
    assert not url or url not in str(told.value)


async def test_sessions_of_one_database_run_side_by_side(database: Database) -> None:
    async def nap() -> None:
        async with database.reading() as session:
            await session.execute(text("SELECT pg_sleep(0.2)"))

    started = time.monotonic()
    await asyncio.gather(*(nap() for _ in range(4)))
    assert time.monotonic() - started < 0.8


async def test_a_connection_that_dies_while_it_is_set_up_is_unavailable(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*address: Any, **options: Any) -> Any:
        made = await connect(*address, **options)
        await made.close()
        return made

    monkeypatch.setattr("db.sessions.connect", dies)
    database = Database(database_url)
    with pytest.raises(DatabaseUnavailable):
        assert await shops(database) == 0
    await database.aclose()


FAREWELL = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0"
"""What a server says on every connection when it ends, by PostgreSQL's protocol."""


def says_farewell(connection: Any) -> None:
    """The server's word that it ends has come in over this connection, its end not yet."""
    connection._protocol.data_received(b"E" + (4 + len(FAREWELL)).to_bytes(4, "big") + FAREWELL)


async def ask_after_the_farewell(kind: Callable[[], AbstractAsyncContextManager[ReadSession]]) -> None:
    async with kind() as session:
        says_farewell((await session.get_raw_connection()).driver_connection)
        await session.execute(text("SELECT 1"))


@pytest.mark.parametrize("kind", ["reading", "writing", "writing_once", "snapshot"])
async def test_a_statement_between_a_servers_farewell_and_its_end_is_to_be_tried_again(
    database_url: str, kind: str
) -> None:
    database = Database(database_url, pool_size=1)
    with pytest.raises(DatabaseUnavailable):
        await ask_after_the_farewell(getattr(database, kind))
    assert await shops(database) == 0, "the connection that had heard it is not used again"
    async with getattr(database, kind)() as session:
        assert (await session.execute(text("SELECT 1"))).scalar_one() == 1
    await database.aclose()

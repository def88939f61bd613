"""The migrations make exactly the tables that the code speaks of."""

import asyncio
import os
import subprocess
import sys

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from db.driver import connect
from db.migrate import migrate, revision_of
from db.migrations import NEWEST
from db.sessions import Database, ReadSession, engine_for
from db.tables.everything import metadata
from db.upgrade import alembic_config, upgrade

CATALOGUE = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 'alembic_version'::regclass
    """,
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    """,
    "sequences": "SELECT sequencename, increment_by, start_value FROM pg_sequences WHERE schemaname = 'public'",
}


async def catalogue(database: Database) -> dict[str, set[tuple[object, ...]]]:
    async def told(session: ReadSession, query: str) -> set[tuple[object, ...]]:
        return {tuple(row) for row in await session.execute(text(query))}

    async with database.reading() as session:
        return {name: await told(session, query) for name, query in CATALOGUE.items()}


async def empty(url: str) -> None:
    connection = await connect(url, timeout=5)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


async def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database, database_url: str) -> None:
    migrated = await catalogue(database)
    await empty(database_url)
    engine = engine_for(database_url, connect_timeout=5, settings={}, pool_size=1)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        await connection.execute(text("CREATE TABLE alembic_version ()"))
    await engine.dispose()
    of_the_code = await catalogue(database)
    assert migrated == of_the_code
    assert len(migrated["columns"]) > 100


SLIP_FROM_BEFORE = """
    INSERT INTO ledger (refund_key, shop, "case", purpose, amount_minor, currency, state, slip_year, slip_number,
        requested_at)
    VALUES ('k', 'cups', 'AS-1', 'freight', 100, 'CNY', 'reserved', 2026, 1, now())
"""


def _to_first(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


async def test_slips_from_before_the_returns_were_counted_stay_as_they_were(database_url: str) -> None:
    await empty(database_url)
    engine = engine_for(database_url, connect_timeout=5, settings={}, pool_size=1)
    async with engine.begin() as connection:
        await connection.run_sync(_to_first)
        await connection.execute(text(SLIP_FROM_BEFORE))
    await engine.dispose()
    assert await migrate(database_url) == NEWEST
    after = await connect(database_url, timeout=5)
    assert await after.fetchval("SELECT return_case FROM ledger WHERE refund_key = 'k'") == ""
    await after.close()


async def test_many_processes_may_migrate_an_empty_database_at_once(database_url: str) -> None:
    await empty(database_url)
    assert await revision_of(database_url) is None
    await asyncio.gather(*(upgrade(database_url) for _ in range(4)))
    assert await revision_of(database_url) == NEWEST
    assert await migrate(database_url) == NEWEST


async def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    await empty(database_url)
    connection = await connect(database_url, timeout=5)
    await connection.execute("CREATE TABLE policies ()")
    with pytest.raises(Exception, match="already exists"):
        await migrate(database_url)
    assert await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 1
    await connection.close()


def test_the_newest_revision_is_the_last_script() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == NEWEST


def test_the_command_tells_where_the_database_stands_without_loading_the_migrations(database_url: str) -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "db.migrate"],
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout == f"the database stands at {NEWEST}\n"
    assert "sqlalchemy" not in told.stderr


def test_the_command_without_an_address_says_what_is_missing() -> None:
    bare = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = subprocess.run(
        [sys.executable, "-m", "db.migrate"], env=bare, capture_output=True, text=True, check=False, timeout=60
    )
    assert told.returncode == 2
    assert "DATABASE_URL" in told.stderr

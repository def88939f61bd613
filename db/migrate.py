"""Bring a database to the schema of this version: `python -m db.migrate` with DATABASE_URL set.

Safe to run from several processes at once and as often as one likes; when nothing is to be done it only looks.
"""

from __future__ import annotations

import asyncio
import os
import sys

from db.driver import connect
from db.migrations import NEWEST


async def migrate(url: str) -> str:
    """Migrate the database at `url` to the newest schema and return the revision it stands at.

    One transaction under an advisory lock: of several processes one migrates, the others wait and find it done; a
    migration that fails leaves nothing behind.

    Raises:
        ValueError: the address cannot be read.
        OSError, asyncpg.PostgresError: the database is not there or refuses.
    """
    if await revision_of(url) != NEWEST:
        from db.upgrade import upgrade  # late: with alembic and SQLAlchemy a start takes a second longer

        await upgrade(url)
    return NEWEST


async def revision_of(url: str) -> str | None:
    """Return the revision that the database at `url` stands at, or None if it was never migrated."""
    connection = await connect(url, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        return str(await connection.fetchval("SELECT version_num FROM alembic_version"))
    finally:
        await connection.close()


def main() -> int:
    """Run from the command line; returns the exit code."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        sys.stderr.write("DATABASE_URL is not set; give it the address of the database, postgresql://…\n")
        return 2
    revision = asyncio.run(migrate(url))
    sys.stdout.write(f"the database stands at {revision}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

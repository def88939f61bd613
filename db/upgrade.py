"""Run the migrations that a database lacks, in this process."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from db.sessions import engine_for

_ONE_AT_A_TIME = 0x7265_6472_6573_73
"""Key of the advisory lock that migrating processes queue for ("redress" in ASCII)."""


async def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest revision, in one transaction under an advisory lock.

    Raises:
        ValueError: the address cannot be read.
    """
    engine = engine_for(url, connect_timeout=10, settings={"application_name": "redress migration"}, pool_size=1)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            await connection.run_sync(_to_newest)
    finally:
        await engine.dispose()


def alembic_config() -> Config:
    """Return alembic's settings: where the migrations lie."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _to_newest(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

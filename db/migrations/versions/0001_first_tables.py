"""The first tables: people, openings, orders, customers, the read model, money, letters, policies."""

from functools import partial
from pathlib import Path

from alembic import op

from db.driver import DriverConnection

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_GROUPS = ("people", "openings", "orders", "customers", "cases", "keep_view", "ledger", "deliveries", "policies")


def upgrade() -> None:
    """Create them from the scripts in `first_tables/`."""
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise TypeError("migrations need a live connection, they are not written out as scripts")
    for group in _GROUPS:
        script = (Path(__file__).parent / "first_tables" / f"{group}.sql").read_text(encoding="utf-8")
        adapted.run_async(partial(_run, script))


async def _run(script: str, driver: DriverConnection) -> None:
    await driver.execute(script)

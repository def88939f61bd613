"""Webhooks: who is told of cases, deliveries written with each row of the register, every try."""

from functools import partial
from pathlib import Path

from alembic import op

from db.driver import DriverConnection

revision = "0071"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the triggers from the scripts in `webhooks/`."""
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise TypeError("migrations need a live connection, they are not written out as scripts")
    for group in ("tables", "telling"):
        script = (Path(__file__).parent / "webhooks" / f"{group}.sql").read_text(encoding="utf-8")
        adapted.run_async(partial(_run, script))


async def _run(script: str, driver: DriverConnection) -> None:
    await driver.execute(script)

"""Cases are found by words, by marks of sealed words, by traits and by open promises."""

from functools import partial
from pathlib import Path

from alembic import op

from db.driver import DriverConnection

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SCRIPTS = ("tables", "keep_search", "keep_view")


def upgrade() -> None:
    """Make the tables, and let `keep_view` fill them."""
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise TypeError("migrations need a live connection, they are not written out as scripts")
    for name in _SCRIPTS:
        script = (Path(__file__).parent / "search" / f"{name}.sql").read_text(encoding="utf-8")
        adapted.run_async(partial(_run, script))


async def _run(script: str, driver: DriverConnection) -> None:
    await driver.execute(script)

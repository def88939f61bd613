"""Photos of complaints are found by their look, so that the same picture sent twice is seen."""

from functools import partial
from pathlib import Path

from alembic import op

from db.driver import DriverConnection

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

_SCRIPTS = ("tables", "keep_view")


def upgrade() -> None:
    """Make the table, and let `keep_view` fill it and what 0061 added; older photos come in with the next change."""
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise TypeError("migrations need a live connection, they are not written out as scripts")
    for name in _SCRIPTS:
        script = (Path(__file__).parent / "likeness" / f"{name}.sql").read_text(encoding="utf-8")
        adapted.run_async(partial(_run, script))


async def _run(script: str, driver: DriverConnection) -> None:
    await driver.execute(script)

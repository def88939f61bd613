"""Who works on what and when: skills, teams, the roster, levels of customers; and who looks at a case just now."""

from functools import partial
from pathlib import Path

from alembic import op

from db.driver import DriverConnection

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; people from before know every problem and have no team."""
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise TypeError("migrations need a live connection, they are not written out as scripts")
    script = (Path(__file__).parent / "staffing" / "tables.sql").read_text(encoding="utf-8")
    adapted.run_async(partial(_run, script))


async def _run(script: str, driver: DriverConnection) -> None:
    await driver.execute(script)

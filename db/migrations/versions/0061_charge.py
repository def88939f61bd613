"""Lists and work lists know how urgent a case is and in whose charge it lies; health comes first everywhere."""

from functools import partial
from pathlib import Path

from alembic import op

from db.driver import DriverConnection

revision = "0061"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the register; rows from before stand in the middle. `keep_view` of 0063 fills what is new."""
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise TypeError("migrations need a live connection, they are not written out as scripts")
    script = (Path(__file__).parent / "charge" / "columns.sql").read_text(encoding="utf-8")
    adapted.run_async(partial(_run, script))


async def _run(script: str, driver: DriverConnection) -> None:
    await driver.execute(script)

"""Runs the SQL scripts that lie beside the migrations, whole: several statements and functions at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from alembic import op

from db.driver import DriverConnection

_VERSIONS = Path(__file__).parent / "versions"


def run_scripts(folder: str, *names: str) -> None:
    """Run these scripts of a folder of `versions/`, in this order.

    Raises:
        TypeError: there is no live connection.
    """
    adapted = op.get_bind().connection.dbapi_connection
    if adapted is None:
        raise TypeError("migrations need a live connection, they are not written out as scripts")
    for name in names:
        script = (_VERSIONS / folder / f"{name}.sql").read_text(encoding="utf-8")
        adapted.run_async(partial(_run, script))


async def _run(script: str, driver: DriverConnection) -> None:
    await driver.execute(script)

"""``redress migrate``: the tables, brought up to date."""

import os
import subprocess
import sys

import typer

from settings import CHECKOUT, home_folder
from standalone.commands.screen import problems_named
from standalone.places import Places
from standalone.plan import machine_settings


def migrate() -> None:
    """Bring the tables of the read model to the newest version (``redress up`` does it by itself)."""
    with problems_named():
        settings, _ = machine_settings(Places(home_folder()))
    environment = {**os.environ, "DATABASE_URL": settings.database_url}
    done = subprocess.run([sys.executable, "-m", "db.migrate"], cwd=CHECKOUT, env=environment, check=False)
    raise typer.Exit(done.returncode)

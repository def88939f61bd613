"""``redress reset``: an empty desk."""

import shutil

import typer

from settings import home_folder
from standalone.account import account_for_postgres
from standalone.commands.screen import problems_named
from standalone.places import Places
from standalone.plan import own_database
from standalone.stopping import take_down

NOTES = ("keys.json", "postgres.place")
"""The API keys shown at each start, and where the database stands."""


def reset(yes: bool = typer.Option(False, "--yes", help="do not ask")) -> None:
    """Stop everything and delete all cases, histories, photos and keys of this machine."""
    places = Places(home_folder())
    if not places.home.is_dir():
        typer.echo("There is nothing to delete.")
        return
    if not yes:
        typer.confirm(f"Delete every case, history, photo and key below {places.home}?", abort=True)
    with problems_named():
        take_down()
        own = own_database(places)
        postgres = places.postgres(None if own else account_for_postgres())
    for folder in (postgres, places.home / "postgres", places.temporal, places.home / "evidence", places.logs):
        shutil.rmtree(folder, ignore_errors=False) if folder.is_dir() else None
    for file in (places.settings, places.addresses, places.record, *(places.home / name for name in NOTES)):
        file.unlink(missing_ok=True)
    typer.echo("The desk is empty; `redress up` begins a new one with new keys.")
    if own:
        typer.echo("The database that you named yourself was left alone.")

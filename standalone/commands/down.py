"""``redress down``: everything, in order."""

import typer

from standalone.stopping import take_down


def down() -> None:
    """Stop the API, the worker, Temporal and PostgreSQL, in this order; the data stays."""
    stopped = take_down()
    if stopped.leftovers:
        typer.echo(f"Ended what was left behind: {', '.join(stopped.leftovers)}.")
    typer.echo("Redress is down." if stopped.was_up or stopped.leftovers else "Redress was not up.")

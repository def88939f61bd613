"""``redress up``: everything, until it answers."""

import typer

from standalone.commands.screen import problems_named, progress
from standalone.commands.seed import show_first_steps
from standalone.record import Record
from standalone.starting import bring_up


def up() -> None:
    """Start PostgreSQL, Temporal, its pages, the worker and the API; return when all of it answers."""
    with problems_named():
        started = bring_up(progress())
    if started.already_up:
        typer.echo("\nRedress is up already.")
    else:
        typer.echo(f"\nRedress is up after {started.seconds:.1f} s.")
    _addresses(started.record)
    show_first_steps(started.settings)


def _addresses(record: Record) -> None:
    names = {"api": "API (see /openapi.json)", "temporal-ui": "histories (read-only)"}
    for name, label in names.items():
        entry = record.entries.get(name)
        if entry is not None:
            typer.echo(f"  {label:<24} {entry.address}")

"""``redress logs``: the end of one process's log or of all, and what is added."""

import time
from pathlib import Path

import typer

from settings import home_folder
from standalone.places import Places

LOOK = 0.3
"""Seconds between two looks for new lines."""


def logs(
    process: str = typer.Argument("", help="api, worker, temporal, postgres, …; empty: all of them"),
    follow: bool = typer.Option(False, "--follow", "-f", help="go on showing what is added"),
    lines: int = typer.Option(40, "--lines", "-n", min=0, help="how many old lines of each"),
) -> None:
    """Show the end of the logs."""
    places = Places(home_folder())
    chosen = [places.log(process)] if process else sorted(places.logs.glob("*.log"))
    missing = [log for log in chosen if not log.is_file()]
    if missing or not chosen:
        known = ", ".join(sorted(log.stem for log in places.logs.glob("*.log"))) or "none yet"
        typer.echo(f"There is no such log in {places.logs}. Known: {known}.", err=True)
        raise typer.Exit(1)
    width = max(len(log.stem) for log in chosen) if len(chosen) > 1 else 0
    ends = {log: _show(log, width, 0, last=lines) for log in chosen}
    while follow:
        time.sleep(LOOK)
        ends = {log: _show(log, width, end) for log, end in ends.items()}


def _show(log: Path, width: int, start: int, last: int | None = None) -> int:
    """Print what follows ``start``, at most the ``last`` lines; gives where the file ends now."""
    size = log.stat().st_size
    start = start if start <= size else 0  # it was put aside and begun anew
    with log.open("rb") as content:
        content.seek(start)
        text = content.read(size - start).decode(errors="replace").splitlines()
    for line in text if last is None else text[len(text) - min(last, len(text)) :]:
        typer.echo(f"{log.stem:<{width}} | {line}" if width else line)
    return size

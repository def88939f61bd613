"""``redress status``: one line per process."""

import time

import typer

from settings import home_folder
from standalone.places import Places
from standalone.record import Entry, State, read_record

MINUTE, HOUR, DAY = 60, 3600, 86_400


def status() -> None:
    """Show each process: state, pid, how long, restarts, address. Exit code 1 unless all of them are up."""
    record = read_record(Places(home_folder()).record)
    if not record.running:
        typer.echo("Redress is down. `redress up` starts it.")
        raise typer.Exit(1)
    typer.echo(f"{'process':<12} {'state':<11} {'pid':>7}  {'for':>8}  {'restarts':>8}  address")
    for entry in reversed(record.entries.values()):
        typer.echo(_line(entry))
    if not record.ready:
        raise typer.Exit(1)


def _line(entry: Entry) -> str:
    lasting = _spell(time.time() - entry.since) if entry.since else "-"
    line = (
        f"{entry.name:<12} {entry.state:<11} {entry.pid or '-':>7}  {lasting:>8}  {entry.restarts:>8}  {entry.address}"
    )
    if entry.why and entry.state is State.DONE:
        line += f" ({entry.why.splitlines()[0]})"
    elif entry.why:
        line += f"\n{'':<12} the last restart was because of: {entry.why.splitlines()[0]}"
    return line


def _spell(seconds: float) -> str:
    whole = int(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min"
    return f"{whole // HOUR} h" if whole < 2 * DAY else f"{whole // DAY} d"

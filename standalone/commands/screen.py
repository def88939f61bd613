"""How the commands speak: progress on one line where there is a terminal, and problems in red."""

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import typer

from settings import SettingsError
from standalone.account import AccountError
from standalone.starting import StartError
from standalone.temporal_build import BuildError

PASSING = ("compiling ", "fetching modules")
"""Beginnings of lines that the next one replaces on a terminal."""
SELDOM = 15.0
"""Seconds between two passing lines where there is no terminal, as in a continuous build's log."""


def progress() -> Callable[[str], None]:
    """A reporter for one command."""
    terminal = sys.stderr.isatty()
    last = {"passing": False, "at": 0.0}

    def report(line: str) -> None:
        passing = line.startswith(PASSING)
        now = time.monotonic()
        if passing and not terminal and now - last["at"] < SELDOM:
            return
        start = "\r\033[K" if terminal and last["passing"] else ""
        typer.echo(f"{start}  {line}", err=True, nl=not (terminal and passing))
        last.update(passing=passing, at=now if passing else last["at"])

    return report


@contextmanager
def problems_named() -> Generator[None]:
    """Turn the known problems into their sentence and exit code 1; a fault of ours keeps its traceback."""
    try:
        yield
    except (StartError, SettingsError, BuildError, AccountError) as problem:
        typer.secho(f"\n{problem}", fg=typer.colors.RED, err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("\ninterrupted; run the same command again to go on", err=True)
        raise typer.Exit(130) from None

"""``redress rebuild`` and ``redress mend``: the read model from the cases themselves."""

from __future__ import annotations

import time

import typer

from standalone.commands.on_the_desk import Desk, on_the_desk
from upkeep import mending


def rebuild() -> None:
    """Drop the read model and write it anew, row for row, from the histories of all cases."""

    async def work(desk: Desk) -> mending.Rebuilt:
        return await mending.rebuild(desk.client, desk.database)

    begun = time.monotonic()
    rebuilt = on_the_desk(work)
    typer.echo(f"{rebuilt.rows} rows written from the histories in {time.monotonic() - begun:.1f} s")
    if rebuilt.silent:
        typer.echo(f"These cases do not answer, `redress replay` says why: {', '.join(rebuilt.silent)}", err=True)
        raise typer.Exit(1)


def mend() -> None:
    """Bring rows of the read model up to date that fell behind (the worker does it every two minutes by itself)."""

    async def work(desk: Desk) -> int:
        return (await mending.mend(desk.client, desk.database))[0]

    typer.echo(f"{on_the_desk(work)} rows mended")

"""``redress rebuild``, ``mend`` and ``reindex``: the read model from the cases, and what they are found by."""

from __future__ import annotations

import time

import typer

from adapters.vault import SealBroken
from standalone.commands.on_the_desk import Desk, on_the_desk
from upkeep import mending, word_marks


def rebuild() -> None:
    """Drop the read model and write it anew, row for row, from the histories of all cases."""

    async def work(desk: Desk) -> mending.Rebuilt:
        rebuilt = await mending.rebuild(desk.client, desk.database)
        try:
            await word_marks.pay_marks(desk.database, desk.marker)
        except SealBroken:
            typer.echo("The master key opens no box, so no case is found by its customer's words.", err=True)
        return rebuilt

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


def reindex() -> None:
    """Make anew what cases are found by, from the register: their words, and marks of their customers' sealed words."""

    async def work(desk: Desk) -> int:
        return await word_marks.reindex(desk.database, desk.marker)

    begun = time.monotonic()
    typer.echo(f"{on_the_desk(work)} cases indexed in {time.monotonic() - begun:.1f} s")

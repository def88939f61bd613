"""``redress reconcile``: slips, ledger, register and a statement compared; every difference is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from db.books import all_shops, last_day
from domain.instants import minute
from domain.payment.books.comparing import Difference, against_statement, differences
from domain.payment.books.statement import StatementLine, StatementUnreadable, read_statement
from standalone.commands.on_the_desk import Desk, on_the_desk
from upkeep.reconciling import books_of

Found = dict[str, tuple[Difference, ...]]
MOST_BYTES = 64 * 1024 * 1024


def reconcile(
    shop: Annotated[str, typer.Option(help="One shop; left out: all of them.")] = "",
    statement: Annotated[
        Path | None,
        typer.Option(help="The account's statement as CSV: reference, direction, amount, currency, at. Needs --shop."),
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="Show what the worker found last night instead.")] = False,
) -> None:
    """Compare the books of money: histories, ledger, register, and a statement. Exit code 2 if anything differs."""
    if last:
        _tell(on_the_desk(_last))
        return
    if statement is not None and not shop:
        typer.echo("A statement is one shop's: name it with --shop.", err=True)
        raise typer.Exit(1)
    lines = _lines(statement) if statement is not None else ()

    async def work(desk: Desk) -> Found | None:
        async with desk.database.reading() as session:
            shops = await all_shops(session)
        if shop and shop not in shops:
            return None
        now = datetime.now(UTC)
        found: Found = {}
        for each in [shop] if shop else shops:
            books = await books_of(desk.client, desk.database, each, now)
            found[each] = (*differences(books, now), *against_statement(books, lines))
        return found

    found = on_the_desk(work)
    if found is None:
        typer.echo(f"There is no shop {shop}.", err=True)
        raise typer.Exit(1)
    _tell(found)


async def _last(desk: Desk) -> Found:
    async with desk.database.reading() as session:
        told = await last_day(session)
    if told is None:
        typer.echo("No day was reconciled yet; the worker does it at 19:00 UTC.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{told[0]}, reconciled {minute(told[1])}")
    return {shop: tuple(found) for shop, found in told[2].items()}


def _lines(path: Path) -> tuple[StatementLine, ...]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise StatementUnreadable(f"more than {MOST_BYTES // 2**20} MB")
        return read_statement(content.decode("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        typer.echo(f"{path} cannot be read: {type(problem).__name__}", err=True)
    except StatementUnreadable as problem:
        typer.echo(f"{path}: {problem}", err=True)
    raise typer.Exit(1)


def _tell(found: Found) -> None:
    for shop, each in sorted(found.items()):
        for difference in each:
            typer.echo(f"{shop}  {difference.code}  {difference.about}: {difference.sentence}")
    if any(found.values()):
        raise typer.Exit(2)
    typer.echo(f"The books of {len(found)} shops agree.")

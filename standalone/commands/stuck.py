"""``redress stuck``, ``redress resume`` and ``redress end``: cases that cannot go on, and what makes them go on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from temporalio.service import RPCError

from db.stuck import all_stuck
from domain.stuck import StuckCase
from standalone.commands.on_the_desk import Desk, on_the_desk
from upkeep.resuming import SomethingHappened, end_unborn
from upkeep.resuming import resume as resume_case
from upkeep.stuck import stuck_case, watch

CASE = Annotated[str, typer.Argument(help="The number of the case, return or slip.")]


def stuck() -> None:
    """List the cases that cannot go on: since when, why, and the way out. Exit code 2 if there are any.

    Asks Temporal itself, so that neither API nor worker need to run; without Temporal it says what was known last.
    """
    found = on_the_desk(_look)
    for each in found:
        lasting = datetime.now(UTC) - each.since
        typer.echo(f"{each.case}  since {each.since:%Y-%m-%d %H:%M:%S} UTC ({int(lasting.total_seconds())} s)")
        typer.echo(f"  {each.sentence}")
        typer.echo(f"  -> {each.way_out}; `redress resume {each.case}` lets it go on at once")
    if not found:
        typer.echo("Every case can go on.")
        return
    raise typer.Exit(2)


async def _look(desk: Desk) -> list[StuckCase]:
    try:
        return await watch(desk.client, desk.database)
    except (RPCError, RuntimeError):
        typer.echo("Temporal does not answer; this is what was known last.", err=True)
    async with desk.database.reading() as session:
        return await all_stuck(session)


def resume(case: CASE) -> None:
    """Let a mended case go on at once, instead of at Temporal's next try. Nothing of it is lost or done twice."""

    async def work(desk: Desk) -> bool:
        return await resume_case(desk.client, case)

    if not on_the_desk(work):
        typer.echo(f"Nothing holds case {case} up.")
        return
    typer.echo(f"Case {case} is tried now. `redress stuck` says whether it goes on.")


def end(case: CASE, why: Annotated[str, typer.Argument(help="The reason, for the record; no names.")]) -> None:
    """End a case that never began, since what should open it cannot be read. One in which anything happened is kept."""

    async def work(desk: Desk) -> bool:
        if await stuck_case(desk.client, case) is None:
            return False
        await end_unborn(desk.client, case, why)
        await watch(desk.client, desk.database)
        return True

    try:
        ended = on_the_desk(work)
    except SomethingHappened:
        typer.echo(f"Case {case} has a story already; it is not ended. Mend what holds it up.", err=True)
        raise typer.Exit(1) from None
    if not ended:
        typer.echo(f"Nothing holds case {case} up; it is not ended.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Case {case} is ended.")

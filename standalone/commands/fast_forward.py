"""``redress fast-forward``: rehearsal. A case's own clock moves; reminders and breaches happen as they would."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Annotated

import typer
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from standalone.commands.on_the_desk import Desk, on_the_desk
from upkeep.mending import children_of, look

_LENGTH = re.compile(r"(\d+)(m|h|d)", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
PATIENCE = 60.0
"""Seconds a single case may need for its skipping."""


def fast_forward(
    case: Annotated[str, typer.Argument(help="The case number.")],
    by: Annotated[str, typer.Argument(help="How far: 45m, 12h, 3d.")],
) -> None:
    """Move a case's clock forward, on a desk in rehearsal (REDRESS_REHEARSAL=true).

    A complaint whose return or slips are under way stands still until they end, so those are moved in its place.
    """
    found = _LENGTH.fullmatch(by)
    if found is None:
        typer.echo("Say how far as 45m, 12h or 3d.", err=True)
        raise typer.Exit(1)
    length = timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})
    on_the_desk(lambda desk: _move(desk, case, length))


async def _move(desk: Desk, case: str, length: timedelta) -> None:
    if not desk.settings.rehearsal:
        typer.echo("This desk is in service. Rehearse on another one, started with REDRESS_REHEARSAL=true.", err=True)
        raise typer.Exit(1)
    view = await look(desk.client, case)
    if view is None:
        typer.echo(f"There is no case {case}.", err=True)
        raise typer.Exit(1)
    under_way = [child for child in children_of(view) if await _running(desk, child)]
    for moved in under_way or [case]:
        await _skip(desk, moved, length)


async def _running(desk: Desk, case: str) -> bool:
    described = await desk.client.get_workflow_handle(case).describe()
    return described.status is WorkflowExecutionStatus.RUNNING


async def _skip(desk: Desk, case: str, length: timedelta) -> None:
    skipper = TimeSkipper(desk.client, config=TimeSkippingConfig(enabled=False))
    handle = desk.client.get_workflow_handle(case)
    still_open = await asyncio.wait_for(skipper.fast_forward(handle, length), PATIENCE)
    view = await look(desk.client, case)
    state = view.state if view is not None else "gone"
    typer.echo(f"{case}: moved by {length}, now {state}" + ("" if still_open else " (the case ended on the way)"))

"""``redress replay``: does today's code do, in every detail, what a case's history says?"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from temporalio.service import RPCError, RPCStatusCode

from audit.export import CaseExport, ExportUnreadableError, export_case, read_export
from audit.strict_replay import ReplayReport, replay_strictly
from standalone.commands.on_the_desk import Desk, on_the_desk
from workflows.registry import WORKFLOWS, runner
from workflows.wire import WIRE


def replay(case: Annotated[str, typer.Argument(help="A case number, or a file that /history exported.")]) -> None:
    """Replay a case strictly, commands compared with events, and say what differs. Exit code 2 if anything does."""
    path = Path(case)
    if path.is_file():
        try:
            export = read_export(path.read_text(encoding="utf-8"))
        except ExportUnreadableError as problem:
            typer.echo(str(problem), err=True)
            raise typer.Exit(1) from None
        reports = asyncio.run(_replayed(export))
    else:
        reports = on_the_desk(lambda desk: _from_server(desk, case))
    _tell(reports)


async def _from_server(desk: Desk, case: str) -> list[ReplayReport]:
    try:
        return await _replayed(await export_case(desk.client, case))
    except RPCError as problem:
        if problem.status is not RPCStatusCode.NOT_FOUND:
            raise
        typer.echo(f"There is no case {case} on this server, nor a file of that name.", err=True)
        raise typer.Exit(1) from None


async def _replayed(export: CaseExport) -> list[ReplayReport]:
    return [
        await replay_strictly(
            history,
            workflows=WORKFLOWS,
            data_converter=WIRE,
            namespace=export.namespace,
            runner=runner(),
        )
        for history in export.histories()
    ]


def _tell(reports: list[ReplayReport]) -> None:
    for report in reports:
        typer.echo(
            f"{report.workflow_id} run {report.run_id}: {report.events} events, {len(report.differences)} differences"
        )
        for difference in report.differences:
            typer.echo(f"  {difference}")
    if any(not report.clean for report in reports):
        raise typer.Exit(2)

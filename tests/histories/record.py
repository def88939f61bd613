"""Recorded histories: every file here was written by a released version and must replay on today's code.

A file is an export (`redress-history/1`) whose name begins with the set of workflows that it belongs to:
`<set>.<story>.json`. Sets are registered in `tests/histories/workflow_sets.py`.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, cast

from temporalio.client import Client

from audit.export import ExportedRun, export_case, exported_run, read_export

FOLDER = Path(__file__).parent


def recorded() -> list[Path]:
    """All recorded histories, by name."""
    return sorted(FOLDER.glob("*.json"))


async def save_history(client: Client, workflow_id: str, name: str, folder: Path = FOLDER) -> Path:
    """Export all runs of the workflow to `<name>.json`, read it back once, and give the file.

    Stack traces, identities and names of workers' own queues are left out: they tell of the machine that
    recorded and decide nothing.

    `name` is `<set>.<story>`. An existing file is never overwritten: a recorded past does not change. Raises
    FileExistsError then, ValueError for a name without its set, RPCError when the server does not know the workflow.
    """
    if name.count(".") != 1:
        raise ValueError("a recorded history is named <set>.<story>")
    exported = await export_case(client, workflow_id)
    runs = tuple(_of_no_machine(run, workflow_id) for run in exported.runs)
    text = dataclasses.replace(exported, runs=runs).to_text()
    read_export(text)
    file = folder / f"{name}.json"
    with file.open("x", encoding="utf-8") as out:
        out.write(text + "\n")
    return file


def _of_no_machine(run: ExportedRun, workflow_id: str) -> ExportedRun:
    cleaned = dataclasses.replace(run, history=_cleaned(run.history))
    return exported_run(run.run_id, cleaned.replayable(workflow_id))


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        told = {key: _cleaned(each) for key, each in fields.items() if key not in {"stackTrace", "identity"}}
        # A worker's own queue is called after its process and machine; it belongs to the queue that all share.
        return {**told, "name": told["normalName"]} if told.get("normalName") else told
    if isinstance(value, list):
        return [_cleaned(each) for each in cast("list[Any]", value)]
    return value

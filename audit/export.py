"""A case read back: all its runs in one JSON document that can be checked and replayed without a server."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from google.protobuf.json_format import ParseError
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHistory

FORMAT = "redress-history/1"

T = TypeVar("T")


class ExportUnreadableError(ValueError):
    """The text is not an export, or not one that this version reads."""


class ExportAlteredError(ExportUnreadableError):
    """A run's history is not the one that was exported: its checksum or its counts do not agree."""


@dataclass(frozen=True)
class ExportedRun:
    """One run. `sha256` is taken over the canonical JSON of `history` (keys sorted, no blanks, UTF-8)."""

    run_id: str
    events: int
    sha256: str
    history: dict[str, Any]

    def replayable(self, workflow_id: str) -> WorkflowHistory:
        """The run as the replayer takes it. The history itself does not hold the workflow id."""
        return WorkflowHistory.from_json(workflow_id, self.history)


@dataclass(frozen=True)
class CaseExport:
    """All runs of one workflow, first to last. Payloads stay sealed as they were."""

    workflow_id: str
    workflow_type: str
    runs: tuple[ExportedRun, ...]

    def histories(self) -> tuple[WorkflowHistory, ...]:
        """The runs, ready for replay."""
        return tuple(run.replayable(self.workflow_id) for run in self.runs)

    def to_text(self) -> str:
        """The document, one line, with its keys in a fixed order."""
        return json.dumps(
            {
                "format": FORMAT,
                "workflow_id": self.workflow_id,
                "workflow_type": self.workflow_type,
                "runs": [
                    {"run_id": run.run_id, "events": run.events, "sha256": run.sha256, "history": run.history}
                    for run in self.runs
                ],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


async def export_case(client: Client, workflow_id: str) -> CaseExport:
    """Fetch every run of the case. Raises RPCError (NOT_FOUND) when the server does not know it."""
    runs = await runs_of(client, workflow_id)
    started = runs[0].events[0].workflow_execution_started_event_attributes
    return export_of(workflow_id, started.workflow_type.name, runs)


def export_of(workflow_id: str, workflow_type: str, runs: Sequence[WorkflowHistory]) -> CaseExport:
    """The export of runs that are at hand already."""
    return CaseExport(workflow_id, workflow_type, tuple(_exported(run) for run in runs))


async def runs_of(client: Client, workflow_id: str) -> tuple[WorkflowHistory, ...]:
    """The histories of all runs of the chain, first to last, open or closed."""
    latest = await client.get_workflow_handle(workflow_id).fetch_history()
    run_id = latest.events[0].workflow_execution_started_event_attributes.first_execution_run_id
    runs: list[WorkflowHistory] = []
    while run_id:
        run = await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
        runs.append(run)
        run_id = _next_run(run.events[-1])
    return tuple(runs)


def _next_run(last: HistoryEvent) -> str:
    """The run that follows: after a continuation, a retry or a scheduled repetition; empty after the last one."""
    match last.event_type:
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
            return last.workflow_execution_continued_as_new_event_attributes.new_execution_run_id
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
            return last.workflow_execution_completed_event_attributes.new_execution_run_id
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED:
            return last.workflow_execution_failed_event_attributes.new_execution_run_id
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT:
            return last.workflow_execution_timed_out_event_attributes.new_execution_run_id
        case _:
            return ""


def _exported(run: WorkflowHistory) -> ExportedRun:
    history = cast(dict[str, Any], json.loads(run.to_json()))
    return ExportedRun(run.run_id, len(run.events), _checksum(history), history)


def _checksum(history: dict[str, Any]) -> str:
    text = json.dumps(history, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_export(text: str) -> CaseExport:
    """Read a document back and check every run.

    Raises ExportUnreadableError for what is no export of this format, ExportAlteredError for one that was changed.
    The errors name places and run ids, never contents.
    """
    try:
        document = json.loads(text)
    except ValueError as broken:
        raise ExportUnreadableError("the export is not JSON") from broken
    if not isinstance(document, dict):
        raise ExportUnreadableError("the export is not a JSON object")
    fields = cast(dict[str, Any], document)
    if fields.get("format") != FORMAT:
        raise ExportUnreadableError(f"the export's format is not {FORMAT}")
    runs = _field(fields, "runs", list, "the export")
    if not runs:
        raise ExportUnreadableError("the export holds no run")
    return CaseExport(
        workflow_id=_field(fields, "workflow_id", str, "the export"),
        workflow_type=_field(fields, "workflow_type", str, "the export"),
        runs=tuple(_read_run(place, run) for place, run in enumerate(cast(list[Any], runs))),
    )


def _read_run(place: int, document: object) -> ExportedRun:
    where = f"run {place}"
    if not isinstance(document, dict):
        raise ExportUnreadableError(f"{where} is not a JSON object")
    fields = cast(dict[str, Any], document)
    run = ExportedRun(
        run_id=_field(fields, "run_id", str, where),
        events=_field(fields, "events", int, where),
        sha256=_field(fields, "sha256", str, where),
        history=_field(fields, "history", dict, where),
    )
    if _checksum(run.history) != run.sha256:
        raise ExportAlteredError(f"{where} was altered: its sha256 does not agree")
    try:
        history = run.replayable("unnamed")
    except (ParseError, ValueError, TypeError, KeyError) as broken:
        raise ExportUnreadableError(f"{where} holds no history") from broken
    if len(history.events) != run.events:
        raise ExportAlteredError(f"{where} was altered: it holds {len(history.events)} events, not {run.events}")
    if not history.events or history.run_id != run.run_id:
        raise ExportAlteredError(f"{where} was altered: its history belongs to another run")
    return run


def _field(fields: dict[str, Any], name: str, kind: type[T], where: str) -> T:
    value = fields.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ExportUnreadableError(f'{where} has no "{name}" of the right kind')
    return value

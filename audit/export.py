"""A case read back: all its runs in one JSON document that can be checked and replayed without a server."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from google.protobuf.json_format import ParseError
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent, WorkflowExecutionStartedEventAttributes
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
    """All runs of one workflow, first to last. Payloads stay sealed as they were.

    `namespace` is where it ran: children and codecs know it, so that a replay must be told the same one.
    """

    namespace: str
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
                "namespace": self.namespace,
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
    runs = await _runs_by_id(client, workflow_id)
    exported = tuple(exported_run(run_id, run) for run_id, run in runs.items())
    workflow_type = _start_of(next(iter(runs.values()))).workflow_type.name
    return CaseExport(client.namespace, workflow_id, workflow_type, exported)


async def runs_of(client: Client, workflow_id: str) -> tuple[WorkflowHistory, ...]:
    """The histories of all runs of the chain, first to last, open or closed."""
    return tuple((await _runs_by_id(client, workflow_id)).values())


async def _runs_by_id(client: Client, workflow_id: str) -> dict[str, WorkflowHistory]:
    """Follow the chain from its first run; then back from the present one, which a reset has cut off the chain."""
    present = (await client.get_workflow_handle(workflow_id).describe()).run_id
    latest = await _fetch(client, workflow_id, present)
    runs: dict[str, WorkflowHistory] = {}
    run_id = _start_of(latest).first_execution_run_id or present
    while run_id:
        runs[run_id] = await _fetch(client, workflow_id, run_id)
        run_id = _next_run(runs[run_id].events[-1])
    apart: dict[str, WorkflowHistory] = {}
    run_id = present
    while run_id and run_id not in runs and run_id not in apart:
        apart[run_id] = await _fetch(client, workflow_id, run_id)
        run_id = _run_before(apart[run_id])
    return runs | dict(reversed(apart.items()))


async def _fetch(client: Client, workflow_id: str, run_id: str) -> WorkflowHistory:
    return await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()


def _start_of(run: WorkflowHistory) -> WorkflowExecutionStartedEventAttributes:
    return run.events[0].workflow_execution_started_event_attributes


def _run_before(run: WorkflowHistory) -> str:
    """The run that this one was reset from, or else the one it continues; empty for the first."""
    resets = [
        event.workflow_task_failed_event_attributes.base_run_id
        for event in run.events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
    ]
    bases = [base for base in resets if base]
    return bases[-1] if bases else _start_of(run).continued_execution_run_id


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


def exported_run(run_id: str, run: WorkflowHistory) -> ExportedRun:
    """The run as it stands in an export, with its checksum."""
    history = cast(dict[str, Any], json.loads(run.to_json()))
    return ExportedRun(run_id, len(run.events), _checksum(history), history)


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
    runs = cast(list[Any], _field(fields, "runs", list, "the export"))
    if not runs:
        raise ExportUnreadableError("the export holds no run")
    workflow_id = _field(fields, "workflow_id", str, "the export")
    return CaseExport(
        namespace=_field(fields, "namespace", str, "the export"),
        workflow_id=workflow_id,
        workflow_type=_field(fields, "workflow_type", str, "the export"),
        runs=tuple(_read_run(place, run, workflow_id) for place, run in enumerate(runs)),
    )


def _read_run(place: int, document: object, workflow_id: str) -> ExportedRun:
    where = f"run {place}"
    if not isinstance(document, dict):
        raise ExportUnreadableError(f"{where} is not a JSON object")
    fields = cast(dict[str, Any], document)
    run = ExportedRun(
        run_id=_field(fields, "run_id", str, where),
        events=_field(fields, "events", int, where),
        sha256=_field(fields, "sha256", str, where),
        history=cast(dict[str, Any], _field(fields, "history", dict, where)),
    )
    if _checksum(run.history) != run.sha256:
        raise ExportAlteredError(f"{where} was altered: its sha256 does not agree")
    try:
        history = run.replayable(workflow_id)
    except (ParseError, ValueError, TypeError, KeyError) as broken:
        raise ExportUnreadableError(f"{where} holds no history") from broken
    if len(history.events) != run.events:
        raise ExportAlteredError(f"{where} was altered: it holds {len(history.events)} events, not {run.events}")
    if not history.events or _start_of(history).workflow_id not in {"", workflow_id}:
        raise ExportAlteredError(f"{where} was altered: its history belongs to another workflow")
    return run


def _field(fields: dict[str, Any], name: str, kind: type[T], where: str) -> T:
    value = fields.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ExportUnreadableError(f'{where} has no "{name}" of the right kind')
    return value

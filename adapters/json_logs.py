"""Log lines as JSON, one object a line: when (UTC), how grave, who speaks, what, about which case."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, cast


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object. Of an exception it keeps kind and places; its words may quote a value.

    What a record says in figures comes along as `extra={"told": {…}}`, each under its own name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line break in it."""
        line: dict[str, object] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        case = _case_of(record)
        if case:
            line["case"] = case
        line |= getattr(record, "told", {})
        kind, fault, trace = record.exc_info or (None, None, None)
        if kind is not None and fault is not None:
            line["kind"] = kind.__name__
            line["places"] = _places(trace)
        return json.dumps(line, ensure_ascii=False)


def log_as_json(level: str) -> None:
    """Let everything that logs in this process write JSON lines to standard output, from this level on."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def _case_of(record: logging.LogRecord) -> str:
    """The case that the record speaks of, where Temporal's SDK has said so."""
    for name in ("temporal_workflow", "temporal_activity"):
        about = getattr(record, name, None)
        if isinstance(about, dict):
            return str(cast("dict[str, Any]", about).get("workflow_id", ""))
    return ""


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in frames]

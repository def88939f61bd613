"""Log lines of the worker."""

import json
import logging
import sys

from adapters.json_logs import JsonLines


def record(**extra: object) -> logging.LogRecord:
    made = logging.LogRecord("redress.worker", logging.WARNING, __file__, 1, "put off: %s", ("mail",), None)
    for name, value in extra.items():
        setattr(made, name, value)
    return made


def test_a_line_says_when_how_grave_who_what_and_which_case() -> None:
    line = json.loads(JsonLines().format(record(temporal_workflow={"workflow_id": "AS-2026-000001"})))
    assert line["timestamp"].endswith("Z")
    del line["timestamp"]
    assert line == {"level": "warning", "logger": "redress.worker", "event": "put off: mail", "case": "AS-2026-000001"}


def test_of_a_fault_the_line_keeps_kind_and_places_but_not_its_words() -> None:
    try:
        raise ValueError("13800138000 is no phone")
    except ValueError:
        text = JsonLines().format(record(exc_info=sys.exc_info()))
    line = json.loads(text)
    assert line["kind"] == "ValueError"
    assert any("test_json_logs.py" in place for place in line["places"])
    assert "13800138000" not in text
    assert "\n" not in text


def test_figures_of_a_record_stand_in_the_line_under_their_own_names() -> None:
    line = json.loads(JsonLines().format(record(told={"case": "AS-2026-000002", "late_seconds": 7.5})))
    assert (line["case"], line["late_seconds"], line["event"]) == ("AS-2026-000002", 7.5, "put off: mail")

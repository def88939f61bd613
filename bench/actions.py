"""What Temporal Cloud bills of a history, by its own list: https://docs.temporal.io/cloud/actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

ONE_EACH = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED: "workflow started",
    EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED: "child's start asked for",
    EventType.EVENT_TYPE_TIMER_STARTED: "timer started",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: "signal",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: "update",
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: "search attributes",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED: "options updated",
}
"""A child costs two: the asking stands in the parent's history, the start in its own. A signal between workflows is
counted where it arrives."""


def billed(events: Iterable[HistoryEvent]) -> Counter[str]:
    """Actions by kind. Not in a history, and so not here: queries and refused updates."""
    found: Counter[str] = Counter()
    marked: set[int] = set()
    for event in events:
        if event.event_type in ONE_EACH:
            found[ONE_EACH[event.event_type]] += 1
        elif event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
            found["activity"] += event.activity_task_started_event_attributes.attempt
        elif event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED:
            marked.add(event.marker_recorded_event_attributes.workflow_task_completed_event_id)
    found["local activities of a task"] += len(marked)
    return +found

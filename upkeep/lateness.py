"""How late deadlines are acted on: seconds between the instant that was planned and the one at which it was noticed.

The case tells its events to whoever listens (`workflows/listeners.py`); here a working desk listens for all that time
did, clocks and other instants alike. It costs the case no command and no event, and a replay counts nothing again,
since the SDK's meter is silent then. Only a workflow task that is tried again after a failure counts twice. What was
due before the case was entered counts from the entry, since nothing could act on it before; the record has it whole.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from temporalio import workflow

from domain.casefile import ClockBreached, ClockEscalated, ClockReminded, ClockWarned, Event, TimeActed
from domain.steps import slug
from workflows.listeners import AUDITOR, Ear

LATE = timedelta(seconds=5)
"""From here on a late deadline is worth a line in the log, and an alert."""
_FACTS: dict[type[TimeActed], str] = {
    ClockReminded: "reminder",
    ClockWarned: "warning",
    ClockBreached: "breach",
    ClockEscalated: "escalation",
}

log = logging.getLogger("redress.lateness")


def hear(events: tuple[Event, ...]) -> None:
    """Count what time did among these events. Called within the workflow; silent in a replay."""
    if workflow.unsafe.is_replaying():
        return
    for event in events:
        if isinstance(event, TimeActed):
            planned = max(event.due, workflow.info().workflow_start_time)
            _count(event.timer, _FACTS.get(type(event), slug(type(event))), event.at - planned)


EAR = Ear(AUDITOR, hear)
"""Give it to the worker, or to the client that the worker uses."""


def _count(clock: str, fact: str, late: timedelta) -> None:
    lateness = workflow.metric_meter().create_histogram_timedelta(
        "redress_deadline_lateness", "Time from a planned instant to its being noticed", "duration"
    )
    row = clock.partition("#")[0]  # a request's number is no label: there would be a series for each
    lateness.record(max(late, timedelta(0)), {"clock": row, "fact": fact})
    if late > LATE:
        # A time and no counter: a worker that comes back acts on all at once, before anybody has read a zero from it.
        last = workflow.metric_meter().create_gauge_float(
            "redress_deadline_late_timestamp_seconds", "When a deadline was last acted on late, in Unix time"
        )
        last.set(time.time())
        seconds = round(late.total_seconds(), 1)
        case = workflow.info().workflow_id
        told = {"case": case, "clock": clock, "fact": fact, "late_seconds": seconds}
        log.warning("deadline noticed late", extra={"told": told})

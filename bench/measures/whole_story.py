"""P4: what the canonical quality return costs at Temporal, against the least it could."""

from __future__ import annotations

from collections import Counter

from temporalio.api.enums.v1 import EventType

from bench.actions import billed
from bench.figures import Figure
from bench.size import Size
from bench.stand import Failed, Stand
from domain.people import DESK
from domain.view import CaseView
from workflows.answers import Look

PLANNED_STEPS = 12
LEDGERS = {"reserve_sum", "settle_sum", "hold_units", "count_units"}
"""Calls of the ledgers, of money and of goods."""


async def canonical_return(stand: Stand, size: Size) -> list[Figure]:
    """P4: Temporal actions, events and bytes of the canonical quality return."""
    del size
    posted = len(stand.letters.envelopes)
    story = (await stand.play("tell_the_return")).answer[0]
    await stand.quiet()
    if story["steps"] != PLANNED_STEPS:
        raise Failed(f"the story has {story['steps']} human steps, not {PLANNED_STEPS}")
    actions: Counter[str] = Counter()
    figures: list[Figure] = []
    sums = clocks = 0
    for case in story["cases"]:
        handle = stand.client.get_workflow_handle(case)
        history = await handle.fetch_history()
        actions += billed(history.events)
        sums += sum(
            event.activity_task_scheduled_event_attributes.activity_type.name in LEDGERS
            for event in history.events
            if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
        )
        size_of = sum(event.ByteSize() for event in history.events)
        what = f"events of {history.events[0].workflow_execution_started_event_attributes.workflow_type.name}"
        figures.append(Figure("P4", what, len(history.events), f"{size_of / 1024:.0f} KiB", most=90, digits=0))
        look: Look = await handle.query("look", DESK, result_type=Look)
        clocks += _promises(look.view)
    letters = len(stand.letters.envelopes) - posted
    least = 1 + PLANNED_STEPS + clocks + letters + sums
    total = actions.total()
    parts = f"1 start, {PLANNED_STEPS} steps, {clocks} deadlines, {letters} letters, {sums} of the ledgers = {least}"
    kinds = ", ".join(f"{count} {kind}" for kind, count in actions.most_common())
    return [
        Figure("P4", f"actions ÷ the least ({parts})", total / least, f"{total}: {kinds}", most=1.2),
        Figure("P4", "the same with the three deadlines of the plan", total / (least - clocks + 3)),
        *figures,
    ]


def _promises(view: CaseView) -> int:
    """Deadlines that were ever armed in this case."""
    return len({(clock.name, clock.started_at) for clock in view.clocks})

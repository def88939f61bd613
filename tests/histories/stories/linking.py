"""Stories of two cases about one matter."""

from __future__ import annotations

from domain.complaint.linking.steps import Unmerge
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk
from tests.journeys.people import SUPERVISOR
from tests.journeys.test_merging import merge, merged, said, seen, two


async def merged_twice(desk: Desk) -> dict[str, str]:
    """Merged, taken apart again, and merged after all: both sides of it."""
    first, late = await two(desk)
    await merged(desk, first, late)
    await desk.step(late, Unmerge(actor=SUPERVISOR, reason="two cups, two cracks"))
    await desk.until(first, lambda view: "parted_at" in said(view, "taken_in")[0])
    await merge(desk, late, await seen(desk, first))
    await desk.until(late, lambda view: bool(said(view, "merges")[-1].get("taken_in_at")))
    return {"first": first, "late": late}


STORIES = {"merged_twice": Story(merged_twice, ("first", "late"))}

"""The stories of a release by group; all of them together show every problem and every ending."""

from __future__ import annotations

from tests.histories.stories import delivery, desks, dock, linking, money, payments, platform, returns, stopping, talks
from tests.histories.stories.story import Story

STORIES: dict[str, Story] = {
    **returns.STORIES,
    **talks.STORIES,
    **delivery.STORIES,
    **stopping.STORIES,
    **desks.STORIES,
    **linking.STORIES,
    **dock.STORIES,
    **money.STORIES,
    **platform.STORIES,
    **payments.STORIES,
}
"""Every story by its name, which is part of its files' names."""

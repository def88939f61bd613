"""Longer plays, one file each; the player knows them by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bench.plays.canonical import tell_the_return
from bench.plays.finding import find_cases
from bench.plays.paced import judge_at_a_pace
from bench.plays.reading import read_pages
from bench.plays.sleeping import put_to_sleep
from bench.plays.stories import tell_stories
from bench.plays.supplying import open_unregistered, supply_facts
from bench.plays.waking import judge_each, nudge_each

LONGER: Mapping[str, Callable[..., Awaitable[object]]] = {
    "open_unregistered": open_unregistered,
    "supply_facts": supply_facts,
    "tell_the_return": tell_the_return,
    "tell_stories": tell_stories,
    "judge_at_a_pace": judge_at_a_pace,
    "put_to_sleep": put_to_sleep,
    "read_pages": read_pages,
    "find_cases": find_cases,
    "judge_each": judge_each,
    "nudge_each": nudge_each,
}

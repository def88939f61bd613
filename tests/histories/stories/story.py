"""What a recorded story is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.journeys.desk import Desk

Play = Callable[[Desk], Awaitable[dict[str, str]]]
"""Plays a story on a desk; gives the case number of each part that is to be saved."""


@dataclass(frozen=True)
class Story:
    """How it is played, and the parts of which the histories are kept.

    Of a return or a slip only what no other story shows is kept. `namespace`: where it has to run, if not in its own.
    """

    play: Play
    parts: tuple[str, ...] = ("complaint",)
    namespace: str | None = None

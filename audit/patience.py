"""A replay that the SDK stopped for being slow is made again: it says something of the machine, nothing of the code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

TRIES = 5
"""So often a history is replayed until it is believed that an activation of its own hangs."""
_SLOW = "[TMPRL1101]"
"""What the SDK writes when an activation took longer than the two seconds that it allows."""


async def patiently(replay: Callable[[], Awaitable[tuple[T, Exception | None]]]) -> tuple[T, Exception | None]:
    """Replay until it was not stopped by the SDK's watch over time, or too often.

    replay: begins from nothing each time; gives what it heard, and what stopped it if anything did.
    """
    for _ in range(TRIES - 1):
        heard, failure = await replay()
        if failure is None or _SLOW not in str(failure):
            return heard, failure
    return await replay()

"""A replay that the SDK stopped for being slow is made again: it says something of the machine, nothing of the code."""

from __future__ import annotations

TRIES = 5
"""So often a history is replayed until it is believed that an activation of its own hangs."""
_SLOW = "[TMPRL1101]"
"""What the SDK writes when an activation took longer than the two seconds that it allows."""


def was_slow(failure: BaseException | None) -> bool:
    """Whether the replay was stopped by the SDK's watch over time, as on a machine that is busy with other things."""
    return failure is not None and _SLOW in str(failure)

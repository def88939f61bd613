"""How much is measured: the whole run, or a quick one that only shows that every measurement works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Counts and times (seconds) of all measurements. Pauses let what an opening or a step leaves behind end first."""

    rounds: int = 12
    commits: int = 400
    openings: int = 12
    steps: int = 36
    opening_pause: float = 0.08
    step_pause: float = 0.01
    saturated: float = 4.0
    saturated_rounds: int = 4
    clients: tuple[int, ...] = (16, 64)


QUICK = Size(
    rounds=2, commits=30, openings=2, steps=3, opening_pause=0.0, saturated=0.3, saturated_rounds=1, clients=(2,)
)

"""How much is measured: the whole run, or a quick one that only shows that every measurement works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Counts and times (seconds) of all measurements. Pauses let what an opening or a step leaves behind end first."""

    rounds: int = 12
    commits: int = 400
    commit_pause: float = 0.005
    openings: int = 12
    steps: int = 36
    opening_pause: float = 0.08
    step_pause: float = 0.01
    saturated: float = 4.0
    saturated_rounds: int = 4
    clients: tuple[int, ...] = (16, 64)
    counted: int = 300
    """Steps whose writes are counted (P3)."""
    idle: float = 15.0
    stats_told: float = 11.0
    """After so many seconds PostgreSQL's idle sessions have told what they counted."""
    stories_at_rest: int = 100
    """For freshness (P5): three changes by machines each, enough that a p99 is not the slowest of all."""
    stories: int = 25
    """The same under load, as many as begin while the load lasts."""
    loaded: float = 40.0
    few_cases: int = 1_000
    many_cases: int = 20_000
    opening_within: float = 900.0
    """Sleeping cases (P6) are opened for at most so long, and so long what they begin with may take afterwards."""
    calming_within: float = 180.0
    """For so long at most the first turn waits until a plain commit takes as long as it did a moment ago."""
    pages: int = 200
    registered: int = 100_000
    """Cases of the register that is searched (P7)."""
    asked: int = 40
    """How often each of its pages is asked."""
    safety_rounds: int = 8
    safety_steps: int = 30
    woken: int = 1_000
    """Warm cases whose worker is killed (P9)."""
    deaths: int = 3
    payments: int = 1_000
    """Payments of a round (P10)."""
    payment_rounds: int = 5


QUICK = Size(
    rounds=3,
    commits=30,
    commit_pause=0.0,
    openings=2,
    steps=3,
    opening_pause=0.0,
    saturated=0.3,
    saturated_rounds=1,
    clients=(2,),
    counted=6,
    idle=1.0,
    stats_told=0.3,
    stories_at_rest=1,
    stories=1,
    loaded=4.0,
    few_cases=5,
    many_cases=12,
    opening_within=60.0,
    calming_within=1.0,
    pages=8,
    registered=300,
    asked=2,
    safety_rounds=1,
    safety_steps=3,
    woken=4,
    deaths=1,
    payments=20,
    payment_rounds=1,
)

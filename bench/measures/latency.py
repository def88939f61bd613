"""P1 and P2: what an opening and a human step cost over HTTP, against Temporal alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.bodies import STEPS_A_CASE
from bench.figures import Figure, Rounds, median_figure, ratio_figure
from bench.size import Size
from bench.stand import Stand

MS = 1000.0
MOST_A_SECOND = 300
"""Messages a second that either side is prepared for."""


async def opening(stand: Stand, size: Size) -> list[Figure]:
    """P1: open over HTTP against starting a bare workflow, round by round in turns."""
    ours, bare, plain = Rounds(), Rounds(), Rounds()
    for _ in range(size.rounds):
        await stand.quiet()
        await stand.guard(size)
        bare.add((await stand.play("start_bares", count=size.openings, pause=size.opening_pause)).seconds)
        await stand.quiet()
        ours.add((await stand.play("open_cases", count=size.openings, pause=size.opening_pause)).seconds)
        await stand.quiet()
        plain.add((await stand.play("post_notes", count=size.openings * 3)).seconds)
    return [
        ratio_figure("P1", "open over HTTP ÷ start of a bare workflow (B1), p50", ours, bare, most=1.30),
        median_figure("P1", "open over HTTP", ours, scale=MS, unit="ms"),
        median_figure("B1", "start of a bare workflow", bare, scale=MS, unit="ms"),
        median_figure("B2", "plain FastAPI + SQLAlchemy insert", plain, scale=MS, unit="ms"),
    ]


async def step(stand: Stand, size: Size) -> list[Figure]:
    """P2: a human step over HTTP against an Update of a bare workflow, one at a time."""
    ours, bare = await one_at_a_time(stand, size)
    return [
        ratio_figure("P2", "human step over HTTP ÷ Update of a bare workflow (B1), p50", ours, bare, most=1.35),
        median_figure("P2", "human step over HTTP", ours, scale=MS, unit="ms"),
        median_figure("B1", "Update of a bare workflow", bare, scale=MS, unit="ms"),
    ]


async def one_at_a_time(stand: Stand, size: Size) -> tuple[Rounds, Rounds]:
    """Steps, and Updates of bare workflows, round by round in turns."""
    ours, bare = Rounds(), Rounds()
    needed = 2 + size.rounds * size.steps // STEPS_A_CASE
    await stand.play("prepare", cases=needed, bares=needed)
    for _ in range(size.rounds):
        await stand.quiet()
        await stand.guard(size)
        bare.add((await stand.play("nudge_bares", count=size.steps, pause=size.step_pause)).seconds)
        await stand.quiet()
        ours.add((await stand.play("judge_cases", count=size.steps, pause=size.step_pause)).seconds)
    return ours, bare


@dataclass
class _Load:
    rates: Rounds = field(default_factory=Rounds)
    waits: Rounds = field(default_factory=Rounds)
    busy: list[float] = field(default_factory=list[float])


async def saturation(stand: Stand, size: Size) -> list[Figure]:
    """P2: how many steps are answered when so many clients ask at once, against Updates of bare workflows."""
    figures: list[Figure] = []
    for clients in size.clients:
        ours, bare = _Load(), _Load()
        for _ in range(size.saturated_rounds):
            for load, what in ((bare, "saturate_bares"), (ours, "saturate_cases")):
                enough = clients + int(size.saturated * MOST_A_SECOND / STEPS_A_CASE)
                await stand.play("prepare", cases=enough, bares=enough)
                await stand.quiet()
                await stand.guard(size)
                played = await stand.play(what, clients=clients, seconds=size.saturated)
                load.rates.add([played.rate])
                load.waits.add(played.seconds)
                load.busy.append(played.busy)
        figures += _loaded(clients, ours, bare)
    return figures


def _loaded(clients: int, ours: _Load, bare: _Load) -> list[Figure]:
    return [
        ratio_figure("P2", f"steps a second ÷ B1's, {clients} clients", ours.rates, bare.rates, least=0.70),
        median_figure("P2", f"steps a second, {clients} clients", ours.rates, scale=1, unit="/s"),
        median_figure("B1", f"Updates a second, {clients} clients", bare.rates, scale=1, unit="/s"),
        Figure("P2", f"the player's share of a core, {clients} clients", max(ours.busy), f"B1: {max(bare.busy):.2f}"),
    ]

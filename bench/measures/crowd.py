"""P6: whether many sleeping cases make the waking ones slower."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bench.cpu import resident
from bench.figures import Figure, Rounds, Spread, quantile, ratios
from bench.measures.latency import one_at_a_time
from bench.measures.waking import sleeping
from bench.size import Size
from bench.stand import Stand

MS = 1000.0
PAGE_MOST = 50.0
"""Milliseconds."""


@dataclass(frozen=True)
class _Seen:
    cases: int
    ours: Rounds
    bare: Rounds
    pages: list[float]
    memory: float
    """MiB of the worker."""


async def crowd(stand: Stand, size: Size) -> list[Figure]:
    """P6: a step's p50, the lists and the worker's memory with few sleeping cases and with many."""
    few = await _with(stand, size, size.few_cases, 0)
    many = await _with(stand, size, size.many_cases, few.cases)
    enough = many.cases >= size.many_cases
    said = f"{many.cases} sleeping cases ÷ {few.cases}"
    asked = "" if enough else f"; {size.many_cases} were asked for, not opened in time, hence not scored"
    raw = Spread.of(many.ours.all).median / Spread.of(few.ours.all).median
    steadied = Spread.of(ratios(many.ours, many.bare)).median / Spread.of(ratios(few.ours, few.bare)).median
    pages = quantile(many.pages, 0.99) * MS
    memory = many.memory / few.memory
    return [
        Figure("P6", f"a step's p50, {said}", steadied, f"each over B1; without: {raw:.2f}{asked}", _if(enough, 1.10)),
        Figure(
            "P6",
            f"lists and queues p99 with {many.cases}",
            pages,
            f"with {few.cases}: {quantile(few.pages, 0.99) * MS:.1f} ms",
            _if(enough, PAGE_MOST),
            unit="ms",
            digits=1,
        ),
        Figure(
            "P6",
            f"the worker's memory, {said}",
            memory,
            f"{few.memory:.0f} to {many.memory:.0f} MiB",
            _if(enough, 1.10),
        ),
    ]


def _if(enough: bool, most: float) -> float | None:
    return most if enough else None


async def _with(stand: Stand, size: Size, cases: int, already: int) -> _Seen:
    opened = (await stand.play("put_to_sleep", **sleeping(stand, cases - already, size))).answer
    await stand.quiet(within=size.opening_within)
    ours, bare = await one_at_a_time(stand, replace(size, rounds=max(2, size.rounds // 2)))
    pages = (await stand.play("read_pages", count=size.pages)).seconds
    return _Seen(already + len(opened), ours, bare, pages, resident(stand.desk.pid("worker")))

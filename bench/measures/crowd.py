"""P6: whether many sleeping cases make the waking ones slower."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bench.bodies import STEPS_A_CASE
from bench.cpu import resident
from bench.figures import Figure, Rounds, quantile, ratio_figure
from bench.measures.waking import sleeping
from bench.size import Size
from bench.stand import Stand, standing
from standalone.postgres_session import session

MS = 1000.0
PAGE_MOST = 50.0
"""Milliseconds."""
BATCHES = 5
"""So many times the usual number of turns at most, until the thirds of B0 agree."""


@dataclass
class _Crowd:
    """A desk with sleeping cases, and what was measured beside them."""

    stand: Stand
    cases: int = 0
    steps: Rounds = field(default_factory=Rounds)
    pages: list[float] = field(default_factory=list[float])

    async def open(self, cases: int, size: Size) -> None:
        """Put so many cases to sleep, or as many as can be in time, and wait until they do."""
        self.cases = len((await self.stand.play("put_to_sleep", **sleeping(self.stand, cases, size))).answer)
        await self.stand.quiet(within=size.opening_within)
        await self._tidy()

    async def prepare(self, size: Size) -> None:
        """Open the cases that get the steps of a batch of turns."""
        await self.stand.play("prepare", cases=2 + size.rounds * size.steps // STEPS_A_CASE, bares=0)
        await self.stand.quiet()

    async def _tidy(self) -> None:
        """Have PostgreSQL do now what it would do in the next minutes about all that was written."""
        desk = self.stand.desk
        for url in (desk.database_url, desk.database("temporal")):
            async with session(url) as postgres:
                await postgres.execute("VACUUM ANALYZE")
        async with session(desk.database_url) as postgres:
            await postgres.execute("CHECKPOINT")

    async def take_a_turn(self, size: Size) -> None:
        """Steps one at a time, then pages."""
        self.steps.add((await self.stand.play("judge_cases", count=size.steps, pause=size.step_pause)).seconds)
        self.pages += (await self.stand.play("read_pages", count=-(-size.pages // size.rounds))).seconds
        await self.stand.quiet()

    def memory(self) -> float:
        """MiB that the worker holds."""
        return resident(self.stand.desk.pid("worker"))


async def crowd(stand: Stand, size: Size) -> list[Figure]:
    """P6: a step's p50, the lists and the worker's memory beside few sleeping cases and beside many, in turns."""
    async with _calm_stand(stand) as calm:
        few, many = _Crowd(calm), _Crowd(stand)
        await few.open(size.few_cases, size)
        await many.open(size.many_cases, size)
        await stand.begin_anew(size)
        for _ in range(BATCHES):
            await _take_turns(few, many, size)
            if not (refusal := stand.drift.refusal()):
                break
            print(f"    more turns: {refusal}", flush=True)
        return _figures(few, many, enough=many.cases >= size.many_cases)


async def _take_turns(few: _Crowd, many: _Crowd, size: Size) -> None:
    """A batch of turns. What makes the machine slower for some seconds weighs less in the thirds of many."""
    await few.prepare(size)
    await many.prepare(size)
    for _ in range(size.rounds):
        await many.stand.guard(size)
        await few.take_a_turn(size)
        await many.take_a_turn(size)


@asynccontextmanager
async def _calm_stand(stand: Stand) -> AsyncGenerator[Stand]:
    """A desk with servers of its own, for what is compared with the crowd: both meet the machine as it is just then."""
    home = stand.desk.home.with_name(f"{stand.desk.home.name}-calm")
    home.mkdir()
    home.chmod(0o711)  # the database's own account has to pass through
    try:
        async with standing(home) as calm:
            yield calm
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _figures(few: _Crowd, many: _Crowd, *, enough: bool) -> list[Figure]:
    said = f"{many.cases} sleeping cases ÷ {few.cases}"
    said += "" if enough else "; more were asked for, not opened in time, hence not scored"
    held, most = (few.memory(), many.memory()), 1.10 if enough else None
    pages, fewer = (quantile(each.pages, 0.99) * MS for each in (many, few))
    lists = f"lists and queues p99 with {many.cases}"
    memory = f"the worker's memory, {said}"
    return [
        ratio_figure("P6", f"a step's p50, {said}", many.steps, few.steps, most=most),
        Figure("P6", lists, pages, f"with {few.cases}: {fewer:.1f} ms", PAGE_MOST if enough else None, None, 1, "ms"),
        Figure("P6", memory, held[1] / held[0], f"{held[0]:.0f} to {held[1]:.0f} MiB", most),
    ]

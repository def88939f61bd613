"""P3: what a step writes: workflow mutations at Temporal, rows and transactions in the desk's database."""

from __future__ import annotations

import asyncio
import time
from dataclasses import astuple, dataclass

from bench.bodies import STEPS_A_CASE
from bench.desk import BenchDesk
from bench.figures import Figure
from bench.size import Size
from bench.stand import Stand
from standalone.postgres_session import session

EVENTS = "SELECT coalesce(sum(first), 0) FROM (SELECT max(node_id) AS first FROM history_node GROUP BY tree_id) t"
"""A history's nodes are called by their first event's number, so the last one's name tells its length but for a rest
that stays the same from step to step."""


@dataclass(frozen=True)
class _Counts:
    """Counters of both databases at one moment, or what they grew by."""

    at: float
    nodes: float
    events: float
    executions: float
    transactions: float
    rows: float

    def less(self, other: _Counts, times: float) -> _Counts:
        """Take another's growth off, so many times."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return _Counts(*(mine - theirs * times for mine, theirs in pairs))

    def since(self, earlier: _Counts) -> _Counts:
        """Growth."""
        return self.less(earlier, 1.0)

    def shared_by(self, number: int) -> _Counts:
        """A single one's share."""
        return _Counts(*(one / number for one in astuple(self)))


async def writes(stand: Stand, size: Size) -> list[Figure]:
    """P3: mutations and commits a step, what the idle desk writes by itself taken off."""
    count = size.counted
    await stand.play("prepare", cases=2 + count // STEPS_A_CASE, bares=2 + count // STEPS_A_CASE)
    await stand.quiet()
    await asyncio.sleep(size.stats_told)
    start = await _counts(stand.desk)
    await asyncio.sleep(size.idle)
    idle = (await _counts(stand.desk)).since(start)
    ours = await _written(stand, "judge_cases", count, idle, size)
    bare = await _written(stand, "nudge_bares", count, idle, size)
    return [
        Figure("P3", "workflow mutations a step (executions updated)", ours.executions, _beside(bare.executions), 1.1),
        Figure("P3", "history nodes a step", ours.nodes, _beside(bare.nodes)),
        Figure("P3", "history events a step", ours.events, _beside(bare.events)),
        Figure("P3", "read-model commits a step (rows of cases written)", ours.rows, most=1.0),
        Figure("P3", "all transactions a step in the desk's database, reads too", ours.transactions),
    ]


def _beside(bare: float) -> str:
    return f"B1: {bare:.2f}"


async def _written(stand: Stand, what: str, count: int, idle: _Counts, size: Size) -> _Counts:
    """What each of so many messages wrote."""
    before = await _counts(stand.desk)
    played = await stand.play(what, count=count, pause=0.0)
    await stand.quiet()
    await asyncio.sleep(size.stats_told)
    done = (await _counts(stand.desk)).since(before)
    return done.less(idle, done.at / idle.at).shared_by(len(played.seconds))


async def _counts(desk: BenchDesk) -> _Counts:
    async with session(desk.database("temporal")) as temporal:
        nodes = await temporal.fetchval("SELECT count(*) FROM history_node")
        events = await temporal.fetchval(EVENTS)
        executions = await temporal.fetchval("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'executions'")
    async with session(desk.database_url) as register:
        rows = await register.fetchval(
            "SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = 'cases' AND schemaname = 'public'"
        )
        transactions = await register.fetchval(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        )
    return _Counts(time.monotonic(), int(nodes), int(events), int(executions), int(transactions), int(rows))

"""P5: how soon the read model shows what happened, at rest and under load."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

import asyncpg
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from bench.bodies import STEPS_A_CASE
from bench.figures import Figure, Spread, quantile
from bench.size import Size
from bench.stand import Player, Stand, second_player
from db.address import postgres_address

CLIENTS = 16
SHARE = 0.8
"""Of the saturated rate."""
LISTEN = """
    CREATE OR REPLACE FUNCTION bench_tell() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_notify(
            'bench', json_build_object('case', NEW."case", 'version', NEW.version, 'state', NEW.state)::text
        );
        RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER bench_tell AFTER INSERT OR UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION bench_tell();
"""
FORGET = "DROP TRIGGER bench_tell ON cases; DROP FUNCTION bench_tell()"


class _Ear(Protocol):
    """What is used of a connection that listens; asyncpg itself comes without types."""

    async def execute(self, script: str) -> str: ...
    async def add_listener(self, channel: str, hear: Callable[..., None]) -> None: ...
    async def close(self) -> None: ...


@dataclass
class _Rows:
    """When each row showed which version and state: (seconds since the epoch, version, state) by case."""

    seen: dict[str, list[tuple[float, int, str]]] = field(default_factory=dict[str, list[tuple[float, int, str]]])

    def note(self, *told: Any) -> None:
        row = json.loads(told[-1])
        self.seen.setdefault(row["case"], []).append((time.time(), row["version"], row["state"]))

    def first(self, case: str, *, state: str = "", version: int = 0) -> float:
        """When the row first showed it."""
        rows = self.seen.get(case, [])
        return next(at for at, shown, named in rows if shown >= version and (not state or named == state))


async def freshness(stand: Stand, size: Size) -> list[Figure]:
    """P5: own writes, and what machines changed, at rest and at 80 % of the load that the desk can bear."""
    async with second_player(stand) as other, _listening(stand) as rows:
        figures = await _told(stand, other, rows, "idle", count=size.stories_at_rest, within=None, most_ms=50.0)
        await stand.play("prepare", cases=CLIENTS + int(size.saturated * 300 / STEPS_A_CASE), bares=0)
        await stand.quiet()
        top = (await stand.play("saturate_cases", clients=CLIENTS, seconds=size.saturated)).rate
        rate = top * SHARE
        await stand.play("prepare", cases=CLIENTS + int(rate * size.loaded / STEPS_A_CASE), bares=0)
        await stand.quiet()
        pace = {"rate": rate, "seconds": size.loaded, "clients": CLIENTS}
        load = asyncio.create_task(stand.play("judge_at_a_pace", **pace))
        under_load = f"at 80 % of {top:.0f} steps/s"
        figures += await _told(stand, other, rows, under_load, count=size.stories, within=size.loaded, most_ms=500.0)
        await load
    return figures


async def _told(
    stand: Stand, other: Player, rows: _Rows, when: str, *, count: int, within: float | None, most_ms: float
) -> list[Figure]:
    stories = (await other.play("tell_stories", count=count, pause=0.15, within=within)).answer
    await asyncio.sleep(1.0)
    waits: list[float] = []
    for story in stories:
        waits += await _lags(stand, rows, story["case"], story["slip"])
    own = [seconds * 1000 for story in stories for seconds in story["shown"]]
    stale = sum(story["stale"] for story in stories)
    lags = [seconds * 1000 for seconds in waits]
    return [
        Figure("P5", f"own writes read stale, {when}", stale, f"of {len(own)} reads", most=0, digits=0),
        Figure("P5", f"own write shown, p99 of a read after the answer, {when}", quantile(own, 0.99), unit="ms"),
        Figure(
            "P5",
            f"what machines changed shown, p99 after its event, {when}",
            quantile(lags, 0.99),
            f"p50 {Spread.of(lags).median:.1f} ms of {len(lags)}",
            most=most_ms,
            unit="ms",
            digits=1,
        ),
    ]


async def _lags(stand: Stand, rows: _Rows, case: str, slip: str) -> list[float]:
    """Seconds from the event that makes a machine's change durable until its row shows it, for three such changes."""
    complaint = (await stand.client.get_workflow_handle(case).fetch_history()).events
    payment = (await stand.client.get_workflow_handle(slip).fetch_history()).events
    acknowledged = _durable(complaint, EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
    reserved = _durable(payment, EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
    paid = _durable(complaint, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
    return [
        max(0.0, rows.first(case, version=2) - acknowledged),
        max(0.0, rows.first(slip, state="to_approve") - reserved),
        max(0.0, rows.first(case, state="to_call_back") - paid),
    ]


def _durable(events: Any, caused_by: EventType.ValueType) -> float:
    """When the first workflow task after the first such event was completed, in seconds since the epoch."""
    waiting = False
    for event in events:
        if event.event_type == caused_by:
            waiting = True
        elif waiting and event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            return _at(event)
    raise ValueError("the history holds no such change")


def _at(event: HistoryEvent) -> float:
    return event.event_time.seconds + event.event_time.nanos / 1e9


@asynccontextmanager
async def _listening(stand: Stand) -> AsyncGenerator[_Rows]:
    """Hear of each row of the register when it is committed; the trigger is there only for this measurement."""
    rows = _Rows()
    connect = cast("Callable[[str], Awaitable[_Ear]]", asyncpg.connect)  # pyright: ignore[reportUnknownMemberType]  the same
    ear = await connect(postgres_address(stand.desk.database_url))
    await ear.execute(LISTEN)
    await ear.add_listener("bench", rows.note)
    try:
        yield rows
    finally:
        await ear.execute(FORGET)
        await ear.close()

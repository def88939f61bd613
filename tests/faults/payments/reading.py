"""Reads what was left: the gateway's book, each slip's own history, the ledger, what complaints heard."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import asyncpg
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowQueryFailedError
from temporalio.service import RPCError

from adapters.payments.twin import Move, TwinBook
from db.address import postgres_address
from domain.people import DESK
from domain.view import CaseView
from settings import CHECKOUT
from tests.faults.payments.paying import A_STAND_IN, slip_name, stand_in
from tests.faults.payments.stage import Stage
from upkeep.asking import looked
from workflows.ports import OrderToPay

AT_ONCE = 16
PATIENCE = timedelta(seconds=20)
STAYS, SETTLED = 60.0, 5.0
ENDED = frozenset({"paid", "refused", "not_paid"})


@dataclass
class Slip:
    """One slip as its own history has it. `sent`: the keys under which it was sent, each time."""

    case: str
    view: CaseView
    sent: list[str]

    @property
    def story(self) -> dict[str, Any]:
        """Its facts."""
        return dict(self.view.story or {})

    @property
    def mismatches(self) -> list[dict[str, Any]]:
        """What stands against it, open or cleared up."""
        return list(self.story.get("gateway", {}).get("mismatches", []))


@dataclass
class Left:
    """All that was left."""

    slips: dict[str, Slip]
    ledger: dict[str, dict[str, Any]]
    moves: dict[str, list[Move]]
    refused: set[str]
    heard: Counter[str]
    reconciled: list[str]
    """What `redress reconcile` says of the desk's own books and the gateway's statement, line by line."""
    lines: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])


async def until_all_is_told(stage: Stage, slips: int, within: float) -> float:
    """Wait until no slip is under way any more, or the time is over; seconds waited.

    Each ended one is booked in the ledger, and nothing has changed for `SETTLED` seconds, in which complaints hear. A
    slip that stays with finance for `STAYS` seconds waits for a person, not for the gateway.
    """
    begun = time.monotonic()
    before, since = Counter[str](), begun
    while time.monotonic() - begun < within:
        try:
            states = await _states(stage)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            states = Counter[str]()
        if states != before:
            before, since = states, time.monotonic()
        still = time.monotonic() - since
        people = states["with_finance"] if still >= STAYS else 0
        waiting = states["unknown"] - states["named"]
        told = states["all"] - states["open"] + states["named"] + people
        if states["all"] >= slips and told >= slips and waiting <= 0 and not states["unbooked"] and still >= SETTLED:
            return time.monotonic() - begun
        await asyncio.sleep(1)
    return time.monotonic() - begun


async def _states(stage: Stage) -> Counter[str]:
    connection = await asyncpg.connect(postgres_address(stage.settings.database_url))
    try:
        found = Counter[str]()
        for row in await connection.fetch("SELECT state, count(*) FROM cases WHERE kind = 'payment' GROUP BY state"):
            found[row[0]] += row[1]
            found["all"] += row[1]
        named = """SELECT count(DISTINCT t."case") FROM case_tasks t JOIN cases c ON c."case" = t."case"
            WHERE t.key LIKE 'mismatch-%' AND c.state = 'unknown'"""
        unbooked = """SELECT count(*) FROM ledger l JOIN cases c ON c."case" = l.refund_key
            WHERE l.state = 'reserved' AND c.state = ANY($1)"""
        found["unbooked"] = await connection.fetchval(unbooked, sorted(ENDED))
        found["open"] = found["all"] - sum(found[end] for end in ENDED)
        found["named"] = await connection.fetchval(named)
        return found
    finally:
        await connection.close()


async def with_finance(stage: Stage) -> list[str]:
    """The slips that stand on finance's list, as the register has it."""
    connection = await asyncpg.connect(postgres_address(stage.settings.database_url))
    try:
        asked = """SELECT DISTINCT "case" FROM case_tasks WHERE desk = 'finance' AND key IN ('pay', 'gateway')"""
        return sorted(row[0] for row in await connection.fetch(asked))
    finally:
        await connection.close()


async def read_all(stage: Stage, slips: int) -> Left:
    """Everything, once all is quiet."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> Slip:
        async with gate:
            return await certain(lambda: _slip(stage, slip_name(number)))

    found = await asyncio.gather(*(one(number) for number in range(slips)))
    book = TwinBook(file=stage.till.book)
    moves: dict[str, list[Move]] = defaultdict(list)
    for move in book.moves:
        moves[move.key].append(move)
    heard = Counter[str]()
    for number in range(0, slips, A_STAND_IN):
        words = await certain(lambda number=number: _words(stage, stand_in(number)))
        heard.update(words)
    ledger, lines = await _tables(stage)
    reconciled = await asyncio.to_thread(_reconciled, stage, book)
    return Left({slip.case: slip for slip in found}, ledger, dict(moves), set(book.refused), heard, reconciled, lines)


async def certain(ask: Any) -> Any:
    """Ask until the desk answers."""
    for _ in range(60):
        try:
            return await ask()
        except (RPCError, WorkflowQueryFailedError, RuntimeError, TimeoutError):
            await asyncio.sleep(0.5)
    raise AssertionError("the desk does not answer any more")


async def _words(stage: Stage, name: str) -> list[str]:
    return await stage.client.get_workflow_handle(name).query("words", result_type=list[str])


async def _slip(stage: Stage, name: str) -> Slip:
    view = (await looked(stage.client, name, DESK, PATIENCE)).view
    history = await stage.client.get_workflow_handle(name).fetch_history()
    sent: list[str] = []
    for event in history.events:
        told = event.activity_task_scheduled_event_attributes
        if (
            event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
            and told.activity_type.name == "send_payment"
        ):
            (order,) = await stage.client.data_converter.decode(list(told.input.payloads), [OrderToPay])
            sent.append(order.slip_number)
    return Slip(name, view, sent)


async def _tables(stage: Stage) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, int], int]]:
    connection = await asyncpg.connect(postgres_address(stage.settings.database_url))
    try:
        ledger = {row["refund_key"]: dict(row) for row in await connection.fetch("SELECT * FROM ledger")}
        rows = await connection.fetch("SELECT order_index, line, paid_minor FROM order_lines")
        return ledger, {(row["order_index"], row["line"]): row["paid_minor"] for row in rows}
    finally:
        await connection.close()


def _reconciled(stage: Stage, book: TwinBook) -> list[str]:
    """The desk's own command, given the gateway's whole statement."""
    statement = stage.desk.home / "statement.csv"
    rows = [f"{m.reference},out,{m.amount.amount()},{m.amount.currency},{m.at}" for m in book.moves]
    statement.write_text("\n".join(["reference,direction,amount,currency,at", *rows]) + "\n")
    words = ("reconcile", "--shop", stage.shop, "--statement", str(statement))
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words],
        cwd=CHECKOUT,
        env=stage.desk.environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode in {0, 2}, done.stderr
    return done.stdout.splitlines()

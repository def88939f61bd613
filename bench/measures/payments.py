"""P10: payments through the money ledger under its row locks, from many clients; beside them as many bare commits."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlalchemy import text

from bench.figures import Figure, Rounds, Spread, quantile, ratio_figure
from bench.size import Size
from bench.stand import Failed, Stand
from db.ledger import Reservation, book_paid, reserve
from db.migrate import migrate
from db.orders import put_order
from db.people import add_shop
from db.sessions import Database
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.payment.purposes import Purpose
from standalone.postgres_session import session

DATABASE = "bench_ledger"
SHOP, ORDER = "bench", "ix-bench"
CLIENTS = 16
LINES = 4
"""So few that clients meet on a line; all of them meet on the shop's counter of slips."""
MS = 1000.0
PAID = Money(100_000_000, "CNY")
YUAN = Money(100, "CNY")


async def payments(stand: Stand, size: Size) -> list[Figure]:
    """P10: each payment reserves under the line's lock and books as paid, two commits; in turns with two bare ones."""
    url = stand.desk.database(DATABASE)
    async with session(stand.desk.database_url) as postgres:
        await postgres.execute(f"CREATE DATABASE {DATABASE}")
    try:
        return await measured(url, size.payments, size.payment_rounds)
    finally:
        async with session(stand.desk.database_url) as postgres:
            await postgres.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


async def measured(url: str, count: int, rounds: int) -> list[Figure]:
    """So many payments a round on a fresh database, in turns with bare commits; afterwards the books have to agree.

    Raises:
        Failed: a payment is missing, or a slip's number.
    """
    await migrate(url)
    database = Database(url, pool_size=CLIENTS)
    try:
        await _prepare(database)
        paid, bare, rates = Rounds(), Rounds(), Rounds()
        numbers = itertools.count(1)
        for _ in range(rounds):
            begun = time.perf_counter()
            paid.add(await _from_clients(count, lambda: _pay(database, next(numbers))))
            rates.add([count / (time.perf_counter() - begun)])
            bare.add(await _from_clients(count, lambda: _commit_twice(database)))
        await _check(database, count * rounds)
    finally:
        await database.aclose()
    around = Spread.of(rates.all)
    tail = Spread.of([quantile(samples, 0.99) * MS for samples in paid.values])
    bare_tail = Spread.of([quantile(samples, 0.99) * MS for samples in bare.values])
    return [
        Figure("P10", f"payments a second, {CLIENTS} clients", around.median, f"{around.p10:.0f}-{around.p90:.0f}"),
        Figure("P10", "a payment, p99", tail.median, f"{tail.p10:.1f}-{tail.p90:.1f}", unit="ms"),
        Figure("P10", "two bare commits, p99", bare_tail.median, f"{bare_tail.p10:.1f}-{bare_tail.p90:.1f}", unit="ms"),
        ratio_figure("P10", "a payment ÷ two bare commits, p50", paid, bare),
    ]


async def _prepare(database: Database) -> None:
    lines = tuple(OrderLine(number + 1, "cup", 1, PAID) for number in range(LINES))
    async with database.writing() as writing:
        await add_shop(writing, SHOP, "Bench shop", "CNY")
        await put_order(writing, SHOP, ORDER, OrderFacts(lines), {}, None, datetime.now(UTC))
        await writing.execute(text("CREATE TABLE bare (number BIGSERIAL PRIMARY KEY, minor BIGINT)"))


async def _from_clients(count: int, once: Callable[[], Awaitable[None]]) -> list[float]:
    """Seconds of each of so many, taken by the clients as they become free."""
    waiting, seconds = iter(range(count)), list[float]()

    async def client() -> None:
        for _ in waiting:
            begun = time.perf_counter()
            await once()
            seconds.append(time.perf_counter() - begun)

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return seconds


async def _pay(database: Database, number: int) -> None:
    now = datetime.now(UTC)
    asked = Reservation(
        refund_key=f"AS-2026-{number:06d}-P1",
        shop=SHOP,
        case=f"AS-2026-{number:06d}",
        order_index=ORDER,
        line=number % LINES + 1,
        purpose=Purpose.REFUND,
        amount=YUAN,
        requested_at=now,
        year=2026,
        asked_by="p-1",
        day=now.date(),
    )
    async with database.writing() as writing:
        await reserve(writing, asked)
    async with database.writing() as writing:
        await book_paid(writing, asked.refund_key, f"PAY-{number}", "p-2", now)


async def _commit_twice(database: Database) -> None:
    for _ in range(2):
        async with database.writing() as writing:
            await writing.execute(text("INSERT INTO bare (minor) VALUES (100)"))


async def _check(database: Database, count: int) -> None:
    asked = (
        "SELECT count(*), count(DISTINCT slip_number), coalesce(sum(amount_minor), 0) FROM ledger WHERE state = 'paid'"
    )
    async with database.reading() as reading:
        found = (await reading.execute(text(asked))).one()
    if tuple(map(int, found)) != (count, count, count * YUAN.minor):
        raise Failed("the ledger lost or doubled a payment")

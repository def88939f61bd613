"""The laws of the ledger under any order of calls, against the real PostgreSQL and a model in a few lines."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from db.ledger import (
    AlreadyPaid,
    AlreadyReleased,
    CeilingReached,
    KeyTaken,
    Reserved,
    SlipUnknown,
    book_paid,
    release,
    reserve,
)
from db.ledger_reads import Purpose
from db.orders import OrderBelowPaid, put_order
from db.sessions import Database
from tests.db.builders import BOX, NOON, a_sum, an_order

KEYS = st.sampled_from([f"k{n}" for n in range(8)])
LINES = st.sampled_from([1, 2])
SUMS = st.integers(1, 700)
REFUSALS = (CeilingReached, KeyTaken, AlreadyReleased, AlreadyPaid, SlipUnknown, OrderBelowPaid)


class Slip:
    def __init__(self, number: int, line: int, minor: int, purpose: Purpose) -> None:
        self.number, self.line, self.minor, self.purpose = number, line, minor, purpose
        self.state, self.reference = "reserved", ""


class Ledger(RuleBasedStateMachine):
    loop: asyncio.AbstractEventLoop
    url: str

    def __init__(self) -> None:
        super().__init__()
        self.database = Database(self.url, pool_size=2)
        self.slips: dict[str, Slip] = {}
        self.paid = {1: 1000, 2: 1000}
        self.do(self._clean())

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        try:
            return self.loop.run_until_complete(work)
        except REFUSALS as refusal:
            return type(refusal)

    async def _clean(self) -> None:
        async with self.database.writing() as session:
            await session.execute(text("TRUNCATE ledger, slip_counters, order_lines, orders CASCADE"))
            await put_order(session, "cups", "0rd3r", an_order(1000, 1000), {"o": BOX}, None, NOON)

    def held(self, line: int) -> int:
        live = [s for s in self.slips.values() if s.line == line and s.state != "released"]
        return sum(slip.minor for slip in live)

    @rule(key=KEYS, line=LINES, minor=SUMS, purpose=st.sampled_from([Purpose.REFUND, Purpose.COMPENSATION]))
    def a_sum_is_reserved(self, key: str, line: int, minor: int, purpose: Purpose) -> None:
        async def work() -> Reserved:
            async with self.database.writing() as session:
                return await reserve(session, a_sum(key, minor, line=line, purpose=purpose))

        told = self.do(work())
        known = self.slips.get(key)
        if known is None and self.held(line) + minor > self.paid[line]:
            assert told is CeilingReached
        elif known is None:
            assert told == Reserved(2026, len(self.slips) + 1)
            self.slips[key] = Slip(told.number, line, minor, purpose)
        elif (known.line, known.minor, known.purpose) != (line, minor, purpose):
            assert told is KeyTaken
        elif known.state == "released":
            assert told is AlreadyReleased
        else:
            assert told == Reserved(2026, known.number)

    @rule(key=KEYS)
    def the_same_is_reserved_again(self, key: str) -> None:
        if (known := self.slips.get(key)) is not None:
            self.a_sum_is_reserved(key, known.line, known.minor, known.purpose)

    @rule(key=KEYS, reference=st.sampled_from(["bank 1", "bank 2"]))
    def a_slip_is_paid(self, key: str, reference: str) -> None:
        async def work() -> None:
            async with self.database.writing() as session:
                await book_paid(session, key, reference, "p_fin", NOON)

        told, known = self.do(work()), self.slips.get(key)
        if known is None:
            assert told is SlipUnknown
        elif known.state == "released":
            assert told is AlreadyReleased
        elif known.state == "paid" and known.reference != reference:
            assert told is AlreadyPaid
        else:
            assert told is None
            known.state, known.reference = "paid", reference

    @rule(key=KEYS)
    def a_slip_is_released(self, key: str) -> None:
        async def work() -> None:
            async with self.database.writing() as session:
                await release(session, key, NOON)

        told, known = self.do(work()), self.slips.get(key)
        if known is None:
            assert told is SlipUnknown
        elif known.state == "paid":
            assert told is AlreadyPaid
        else:
            assert told is None
            known.state = "released"

    @rule(first=st.integers(0, 1500), second=st.integers(0, 1500))
    def the_order_is_corrected(self, first: int, second: int) -> None:
        async def work() -> int:
            async with self.database.writing() as session:
                return await put_order(session, "cups", "0rd3r", an_order(first, second), {"o": BOX}, None, NOON)

        told = self.do(work())
        if first < self.held(1) or second < self.held(2):
            assert told is OrderBelowPaid
        else:
            assert isinstance(told, int)
            self.paid = {1: first, 2: second}

    @invariant()
    def the_books_agree(self) -> None:
        async def work() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
            async with self.database.reading() as session:
                slips = await session.execute(
                    text("SELECT refund_key, slip_number, state, coalesce(reference, '') FROM ledger")
                )
                lines = await session.execute(text("SELECT line, paid_minor FROM order_lines ORDER BY line"))
                return [tuple(row) for row in slips], [tuple(row) for row in lines]

        slips, lines = self.do(work())
        assert sorted(slips) == sorted((key, s.number, s.state, s.reference) for key, s in self.slips.items())
        assert sorted(number for _, number, _, _ in slips) == list(range(1, len(slips) + 1))
        assert dict(lines) == self.paid
        assert all(self.held(line) <= paid for line, paid in lines)

    def teardown(self) -> None:
        self.do(self.database.aclose())


@pytest.fixture
def own_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


async def test_no_order_of_calls_breaks_the_ledgers_laws(
    database_url: str, own_loop: asyncio.AbstractEventLoop
) -> None:
    machine = type("LedgerOfThisTest", (Ledger,), {"loop": own_loop, "url": database_url})
    few = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    # In a thread: hypothesis is synchronous, the test's own loop is running.
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=few)

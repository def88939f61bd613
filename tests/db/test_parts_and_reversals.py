"""Slips that are paid in parts, and money that the bank gave back: ceiling, receipts, the day's cash, notices."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from db.books import booked_slips
from db.cash import cash_of, totals_of
from db.gateway_notices import Notice, note_notice, notices_of
from db.ledger import (
    AlreadyPaid,
    CeilingReached,
    KeyTaken,
    Part,
    SlipUnknown,
    book_paid,
    book_part,
    lower,
    release,
    reserve,
    reverse,
)
from db.ledger_reads import SlipState, find_slip
from db.sessions import Database
from domain.payment.gateway.state import Heard, Stands
from domain.payment.purposes import Purpose
from tests.db.builders import NOON, a_sum, register
from tests.db.test_money_in_and_out import hold, left, yuan

KEY = "AS-2026-000001-P1"
HOUR = timedelta(hours=1)


async def held(database: Database, minor: int = 5_000, key: str = KEY) -> None:
    await register(database, 20_000)
    await hold(database, a_sum(key, minor))


async def part(database: Database, number: int, minor: int, reference: str, key: str = KEY) -> None:
    async with database.writing() as session:
        await book_part(session, Part(key, number, yuan(minor), reference, "p-qian", NOON + number * HOUR))


async def paid(database: Database, reference: str = "PAY-1", key: str = KEY) -> None:
    async with database.writing() as session:
        await book_paid(session, key, reference, "p-qian", NOON)


async def back(database: Database, reference: str = "REV-1") -> None:
    async with database.writing() as session:
        await reverse(session, KEY, reference, NOON + 2 * HOUR)


async def test_money_that_came_back_may_go_out_again_and_again_is_counted_once(database: Database) -> None:
    await held(database)
    before = await left(database)
    await paid(database)
    assert await left(database) == before
    await back(database)
    await back(database)
    assert await left(database) == before + 5_000
    async with database.reading() as session:
        found = await find_slip(session, KEY)
    assert found is not None
    assert (found.state, found.reference) == (SlipState.REVERSED, "PAY-1")


async def test_only_what_was_paid_comes_back_and_under_one_reference(database: Database) -> None:
    await held(database)
    with pytest.raises(SlipUnknown):
        await back(database)
    await paid(database)
    await back(database)
    with pytest.raises(KeyTaken):
        await back(database, "REV-2")
    with pytest.raises(AlreadyPaid):
        async with database.writing() as session:
            await release(session, KEY, NOON)
    with pytest.raises(AlreadyPaid):
        async with database.writing() as session:
            await lower(session, KEY, yuan(1))


async def test_the_receipt_of_freight_that_came_back_may_be_paid_again(database: Database) -> None:
    freight = a_sum(KEY, 900, purpose=Purpose.FREIGHT, receipts=("photo-1",))
    await hold(database, freight, 3_000)
    await paid(database)
    await back(database)
    again = a_sum(f"{KEY}0", 900, purpose=Purpose.FREIGHT, receipts=("photo-1",))
    await hold(database, again, 900)


async def test_parts_are_booked_once_and_never_more_than_the_slip(database: Database) -> None:
    await held(database)
    await part(database, 1, 2_000, "PART-1")
    await part(database, 1, 2_000, "PART-1")
    for number, minor, reference in ((1, 2_500, "PART-1"), (1, 2_000, "PART-2"), (2, 1_000, "PART-1"), (2, 3_001, "X")):
        with pytest.raises(KeyTaken):
            await part(database, number, minor, reference)
    await part(database, 2, 3_000, "PART-2")
    with pytest.raises(SlipUnknown):
        await part(database, 1, 1, "X", "AS-2026-000009-P1")


async def test_two_parts_at_once_do_not_both_pass_the_sum(database: Database) -> None:
    await held(database)
    booked = await asyncio.gather(
        *(part(database, number, 3_000, f"PART-{number}") for number in (1, 2)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in booked) == ["KeyTaken", "NoneType"]


async def test_the_line_holds_the_whole_slip_while_parts_are_paid(database: Database) -> None:
    await held(database)
    before = await left(database)
    await part(database, 1, 2_000, "PART-1")
    assert await left(database) == before
    with pytest.raises(CeilingReached):
        async with database.writing() as session:
            await reserve(session, a_sum(f"{KEY}0", before + 1))


async def test_the_days_cash_has_each_part_at_its_own_time_and_what_came_back(database: Database) -> None:
    await held(database)
    await part(database, 1, 2_000, "PART-1")
    await part(database, 2, 3_000, "PART-2")
    await paid(database, "PART-2")
    await back(database)
    day = (NOON - HOUR, NOON + 9 * HOUR)
    async with database.reading() as session:
        lines = (await cash_of(session, "cups", day)).items
        totals = await totals_of(session, "cups", day)
        early = (await cash_of(session, "cups", (NOON, NOON + HOUR + HOUR / 2))).items
    assert [(each.way, each.what, each.amount.minor, each.reference) for each in lines] == [
        ("out", "refund", 2_000, "PART-1"),
        ("out", "refund", 3_000, "PART-2"),
        ("in", "reversal", 5_000, "REV-1"),
    ]
    assert [(each.way, each.what, each.amount.minor, each.count) for each in totals] == [
        ("in", "reversal", 5_000, 1),
        ("out", "refund", 5_000, 2),
    ]
    assert [each.reference for each in early] == ["PART-1"]


async def test_the_books_know_parts_and_reversal(database: Database) -> None:
    await held(database)
    await part(database, 1, 2_000, "PART-1")
    await part(database, 2, 3_000, "PART-2")
    await paid(database, "PART-2")
    await back(database)
    async with database.reading() as session:
        slip = (await booked_slips(session, "cups"))[KEY]
    assert [(reference, amount.minor) for reference, amount, _ in slip.parts] == [("PART-1", 2_000), ("PART-2", 3_000)]
    assert (slip.state, slip.reversed_by) == ("reversed", "REV-1")


async def test_a_notice_is_kept_once_and_only_for_a_slip_that_there_is(database: Database) -> None:
    await held(database)
    heard = Heard(Stands.PAID, "GW-1", yuan(5_000))
    for _ in range(2):
        async with database.writing() as session:
            assert await note_notice(session, Notice("cups", 2026, 1, heard, "wh_1", NOON)) == KEY
    async with database.writing() as session:
        assert await note_notice(session, Notice("cups", 2026, 2, heard, "wh_1", NOON)) is None
        assert await note_notice(session, Notice("saucers", 2026, 1, heard, "wh_1", NOON)) is None
    async with database.reading() as session:
        assert await notices_of(session, "cups") == {KEY: [heard]}

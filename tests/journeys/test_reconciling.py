"""The books of a real desk: they agree after every kind of slip, and each tampering is named; a day is done once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from db.books import claim_day, last_day
from db.people import add_shop
from db.sessions import Database
from domain.payment import steps as ps
from domain.payment.books.comparing import Difference, differences
from tests.journeys.desk import SHOP, Desk, yuan
from tests.journeys.moves import paid
from tests.journeys.people import SUPERVISOR
from tests.journeys.test_money import REPAID, compensated, incoming
from tests.journeys.test_register import kept
from upkeep.reconciling import books_of, reconcile_day

LATER = timedelta(hours=1)
"""After everything that was under way has to have arrived."""


async def found(desk: Desk) -> list[tuple[str, str]]:
    now = datetime.now(UTC) + LATER
    books = await books_of(desk.client, desk.database, SHOP, now)
    return [(each.code, each.about) for each in differences(books, now)]


async def money_both_ways(desk: Desk) -> str:
    case, out = await compensated(desk, 60)
    await paid(desk, out, yuan(60))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    await desk.step(case, REPAID)
    await desk.state(f"{case}-P2", "to_approve")
    await desk.step(f"{case}-P2", ps.VoidSlip(actor=SUPERVISOR, reason="they pay it at the shop"))
    await desk.until(case, lambda view: incoming(view) == ["void"])
    for each in (case, out, f"{case}-P2"):
        await kept(desk, each)
    return case


async def tamper(database: Database, words: str) -> None:
    async with database.writing() as session:
        await session.execute(text(words))


async def test_books_agree_after_money_both_ways_and_each_tampering_is_named(desk: Desk) -> None:
    case = await money_both_ways(desk)
    assert await found(desk) == []
    await tamper(desk.database, "UPDATE ledger SET amount_minor = amount_minor + 1 WHERE purpose = 'compensation'")
    assert await found(desk) == [("amount_differs", f"{case}-P1")]
    await tamper(desk.database, "UPDATE ledger SET amount_minor = amount_minor - 1 WHERE purpose = 'compensation'")
    await tamper(desk.database, "UPDATE ledger SET reference = 'PAY-9' WHERE purpose = 'compensation'")
    await tamper(desk.database, "DELETE FROM ledger WHERE purpose = 'repayment'")
    assert await found(desk) == [("reference_differs", f"{case}-P1"), ("ledger_lacks", f"{case}-P2")]


async def test_a_day_is_reconciled_once_over_all_workers_and_kept(desk: Desk) -> None:
    case = await money_both_ways(desk)
    async with desk.database.writing() as session:
        await add_shop(session, SHOP, "Teahouse", "CNY")
    await tamper(desk.database, "UPDATE ledger SET amount_minor = amount_minor + 1 WHERE purpose = 'compensation'")
    now = datetime.now(UTC) + LATER
    done = await asyncio.gather(*(reconcile_day(desk.client, desk.database, now.date(), now) for _ in range(3)))
    assert sorted(done) == [False, False, True]
    async with desk.database.reading() as session:
        told = await last_day(session)
    assert told is not None
    (difference,) = told[2][SHOP]
    assert isinstance(difference, Difference)
    assert (difference.code, difference.about) == ("amount_differs", f"{case}-P1")


async def test_a_day_that_was_given_up_is_taken_over(desk: Desk) -> None:
    now = datetime.now(UTC)
    async with desk.database.writing() as session:
        assert await claim_day(session, now.date(), now - timedelta(hours=3))
    async with desk.database.writing() as session:
        assert await claim_day(session, now.date(), now)
        assert not await claim_day(session, now.date(), now)

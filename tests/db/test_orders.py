from dataclasses import replace
from datetime import timedelta

import pytest

from db.ledger import release, reserve
from db.ledger_reads import line_account
from db.orders import OrderBelowPaid, OrderOnFile, find_order, put_order
from db.sessions import Database
from domain.money import Money
from domain.order import OrderFacts
from domain.sealed import Sealed
from tests.db.builders import BOX, NOON, a_sum, an_order, register

LATER = NOON + timedelta(hours=1)


async def put(database: Database, facts: OrderFacts, box: Sealed = BOX, customer: str | None = "c_1") -> int:
    async with database.writing() as session:
        return await put_order(session, "cups", "0rd3r", facts, {"order": box}, customer, LATER)


async def on_file(database: Database) -> OrderOnFile | None:
    async with database.reading() as session:
        return await find_order(session, "cups", "0rd3r")


async def test_an_order_reads_back_as_registered(database: Database) -> None:
    await register(database, 1000, 0)
    assert await on_file(database) == OrderOnFile(
        "cups", "0rd3r", an_order(1000, 0), {"order": BOX}, "c_1", NOON, NOON, 1
    )
    async with database.reading() as session:
        assert await find_order(session, "hats", "0rd3r") is None


async def test_the_same_order_again_is_no_change_though_its_words_are_sealed_anew(database: Database) -> None:
    await register(database, 1000)
    anew = replace(BOX, box="QUJD")
    assert await put(database, an_order(1000), anew) == 1
    found = await on_file(database)
    assert found is not None
    assert (found.version, found.changed_at, found.sealed) == (1, NOON, {"order": anew})


async def test_a_corrected_order_has_a_new_version_and_new_lines(database: Database) -> None:
    await register(database, 1000, 500)
    assert await put(database, an_order(1200)) == 2
    assert await put(database, an_order(1200), customer=None) == 3
    found = await on_file(database)
    assert found is not None
    assert (found.facts, found.registered_at, found.changed_at) == (an_order(1200), NOON, LATER)
    async with database.reading() as session:
        first, second = [await line_account(session, "cups", "0rd3r", line) for line in (1, 2)]
    assert first is not None
    assert (first.paid, second) == (Money(1200, "CNY"), None)


@pytest.mark.parametrize("facts", [an_order(599, 500), an_order(), an_order(1000, 500, currency="USD")])
async def test_an_order_never_falls_below_what_is_reserved(database: Database, facts: OrderFacts) -> None:
    await register(database, 1000, 500)
    async with database.writing() as session:
        await reserve(session, a_sum("a", 600))
    with pytest.raises(OrderBelowPaid) as told:
        await put(database, facts)
    assert (told.value.line, told.value.promised) == (1, Money(600, "CNY"))
    found = await on_file(database)
    assert found is not None
    assert found.facts == an_order(1000, 500)
    assert await put(database, an_order(600)) == 2


async def test_a_released_sum_binds_the_order_no_more(database: Database) -> None:
    await register(database, 1000)
    async with database.writing() as session:
        await reserve(session, a_sum("a", 600))
        await release(session, "a", NOON)
    assert await put(database, an_order(1)) == 2


async def test_two_lines_of_one_number_are_refused(database: Database) -> None:
    line = an_order(5).lines[0]
    with pytest.raises(ValueError, match="one number"):
        await put(database, OrderFacts((line, line)))

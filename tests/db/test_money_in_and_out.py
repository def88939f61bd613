"""One ceiling over every door, what one person asked for on a day, money that comes in, the day's cash."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from db.cash import cash_of, totals_of
from db.ledger import (
    AlreadyPaid,
    AlreadyReleased,
    CeilingReached,
    KeyTaken,
    OrderUnknown,
    Reservation,
    Reserved,
    SlipUnknown,
    book_paid,
    lower,
    release,
    reserve,
)
from db.ledger_reads import costs_of_case, find_slip, line_account
from db.line_costs import LineCost, book_platform_payment, hold_cost, settle_cost
from db.orders import OrderBelowPaid, put_order
from db.sessions import Database
from domain.money import Money
from domain.payment.purposes import PURPOSES, Direction, Purpose
from tests.db.builders import BOX, NOON, a_sum, an_order, register

TODAY = date(2026, 11, 23)


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


def a_cost(key: str, minor: int, **other: Any) -> LineCost:
    told: dict[str, Any] = {"case": "AS-2026-000001", "order_index": "0rd3r", "line": 1, "at": NOON}
    return LineCost(key=key, shop="cups", amount=yuan(minor), **(told | other))


async def hold(database: Database, asked: Reservation, cap: int | None = None) -> Reserved:
    async with database.writing() as session:
        return await reserve(session, asked, cap)


async def coupon(database: Database, key: str, minor: int, **other: Any) -> None:
    async with database.writing() as session:
        await hold_cost(session, a_cost(key, minor, **other))


async def by_platform(database: Database, reference: str, minor: int, **other: Any) -> Money:
    async with database.writing() as session:
        return await book_platform_payment(session, a_cost(f"platform/{reference}", minor, **other))


async def end(database: Database, key: str, *, spent: bool) -> None:
    async with database.writing() as session:
        await settle_cost(session, "cups", key, NOON, spent=spent)


async def left(database: Database) -> int:
    async with database.reading() as session:
        account = await line_account(session, "cups", "0rd3r", 1)
    assert account is not None
    return account.left.minor


# -- one ceiling ------------------------------------------------------------------------------------------------


async def test_slips_coupons_and_the_platform_share_one_ceiling(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 300))
    await hold(database, a_sum("d", 100, purpose=Purpose.PRICE_DIFFERENCE))
    await coupon(database, "c1", 200)
    assert await by_platform(database, "TM-1", 300) == yuan(0)
    assert await left(database) == 100
    with pytest.raises(CeilingReached) as told:
        await hold(database, a_sum("b", 101, case="AS-2026-000002", purpose=Purpose.COMPENSATION))
    assert told.value.left == yuan(100)
    with pytest.raises(CeilingReached):
        await coupon(database, "c2", 101)
    await coupon(database, "c2", 100)


async def test_what_the_platform_paid_is_counted_above_the_ceiling_and_said(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 900, case="AS-2026-000002"))
    assert await by_platform(database, "TM-1", 300) == yuan(200)
    assert await by_platform(database, "TM-1", 300) == yuan(200)
    assert await left(database) == -200
    with pytest.raises(CeilingReached):
        await hold(database, a_sum("b", 1))


async def test_what_slips_of_the_same_case_only_hold_is_not_given_back_yet(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 900))
    assert await by_platform(database, "TM-1", 1000) == yuan(0)
    assert await left(database) == -900


async def test_a_platform_payment_counts_for_one_case_only(database: Database) -> None:
    await register(database, 1000)
    await by_platform(database, "TM-1", 300)
    with pytest.raises(KeyTaken, match="AS-2026-000001"):
        await by_platform(database, "TM-1", 300, case="AS-2026-000002")
    with pytest.raises(KeyTaken):
        await by_platform(database, "TM-1", 299)


async def test_the_same_coupon_is_held_once_and_ends_once(database: Database) -> None:
    await register(database, 1000)
    await coupon(database, "c1", 600)
    await coupon(database, "c1", 600)
    assert await left(database) == 400
    await end(database, "c1", spent=True)
    await end(database, "c1", spent=True)
    with pytest.raises(KeyTaken):
        await end(database, "c1", spent=False)
    assert await left(database) == 400


async def test_a_released_coupon_gives_its_value_back_for_good(database: Database) -> None:
    await register(database, 1000)
    await coupon(database, "c1", 600)
    await end(database, "c1", spent=False)
    assert await left(database) == 1000
    with pytest.raises(AlreadyReleased):
        await coupon(database, "c1", 600)
    with pytest.raises(SlipUnknown):
        await end(database, "c9", spent=True)


async def test_a_coupon_for_an_unknown_line_is_refused(database: Database) -> None:
    await register(database, 1000)
    with pytest.raises(OrderUnknown):
        await coupon(database, "c1", 1, line=7)


async def test_of_sixteen_doors_at_once_only_as_many_pass_as_the_line_holds(database: Database) -> None:
    await register(database, 1000)

    async def slip(number: int) -> bool:
        try:
            await hold(database, a_sum(f"s{number}", 300, case=f"AS-2026-{number:06d}"))
        except CeilingReached:
            return False
        return True

    async def voucher(number: int) -> bool:
        try:
            await coupon(database, f"c{number}", 300, case=f"AS-2026-{number:06d}")
        except CeilingReached:
            return False
        return True

    passed = await asyncio.gather(*(door(n) for n in range(8) for door in (slip, voucher)))
    assert sum(passed) == 3
    assert await left(database) == 100


async def test_an_order_is_not_corrected_below_its_coupons_but_below_what_the_platform_paid(database: Database) -> None:
    await register(database, 1000)
    await coupon(database, "c1", 600)
    await by_platform(database, "TM-1", 400)
    async with database.writing() as session:
        with pytest.raises(OrderBelowPaid):
            await put_order(session, "cups", "0rd3r", an_order(599), {"order": BOX}, "c_1", NOON)
    async with database.writing() as session:
        await put_order(session, "cups", "0rd3r", an_order(600), {"order": BOX}, "c_1", NOON)


# -- money that comes in ----------------------------------------------------------------------------------------


async def test_money_that_comes_in_has_a_number_and_no_ceiling_and_opens_no_line_again(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("out", 1000))
    back = a_sum("in", 5000, purpose=Purpose.REPAYMENT, asked_by="p_1", day=TODAY)
    assert await hold(database, back) == Reserved(2026, 2)
    assert await left(database) == 0
    async with database.writing() as session:
        await book_paid(session, "in", "bank 2", "p_fin", NOON)
    with pytest.raises(CeilingReached):
        await hold(database, a_sum("again", 1))


async def test_money_that_comes_in_needs_no_order_line(database: Database) -> None:
    asked = a_sum("in", 100, purpose=Purpose.REPAYMENT, order_index=None, line=None)
    assert await hold(database, asked) == Reserved(2026, 1)
    with pytest.raises(ValueError, match="names it"):
        await hold(database, a_sum("out", 100, purpose=Purpose.PRICE_DIFFERENCE, order_index=None, line=None))


def test_every_purpose_has_its_row_and_source() -> None:
    assert set(PURPOSES) == set(Purpose)
    assert all(set(row.source.split(",")) <= set("DTESFO") for row in PURPOSES.values())


# -- what one person asked for on one day -----------------------------------------------------------------------


async def test_a_persons_sums_of_the_day_are_told_over_all_cases_and_lines(database: Database) -> None:
    await register(database, 1000, 1000)
    mine: dict[str, Any] = {"asked_by": "p_1", "day": TODAY}
    assert (await hold(database, a_sum("a", 300, **mine))).asked_today == yuan(300)
    other = a_sum("b", 400, line=2, case="AS-2026-000002", **mine)
    assert (await hold(database, other)).asked_today == yuan(700)
    assert (await hold(database, a_sum("c", 1, asked_by="p_2", day=TODAY))).asked_today == yuan(1)
    tomorrow = a_sum("d", 1, asked_by="p_1", day=TODAY + timedelta(days=1))
    assert (await hold(database, tomorrow)).asked_today == yuan(1)
    assert (await hold(database, a_sum("e", 5, purpose=Purpose.SURCHARGE, **mine))).asked_today is None
    async with database.writing() as session:
        await release(session, "a", NOON)
    assert (await hold(database, other)).asked_today == yuan(400)


async def test_two_sums_of_one_person_at_once_both_count(database: Database) -> None:
    await register(database, *([1000] * 8))
    told = await asyncio.gather(
        *(hold(database, a_sum(f"s{n}", 100, line=n, asked_by="p_1", day=TODAY)) for n in range(1, 9))
    )
    sums = sorted(each.asked_today.minor for each in told if each.asked_today is not None)
    assert sums == [100 * n for n in range(1, 9)]


# -- a smaller sum ----------------------------------------------------------------------------------------------


async def test_a_held_sum_is_made_smaller_and_never_larger(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 800))
    for _ in range(2):
        async with database.writing() as session:
            await lower(session, "a", yuan(300))
    assert await left(database) == 700
    async with database.writing() as session:
        with pytest.raises(KeyTaken):
            await lower(session, "a", yuan(301))
        with pytest.raises(KeyTaken):
            await lower(session, "a", Money(1, "USD"))
        with pytest.raises(SlipUnknown):
            await lower(session, "b", yuan(1))


async def test_what_ended_is_not_made_smaller(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 300))
    await hold(database, a_sum("b", 300))
    async with database.writing() as session:
        await book_paid(session, "a", "bank 1", "p_fin", NOON)
        await release(session, "b", NOON)
    async with database.writing() as session:
        with pytest.raises(AlreadyPaid):
            await lower(session, "a", yuan(1))
        with pytest.raises(AlreadyReleased):
            await lower(session, "b", yuan(1))
        found = await find_slip(session, "a")
    assert found is not None
    assert found.amount == yuan(300)


# -- the day's cash ---------------------------------------------------------------------------------------------


async def moved_today(database: Database) -> None:
    await register(database, 9000)
    for number, (purpose, minor) in enumerate(((Purpose.REFUND, 500), (Purpose.REPAYMENT, 200), (Purpose.REFUND, 50))):
        await hold(database, a_sum(f"s{number}", minor, purpose=purpose))
        async with database.writing() as session:
            at = NOON + timedelta(hours=number)
            await book_paid(session, f"s{number}", f"bank {number}", "p_fin", at)
    await hold(database, a_sum("waits", 70))
    await coupon(database, "c1", 30)
    await end(database, "c1", spent=True)
    await coupon(database, "c2", 30)
    await by_platform(database, "TM-1", 40)


async def test_the_day_lists_what_was_signed_and_costs_beside_it(database: Database) -> None:
    await moved_today(database)
    day = (NOON, NOON + timedelta(hours=2))
    async with database.reading() as session:
        page = await cash_of(session, "cups", day)
        totals = await totals_of(session, "cups", day)
        elsewhere = await cash_of(session, "saucers", day)
    assert [(line.way, line.what, line.key, line.amount.minor) for line in page.items] == [
        ("cost", "coupon", "c1", 30),
        ("cost", "platform", "platform/TM-1", 40),
        ("out", "refund", "s0", 500),
        ("in", "repayment", "s1", 200),
    ]
    assert (page.items[2].slip, page.items[2].reference, page.items[2].signed_by) == ("2026-000001", "bank 0", "p_fin")
    assert {(t.way, t.what): (t.amount.minor, t.count) for t in totals} == {
        ("cost", "coupon"): (30, 1),
        ("cost", "platform"): (40, 1),
        ("in", "repayment"): (200, 1),
        ("out", "refund"): (500, 1),
    }
    assert elsewhere.items == []


async def test_the_day_is_read_page_by_page_without_a_gap(database: Database) -> None:
    await moved_today(database)
    day = (NOON, NOON + timedelta(days=1))
    keys: list[str] = []
    cursor = None
    async with database.reading() as session:
        while True:
            page = await cash_of(session, "cups", day, cursor, 2)
            keys += [line.key for line in page.items]
            if (cursor := page.next) is None:
                break
    assert keys == ["c1", "platform/TM-1", "s0", "s1", "s2"]


async def test_a_cases_costs_are_listed_released_ones_too(database: Database) -> None:
    await register(database, 1000)
    await coupon(database, "c1", 30)
    await end(database, "c1", spent=False)
    await by_platform(database, "TM-1", 40)
    async with database.reading() as session:
        costs = await costs_of_case(session, "cups", "AS-2026-000001")
    assert [(cost.key, cost.state.value) for cost in costs] == [("c1", "released"), ("platform/TM-1", "spent")]


def test_what_comes_in_is_known_by_its_purpose() -> None:
    coming = {purpose.value for purpose, row in PURPOSES.items() if row.direction is Direction.IN}
    assert coming == {"surcharge", "repayment"}

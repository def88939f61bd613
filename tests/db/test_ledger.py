import asyncio
from datetime import timedelta

import pytest

from db.ledger import (
    AlreadyPaid,
    AlreadyReleased,
    CeilingReached,
    CurrencyDiffers,
    KeyTaken,
    OrderUnknown,
    ReceiptUsed,
    Reservation,
    Reserved,
    SlipUnknown,
    book_paid,
    release,
    reserve,
)
from db.ledger_reads import Purpose, SlipState, find_slip, line_account, payments_of_case
from db.orders import OrderBelowPaid, put_order
from db.sessions import Database
from domain.money import Money
from tests.db.builders import BOX, NOON, a_sum, an_order, register

CAP = 3000


async def hold(database: Database, asked: Reservation, cap: int | None = None) -> Reserved:
    async with database.writing() as session:
        return await reserve(session, asked, cap)


async def pay(database: Database, key: str, reference: str = "bank 1") -> None:
    async with database.writing() as session:
        await book_paid(session, key, reference, "p_fin", NOON + timedelta(days=1))


async def let_go(database: Database, key: str) -> None:
    async with database.writing() as session:
        await release(session, key, NOON)


async def test_slips_are_numbered_per_shop_and_year_and_a_repeat_gets_its_own_again(database: Database) -> None:
    await register(database, 10_000)
    assert await hold(database, a_sum("a", 100)) == Reserved(2026, 1)
    assert (await hold(database, a_sum("b", 100))).slip_number == "2026-000002"
    assert await hold(database, a_sum("c", 100, year=2027)) == Reserved(2027, 1)
    again = a_sum("a", 100, requested_at=NOON + timedelta(days=400), year=2027)
    assert await hold(database, again) == Reserved(2026, 1)


async def test_a_refused_sum_uses_up_no_number(database: Database) -> None:
    await register(database, 500)
    with pytest.raises(CeilingReached) as told:
        await hold(database, a_sum("a", 501))
    assert told.value.left == Money(500, "CNY")
    with pytest.raises(OrderUnknown):
        await hold(database, a_sum("b", 1, line=2))
    with pytest.raises(CurrencyDiffers):
        await hold(database, a_sum("c", 1, amount=Money(1, "USD")))
    assert await hold(database, a_sum("d", 500)) == Reserved(2026, 1)


async def test_a_refusal_that_is_caught_inside_a_transaction_uses_up_no_number_either(database: Database) -> None:
    await register(database, 500)
    async with database.writing() as session:
        with pytest.raises(CeilingReached):
            await reserve(session, a_sum("a", 501))
    assert await hold(database, a_sum("b", 500)) == Reserved(2026, 1)


async def test_refund_and_compensation_share_the_lines_ceiling_over_all_cases(database: Database) -> None:
    await register(database, 1000, 700)
    await hold(database, a_sum("a", 600))
    await pay(database, "a")
    await hold(database, a_sum("b", 300, case="AS-2026-000002", purpose=Purpose.COMPENSATION))
    with pytest.raises(CeilingReached) as told:
        await hold(database, a_sum("c", 101, case="AS-2026-000003"))
    assert told.value.left == Money(100, "CNY")
    await hold(database, a_sum("d", 700, line=2))
    async with database.reading() as session:
        account = await line_account(session, "cups", "0rd3r", 1)
        assert account is not None
        assert (account.paid, account.reserved, account.returned, account.left) == tuple(
            Money(minor, "CNY") for minor in (1000, 300, 600, 100)
        )
        assert await line_account(session, "cups", "0rd3r", 3) is None


async def test_freight_counts_apart_up_to_its_own_cap(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 1000))
    freight = {"purpose": Purpose.FREIGHT}
    await hold(database, a_sum("f1", 2000, **freight), CAP)
    with pytest.raises(CeilingReached) as told:
        await hold(database, a_sum("f2", 1001, **freight), CAP)
    assert told.value.left == Money(1000, "CNY")
    await hold(database, a_sum("f3", 3000, case="AS-2026-000002", **freight), CAP)
    await let_go(database, "f1")
    await hold(database, a_sum("f4", 3000, **freight), CAP)
    with pytest.raises(ValueError, match="cap"):
        await hold(database, a_sum("f5", 1, **freight))


async def test_each_return_of_a_case_has_a_freight_cap_of_its_own(database: Database) -> None:
    def freight(key: str, minor: int, of: str) -> Reservation:
        return a_sum(key, minor, purpose=Purpose.FREIGHT, return_case=of)

    await hold(database, freight("f1", CAP, "AS-2026-000001-R1"), CAP)
    await hold(database, freight("f2", 1000, "AS-2026-000001-R2"), CAP)
    with pytest.raises(CeilingReached) as told:
        await hold(database, freight("f3", 2001, "AS-2026-000001-R2"), CAP)
    assert told.value.left == Money(2000, "CNY")


async def test_freight_that_names_no_return_counts_under_every_return_of_its_case(database: Database) -> None:
    await hold(database, a_sum("f1", CAP, purpose=Purpose.FREIGHT), CAP)
    with pytest.raises(CeilingReached):
        await hold(database, a_sum("f2", 1, purpose=Purpose.FREIGHT, return_case="AS-2026-000001-R1"), CAP)


def with_receipts(key: str, *receipts: str, **other: object) -> Reservation:
    return a_sum(key, 100, purpose=Purpose.FREIGHT, receipts=receipts, **other)


async def test_a_receipt_is_paid_by_one_freight_slip_only_over_all_cases_of_the_shop(database: Database) -> None:
    await hold(database, with_receipts("f1", "r1", "r1", "r2"), CAP)
    assert await hold(database, with_receipts("f1", "r1", "r1", "r2"), CAP) == Reserved(2026, 1)
    for case in ("AS-2026-000001", "AS-2026-000002"):
        with pytest.raises(ReceiptUsed):
            await hold(database, with_receipts("f2", "r3", "r2", case=case), CAP)
    await hold(database, with_receipts("f3", "r2", shop="hats"), CAP)
    await hold(database, with_receipts("f4", "r3"), CAP)


async def test_a_released_slip_frees_its_receipts_and_a_paid_one_keeps_them(database: Database) -> None:
    await hold(database, with_receipts("f1", "r1"), CAP)
    await let_go(database, "f1")
    await hold(database, with_receipts("f2", "r1"), CAP)
    await pay(database, "f2")
    with pytest.raises(ReceiptUsed):
        await hold(database, with_receipts("f3", "r1"), CAP)


async def test_of_many_slips_that_bring_one_receipt_at_once_one_holds_it(database: Database) -> None:
    asked = [with_receipts(f"f{n}", "r1", f"r{n + 2}", case=f"AS-{n}") for n in range(6)]
    told = await asyncio.gather(*(hold(database, sum_, CAP) for sum_ in asked), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in told) == ["ReceiptUsed"] * 5 + ["Reserved"]


@pytest.mark.parametrize(
    "other",
    [
        {"amount": Money(101, "CNY")},
        {"case": "AS-2"},
        {"line": 2},
        {"return_case": "R1"},
        {"purpose": Purpose.COMPENSATION},
        {"shop": "hats"},
    ],
)
async def test_a_refund_key_stands_for_one_sum_for_good(database: Database, other: dict[str, object]) -> None:
    await register(database, 1000, 1000)
    await hold(database, a_sum("a", 100))
    with pytest.raises(KeyTaken):
        await hold(database, a_sum("a", 100, **other))


async def test_a_released_sum_is_free_again_but_its_key_and_number_are_not(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 1000))
    await let_go(database, "a")
    await let_go(database, "a")
    with pytest.raises(AlreadyReleased):
        await hold(database, a_sum("a", 1000))
    with pytest.raises(AlreadyReleased):
        await pay(database, "a")
    assert await hold(database, a_sum("b", 1000)) == Reserved(2026, 2)
    async with database.reading() as session:
        slips = await payments_of_case(session, "cups", "AS-2026-000001")
    assert [(slip.slip_number, slip.state) for slip in slips] == [(1, SlipState.RELEASED), (2, SlipState.RESERVED)]


async def test_a_slip_is_paid_once(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 100))
    await pay(database, "a", "bank 1")
    await pay(database, "a", "bank 1")
    with pytest.raises(AlreadyPaid) as told:
        await pay(database, "a", "bank 2")
    assert told.value.reference == "bank 1"
    with pytest.raises(AlreadyPaid):
        await let_go(database, "a")
    assert await hold(database, a_sum("a", 100)) == Reserved(2026, 1)
    async with database.reading() as session:
        slip = await find_slip(session, "a")
    assert slip is not None
    assert (slip.state, slip.reference, slip.paid_by, slip.settled_at) == (
        SlipState.PAID,
        "bank 1",
        "p_fin",
        NOON + timedelta(days=1),
    )


async def test_an_unknown_slip_is_neither_paid_nor_released(database: Database) -> None:
    with pytest.raises(SlipUnknown):
        await pay(database, "a")
    with pytest.raises(SlipUnknown):
        await let_go(database, "a")


@pytest.mark.parametrize("minor", [0, -5])
async def test_a_slip_is_for_more_than_nothing(database: Database, minor: int) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        await hold(database, a_sum("a", minor))


async def test_32_reservations_at_once_never_exceed_the_line(database: Database) -> None:
    await register(database, 1000)
    asked = [a_sum(f"k{n}", 90, case=f"AS-2026-{n:06d}") for n in range(32)]
    told = await asyncio.gather(*(hold(database, one) for one in asked), return_exceptions=True)
    held = [answer for answer in told if isinstance(answer, Reserved)]
    refused = [answer for answer in told if isinstance(answer, CeilingReached)]
    assert (len(held), len(refused)) == (11, 21)
    assert sorted(slip.number for slip in held) == list(range(1, 12))
    assert {refusal.left for refusal in refused} == {Money(10, "CNY")}


async def test_32_freights_at_once_never_exceed_the_cap(database: Database) -> None:
    asked = [a_sum(f"k{n}", 900, purpose=Purpose.FREIGHT) for n in range(32)]
    told = await asyncio.gather(*(hold(database, one, CAP) for one in asked), return_exceptions=True)
    assert sum(isinstance(answer, Reserved) for answer in told) == 3
    assert sum(isinstance(answer, CeilingReached) for answer in told) == 29


async def test_one_key_sent_32_times_at_once_is_one_slip(database: Database) -> None:
    await register(database, 1000)
    told = await asyncio.gather(*(hold(database, a_sum("a", 900)) for _ in range(32)))
    assert set(told) == {Reserved(2026, 1)}


async def test_one_key_for_two_lines_at_once_is_one_slip(database: Database) -> None:
    await register(database, 1000, 1000)
    asked = [a_sum("a", 10, line=1 + n % 2) for n in range(16)]
    told = await asyncio.gather(*(hold(database, one) for one in asked), return_exceptions=True)
    assert sum(answer == Reserved(2026, 1) for answer in told) == 8
    assert sum(isinstance(answer, KeyTaken) for answer in told) == 8


async def test_a_slip_paid_twice_at_once_is_paid_under_one_reference(database: Database) -> None:
    await register(database, 1000)
    await hold(database, a_sum("a", 10))
    told = await asyncio.gather(*(pay(database, "a", f"bank {n}") for n in range(8)), return_exceptions=True)
    refused = [answer for answer in told if isinstance(answer, AlreadyPaid)]
    assert len(refused) == 7
    assert len({refusal.reference for refusal in refused}) == 1


async def test_an_order_cut_while_sums_are_reserved_never_falls_below_them(database: Database) -> None:
    await register(database, 1000)

    async def cut(to: int) -> None:
        async with database.writing() as session:
            await put_order(session, "cups", "0rd3r", an_order(to), {"order": BOX}, "c_1", NOON)

    work = [hold(database, a_sum(f"k{n}", 100)) for n in range(10)] + [cut(1000 - 100 * n) for n in range(1, 10)]
    told = await asyncio.gather(*work, return_exceptions=True)
    assert all(answer is None or isinstance(answer, Reserved | CeilingReached | OrderBelowPaid) for answer in told)
    async with database.reading() as session:
        account = await line_account(session, "cups", "0rd3r", 1)
    assert account is not None
    assert account.reserved.minor <= account.paid.minor

"""Units that go back: never more of a line than was bought, over all cases and however many ask at once."""

from __future__ import annotations

import asyncio

import pytest

from db.returned_units import LineNotRegistered, MoreThanBought, Units, count_units, hold_units, units_of_line
from db.sessions import Database
from tests.db.builders import NOON, register


def units(return_case: str, quantity: int, line: int = 1) -> Units:
    return Units("cups", return_case.rpartition("-")[0], return_case, "0rd3r", line, quantity, NOON)


async def hold(database: Database, *asked: Units) -> None:
    async with database.writing() as session:
        await hold_units(session, asked)


async def count(database: Database, *told: Units) -> str:
    async with database.writing() as session:
        return await count_units(session, told)


async def left(database: Database, line: int = 1) -> int:
    async with database.reading() as session:
        stands = await units_of_line(session, "cups", "0rd3r", line)
    assert stands is not None
    return stands.left


async def test_units_are_counted_over_all_returns_and_the_same_again_changes_nothing(database: Database) -> None:
    await register(database, 1000, quantity=3)
    await hold(database, units("A-R1", 2))
    await hold(database, units("A-R1", 2))
    assert await left(database) == 1
    with pytest.raises(MoreThanBought, match="2 units, but of 3 bought 1 may go back"):
        await hold(database, units("B-R1", 2))
    await hold(database, units("B-R1", 1))
    assert await left(database) == 0


async def test_all_lines_of_a_return_are_held_or_none(database: Database) -> None:
    await register(database, 1000, 500, quantity=2)
    with pytest.raises(MoreThanBought):
        await hold(database, units("A-R1", 1), units("A-R1", 3, line=2))
    assert (await left(database), await left(database, 2)) == (2, 2)
    with pytest.raises(LineNotRegistered):
        await hold(database, units("A-R1", 1), units("A-R1", 1, line=9))
    assert await left(database) == 2


async def test_what_never_came_may_go_back_again_and_what_came_after_all_is_counted_whatever_it_makes(
    database: Database,
) -> None:
    await register(database, 1000, quantity=2)
    await hold(database, units("A-R1", 2))
    assert await count(database, units("A-R1", 0)) == ""
    await hold(database, units("B-R1", 2))
    assert await count(database, units("A-R1", 2)) == "line 1: 2 more than the 2 bought"
    assert await left(database) == -2
    with pytest.raises(MoreThanBought, match="0 may go back"):
        await hold(database, units("C-R1", 1))


async def test_an_exchanged_unit_whose_original_came_back_may_be_complained_about_like_the_one_it_replaced(
    database: Database,
) -> None:
    await register(database, 1000, quantity=2)
    await hold(database, units("A-R1", 1))
    assert await left(database) == 1
    assert await count(database, units("A-R1", 0)) == ""  # the original is here, and the replacement out
    await hold(database, units("B-R1", 2))
    with pytest.raises(MoreThanBought, match="0 may go back"):
        await hold(database, units("C-R1", 1))


async def test_a_unit_that_was_replaced_and_never_came_counts_until_it_comes(database: Database) -> None:
    await register(database, 1000, quantity=2)
    await hold(database, units("A-R1", 1))
    assert await count(database, units("A-R1", 1)) == ""  # replaced, and not sent
    with pytest.raises(MoreThanBought, match="of 2 bought 1 may go back"):
        await hold(database, units("B-R1", 2))
    assert await count(database, units("A-R1", 0)) == ""  # it came after all
    await hold(database, units("B-R1", 2))


async def test_of_many_that_ask_at_once_no_two_pass_the_check_together(database: Database) -> None:
    await register(database, 1000, quantity=3)
    asked = (hold(database, units(f"C{n}-R1", 1)) for n in range(8))
    came = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(each is None for each in came) == 3
    assert all(each is None or isinstance(each, MoreThanBought) for each in came)
    assert await left(database) == 0


async def test_a_line_that_nobody_registered_has_no_units(database: Database) -> None:
    async with database.reading() as session:
        assert await units_of_line(session, "cups", "0rd3r", 1) is None

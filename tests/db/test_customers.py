import asyncio

import pytest
from sqlalchemy import exc, text

from db.customers import forget_customer, subject_of
from db.disclosures import Disclosure, disclosures_of_case, note_disclosure
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister, destroy_key
from domain.people import Role
from domain.sealed import WrappedKey
from tests.db.builders import NOON


async def subject(database: Database, index: str, shop: str = "cups") -> str:
    async with database.writing_once() as session:
        return (await subject_of(session, shop, index)).subject


async def test_a_customer_keeps_one_subject_per_shop(database: Database) -> None:
    lin = await subject(database, "lin")
    assert lin.startswith("c_")
    assert await subject(database, "lin") == lin
    assert len({lin, await subject(database, "wu"), await subject(database, "lin", "hats")}) == 3


async def test_a_new_customer_who_writes_32_times_at_once_is_one_subject(database: Database) -> None:
    assert len(set(await asyncio.gather(*(subject(database, "lin") for _ in range(32))))) == 1


async def test_a_forgotten_customer_comes_back_as_a_stranger(database: Database) -> None:
    lin = await subject(database, "lin")
    async with database.writing() as session:
        assert not await forget_customer(session, "hats", lin)
        assert await forget_customer(session, "cups", lin)
        assert not await forget_customer(session, "cups", lin)
    assert await subject(database, "lin") != lin


async def test_of_32_keys_added_at_once_one_stands_and_all_are_told_which(database: Database) -> None:
    register = SubjectKeyRegister(database)
    assert await register.wrapped_key("cups", "c_1") is None
    told = await asyncio.gather(
        *(register.add_wrapped_key("cups", "c_1", WrappedKey(n, f"box {n}")) for n in range(32))
    )
    assert len(set(told)) == 1
    assert await register.wrapped_key("cups", "c_1") == told[0]
    assert await register.wrapped_key("hats", "c_1") is None


async def test_a_destroyed_key_is_gone_and_a_new_one_may_follow(database: Database) -> None:
    register = SubjectKeyRegister(database)
    await register.add_wrapped_key("cups", "c_1", WrappedKey(1, "box"))
    async with database.writing() as session:
        assert await destroy_key(session, "cups", "c_1")
        assert not await destroy_key(session, "cups", "c_1")
    assert await register.wrapped_key("cups", "c_1") is None
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM subject_keys WHERE box IS NOT NULL"))).scalar() == 0
    assert await register.add_wrapped_key("cups", "c_1", WrappedKey(2, "new")) == WrappedKey(2, "new")


async def test_what_was_disclosed_stays_on_record(database: Database) -> None:
    noted = Disclosure("cups", "AS-1", "c_1", ("name", "phone"), "p_1", Role.AGENT, NOON)
    async with database.writing() as session:
        await note_disclosure(session, noted)
    async with database.reading() as session:
        assert await disclosures_of_case(session, "cups", "AS-1") == [noted]
        assert await disclosures_of_case(session, "hats", "AS-1") == []


@pytest.mark.parametrize("rewriting", ["UPDATE disclosures SET person = 'p_2'", "DELETE FROM disclosures",
    "TRUNCATE disclosures", "DELETE FROM letter_attempts", "UPDATE letter_attempts SET outcome = 'sent'"])  # fmt: skip
async def test_records_that_only_grow_cannot_be_rewritten(database: Database, rewriting: str) -> None:
    async with database.writing_once() as session:
        with pytest.raises(exc.DBAPIError, match="only added"):
            await session.execute(text(rewriting))

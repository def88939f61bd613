from dataclasses import replace
from datetime import timedelta

from db.policies import PublishedPolicy, current_policy, policy_version, publish
from db.sessions import Database
from policies.loader import default_policy_text, publishable
from tests.db.builders import NOON

FIRST = PublishedPolicy("cups", default_policy_text(), publishable(default_policy_text(), 2026), NOON, "p_1")
NEXT = replace(FIRST, pinned=publishable(default_policy_text(), 2027), published_at=NOON + timedelta(days=40))


async def put_in_force(database: Database, policy: PublishedPolicy) -> bool:
    async with database.writing() as session:
        return await publish(session, policy)


async def test_a_published_policy_reads_back_unchanged_and_is_in_force(database: Database) -> None:
    async with database.reading() as session:
        assert await current_policy(session, "cups") is None
    assert await put_in_force(database, FIRST)
    async with database.reading() as session:
        assert await current_policy(session, "cups") == FIRST
        assert await current_policy(session, "hats") is None


async def test_older_versions_stay_readable_and_may_come_back_in_force(database: Database) -> None:
    await put_in_force(database, FIRST)
    await put_in_force(database, NEXT)
    async with database.reading() as session:
        assert await current_policy(session, "cups") == NEXT
        assert await policy_version(session, "cups", FIRST.version) == FIRST
        assert await policy_version(session, "cups", "no such") is None
    assert not await put_in_force(database, replace(FIRST, published_by="p_2"))
    async with database.reading() as session:
        assert await current_policy(session, "cups") == FIRST

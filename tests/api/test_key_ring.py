"""Keys are believed for ten seconds, and for ten minutes while the database cannot be asked."""

from __future__ import annotations

import pytest

from api.edge_refusals import DeskUnavailable
from api.key_ring import FRESH, STALE, KeyRing
from db.people import revoke_key
from db.sessions import Database
from domain.people import Role
from settings import Settings
from tests.api.counter import another, staffed
from tests.api.outages import database_away
from tests.env import PostgresForTests


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


async def test_a_known_key_is_believed_while_the_database_is_away_but_not_for_ever(
    database: Database, migrated_postgres: PostgresForTests, settings: Settings
) -> None:
    clock = Hand()
    ring = KeyRing(database, now=clock)
    key = (await staffed(database, "teahouse"))["agent"]
    assert await ring.holder(key)
    async with database_away(migrated_postgres, settings.database_url):
        clock.at += STALE - 1
        holder = await ring.holder(key)
        assert holder is not None
        assert holder.role is Role.AGENT
        clock.at += 2
        with pytest.raises(DeskUnavailable):
            await ring.holder(key)
    assert await ring.holder(key), "and believed again once it can be asked"


async def test_a_revoked_key_is_found_out_after_ten_seconds(database: Database) -> None:
    clock = Hand()
    ring = KeyRing(database, now=clock)
    await staffed(database, "teahouse")
    key = await another(database, "teahouse", Role.AGENT)
    assert await ring.holder(key)
    async with database.writing() as session:
        assert await revoke_key(session, "teahouse", key.split("_")[1])
    clock.at += FRESH - 1
    assert await ring.holder(key)
    clock.at += 2
    assert await ring.holder(key) is None

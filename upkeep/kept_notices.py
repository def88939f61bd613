"""Hands a payment gateway's notices to their slips that have not heard them: whoever took them in died in between.

A gateway tells once more what was not taken from it, but a gateway may die too. A slip takes the same word once, so
telling it again changes nothing.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from temporalio.client import Client

from db.gateway_notices import Notice, note_heard, unheard_notices
from db.sessions import Database
from domain.people import Actor, Role
from upkeep.rounds import Round
from upkeep.telling import told
from workflows.news import GatewayNews

PAUSE = timedelta(minutes=1)
"""Between two looks at what no slip has heard."""
UNDER_WAY = timedelta(seconds=30)
"""A notice younger than this may still be told by whoever took it in."""
AT_A_TIME = 500

log = logging.getLogger("redress.gateway")


def news_of(notice: Notice) -> GatewayNews:
    """A notice as its slip hears it."""
    return GatewayNews(notice.heard, Actor(person=notice.gateway, role=Role.INTEGRATION, name="gateway"))


async def keep_noticing(client: Client, database: Database) -> None:
    """Look every minute, until cancelled."""

    async def look() -> None:
        count = await tell_notices(client, database)
        if count:
            log.info("told %d slips what the gateway had said", count)

    await Round("telling slips of notices", look, PAUSE, log).run()


async def tell_notices(client: Client, database: Database, older_than: timedelta = UNDER_WAY) -> int:
    """Tell each slip what it has not heard; says how many messages were taken.

    Raises:
        DatabaseUnavailable. RPCError, RuntimeError: Temporal is away.
    """
    async with database.reading() as session:
        waiting = await unheard_notices(session, older_than, AT_A_TIME)
    count = 0
    for slip, notice in waiting:
        count += await told(client, slip, "gateway_told", news_of(notice))
        async with database.writing_once() as session:
            await note_heard(session, notice)  # a slip that is over takes none, and is not told again
    return count

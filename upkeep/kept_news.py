"""Hands news from outside to their cases: at once when they come, and every minute what found nobody then.

A refund request may be older than its complaint, and a courier may know a parcel before its customer has told us of it.
Each message has the teller's own id, under which a case takes it once; so handing it over twice changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

from pydantic import TypeAdapter
from temporalio.client import Client

from db.kept_news import KeptNews, Source, cases_for, news_to_tell, note_told, note_turned_away
from db.sessions import Database
from upkeep.rounds import Round
from upkeep.telling import told
from workflows.news import CourierNews, News, PlatformNews

PAUSE = timedelta(minutes=1)
"""Between two looks at what nobody took."""
AT_A_TIME = 500

SIGNALS: dict[Source, tuple[str, TypeAdapter[Any]]] = {
    Source.PLATFORM: ("platform_news", TypeAdapter(PlatformNews)),
    Source.TRACKING: ("courier_news", TypeAdapter(CourierNews)),
}
Tell = Callable[[str, str, News], Awaitable[bool]]
"""Signals a case: its number, the signal, the message. False: the case is over."""

log = logging.getLogger("redress.news")


async def keep_telling(client: Client, database: Database) -> None:
    """Look every minute, until cancelled."""

    async def look() -> None:
        count = await tell_kept(client, database)
        if count:
            log.info("handed over %d news that had waited", count)

    await Round("handing over news", look, PAUSE, log).run()


async def tell_kept(client: Client, database: Database) -> int:
    """Hand over what waits and has a case by now; says how many messages that were.

    Raises:
        DatabaseUnavailable. RPCError, RuntimeError: Temporal is away.
    """

    async with database.reading() as session:
        waiting = await news_to_tell(session, AT_A_TIME)
    count = 0
    for each in waiting:
        count += bool(await hand_over(database, each, partial(told, client)))
    return count


async def hand_over(database: Database, kept: KeptNews, tell: Tell) -> list[str]:
    """Give one message to the cases that it belongs to; those that took it.

    Raises:
        DatabaseUnavailable; and whatever `tell` raises.
    """
    async with database.reading() as session:
        found = await cases_for(session, kept)
    signal, adapter = SIGNALS[kept.source]
    news: News = adapter.validate_python(kept.said)
    took = [case for case in found if await tell(case, signal, news)]
    if not found:
        return took
    async with database.writing() as session:
        if took:
            await note_told(session, kept, took[0])
        else:
            await note_turned_away(session, kept, found[0])
    return took

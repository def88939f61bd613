"""Which connectors of platforms are asked for what was missed, and how far each was."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.tables.platform_polls import platform_polls
from db.webhooks import Takes, Webhook, webhooks_taking


async def connectors_to_ask(session: ReadSession) -> list[tuple[Webhook, str]]:
    """Return every connector of a platform that is switched on, with where to go on; empty at first. Two statements."""
    found = await webhooks_taking(session, Takes.PLATFORM)
    known = select(platform_polls.c.webhook, platform_polls.c.cursor)
    cursors = {row.webhook: row.cursor for row in await session.execute(known)}
    return [(each, cursors.get(each.webhook, "")) for each in found]


async def note_poll(session: WriteSession, webhook: str, cursor: str, said: str) -> None:
    """The connector was asked; said: `200`, or in a word why nothing was read. One statement."""
    read_at = func.now() if said == "200" else None
    row = {"webhook": webhook, "cursor": cursor, "said": said, "asked_at": func.now()}
    changed = row | ({"read_at": read_at} if read_at is not None else {})
    await session.execute(
        insert(platform_polls).values(**changed).on_conflict_do_update(index_elements=["webhook"], set_=changed)
    )

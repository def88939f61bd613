"""Which tracking numbers are still to be registered at a shop's tracking service, and what it answered."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.tables.cases import case_tracking
from db.tables.tracking_registrations import tracking_registrations as made
from db.webhooks import Webhook

MOST_TRIES = 200
"""A number that was refused so often is left to the logistics desk, who look for it by hand."""


async def numbers_to_register(session: ReadSession, service: Webhook, limit: int) -> list[str]:
    """Return numbers of the shop's cases that this service has not taken, the least tried first. One statement."""
    known = (made.c.webhook == service.webhook) & (made.c.tracking == case_tracking.c.tracking)
    asked = (
        select(case_tracking.c.tracking, func.coalesce(func.max(made.c.tries), 0).label("tries"))
        .select_from(case_tracking.outerjoin(made, known))
        .where(case_tracking.c.shop == service.shop, made.c.taken_at.is_(None))
        .group_by(case_tracking.c.tracking)
        .having(func.coalesce(func.max(made.c.tries), 0) < MOST_TRIES)
        .order_by("tries", case_tracking.c.tracking)
    )
    return list((await session.execute(asked.limit(limit))).scalars())


async def note_registration(session: WriteSession, webhook: str, tracking: str, said: str, *, taken: bool) -> None:
    """It was tried; said: what came back, in a word. One statement."""
    row = {"webhook": webhook, "tracking": tracking, "said": said, "tries": 1}
    row |= {"taken_at": func.now()} if taken else {}
    again = {name: value for name, value in row.items() if name not in {"webhook", "tracking", "tries"}}
    asked = insert(made).values(**row)
    await session.execute(
        asked.on_conflict_do_update(index_elements=["webhook", "tracking"], set_={**again, "tries": made.c.tries + 1})
    )

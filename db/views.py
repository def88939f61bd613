"""Keep a case as it stands in the read model."""

from __future__ import annotations

from pydantic import TypeAdapter
from sqlalchemy import Boolean, Text, bindparam, cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from db.plain_json import as_json
from db.sessions import WriteSession
from domain.view import CaseView

VIEWS: TypeAdapter[CaseView] = TypeAdapter(CaseView)
"""A view as JSON, both ways."""

_KEEP = select(func.keep_view(cast(bindparam("told", type_=Text), JSONB), bindparam("wait_for_disk", type_=Boolean)))
_READ_MODEL = ("cases", "case_tasks", "case_tracking", "case_checks", "photo_looks")


async def keep_view(session: WriteSession, view: CaseView, *, wait_for_disk: bool = True) -> bool:
    """Keep the case with its tasks and tracking numbers, unless the same or a later version is kept; true if kept now.

    Repeats and order do not matter. One statement: `Database.writing_once` is enough. Of two tasks with one key the
    first stands.

    wait_for_disk: False commits at once and lets the disk follow within a second. Only in a transaction of its own,
    for it holds for all of that transaction; should the database's machine fail in that second, the row falls back to
    an earlier version and the sweep has to mend it.
    """
    given = {"told": as_json(VIEWS, view), "wait_for_disk": wait_for_disk}
    return bool((await session.execute(_KEEP, given)).scalar_one())


async def drop_read_model(session: WriteSession) -> None:
    """Empty exactly the tables that can be rebuilt from the histories, all at once."""
    await session.execute(text(f"TRUNCATE {', '.join(_READ_MODEL)}"))

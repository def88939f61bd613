"""Keep a case as it stands in the read model."""

from __future__ import annotations

from pydantic import TypeAdapter
from sqlalchemy import Text, bindparam, cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from db.plain_json import as_json
from db.sessions import WriteSession
from domain.view import CaseView

VIEWS: TypeAdapter[CaseView] = TypeAdapter(CaseView)
"""A view as JSON, both ways."""

_KEEP = select(func.keep_view(cast(bindparam("told", type_=Text), JSONB)))
_READ_MODEL = ("cases", "case_tasks", "case_tracking", "case_checks")


async def keep_view(session: WriteSession, view: CaseView) -> bool:
    """Keep the case with its tasks and tracking numbers, unless the same or a later version is kept; true if kept now.

    Repeats and order do not matter. One statement: `Database.writing_once` is enough. Of two tasks with one key the
    first stands.
    """
    return bool((await session.execute(_KEEP, {"told": as_json(VIEWS, view)})).scalar_one())


async def drop_read_model(session: WriteSession) -> None:
    """Empty exactly the tables that can be rebuilt from the histories, all at once."""
    await session.execute(text(f"TRUNCATE {', '.join(_READ_MODEL)}"))

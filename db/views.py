"""Keep a case as it stands in the read model."""

from __future__ import annotations

import re

from pydantic import TypeAdapter
from sqlalchemy import Text, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from db.sessions import WriteSession
from domain.view import CaseView

VIEWS: TypeAdapter[CaseView] = TypeAdapter(CaseView)
"""A view as JSON, both ways."""

_KEEP = select(func.keep_view(func.cast(bindparam("told", type_=Text), type_=JSONB)))
_READ_MODEL = ("cases", "case_tasks", "case_tracking", "case_checks")
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


async def keep_view(session: WriteSession, view: CaseView) -> bool:
    """Keep the case with its tasks and tracking numbers, unless the same or a later version is kept; true if kept now.

    Repeats and order do not matter. One statement: `Database.writing_once` is enough. Of two tasks with one key the
    first stands. PostgreSQL has no NUL character; where a text has one, the replacement character is kept.
    """
    told = _NUL.sub(rb"\1\\ufffd", VIEWS.dump_json(view)).decode()
    return bool((await session.execute(_KEEP, {"told": told})).scalar_one())


async def drop_read_model(session: WriteSession) -> None:
    """Empty exactly the tables that can be rebuilt from the histories, all at once."""
    await session.execute(text(f"TRUNCATE {', '.join(_READ_MODEL)}"))

"""Keep a case as it stands in the read model, with what it is found by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ARRAY, BigInteger, Boolean, Text, bindparam, cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from db.plain_json import as_json
from db.sessions import WriteSession
from domain.listing import Listed, Promised, listed
from domain.view import CaseView

VIEWS: TypeAdapter[CaseView] = TypeAdapter(CaseView)
"""A view as JSON, both ways."""


@dataclass(frozen=True)
class Marks:
    """Marks of the words in a case's boxes, sorted. key: number of the customer's key that opened them; 0 if none did.

    Boxes whose key was destroyed have none.
    """

    key: int
    marks: tuple[int, ...]


@dataclass(frozen=True)
class _Traits:
    traits: tuple[str, ...]
    promises: tuple[Promised, ...]
    key: int


_TRAITS: TypeAdapter[_Traits] = TypeAdapter(_Traits)
_FOUND_BY: tuple[Any, ...] = (
    cast(bindparam("told", type_=Text), JSONB),
    cast(bindparam("listed", type_=Text), JSONB),
    bindparam("words", type_=ARRAY(Text)),
    bindparam("marks", type_=ARRAY(BigInteger)),
)
_KEEP = select(func.keep_view(*_FOUND_BY, bindparam("wait_for_disk", type_=Boolean)))
_RENEW = select(func.renew_search(*_FOUND_BY))
_READ_MODEL = (
    "cases",
    "case_tasks",
    "case_tracking",
    "case_checks",
    "case_search",
    "case_promises",
    "photo_looks",
)


async def keep_view(
    session: WriteSession, view: CaseView, *, marks: Marks | None = None, wait_for_disk: bool = True
) -> bool:
    """Keep the case with its tasks and tracking numbers, unless the same or a later version is kept; true if kept now.

    Repeats and order do not matter. One statement: `Database.writing_once` is enough. Of two tasks with one key the
    first stands.

    marks: of the words in its boxes. Without, earlier ones stay; where the boxes are others, they are owed from then on
    (`search.marks_owed`). None are kept under a key that was destroyed meanwhile.

    wait_for_disk: False commits at once and lets the disk follow within a second. Only in a transaction of its own,
    for it holds for all of that transaction; should the database's machine fail in that second, the row falls back to
    an earlier version and the sweep has to mend it.
    """
    given = {**_found_by(view, marks), "wait_for_disk": wait_for_disk}
    return bool((await session.execute(_KEEP, given)).scalar_one())


async def renew_search(session: WriteSession, view: CaseView, marks: Marks | None) -> bool:
    """Make anew what the case is found by; false, and nothing is done, if its row stands at another version.

    One statement.
    """
    return bool((await session.execute(_RENEW, _found_by(view, marks))).scalar_one())


async def drop_read_model(session: WriteSession) -> None:
    """Empty exactly the tables that can be rebuilt from the histories, all at once."""
    await session.execute(text(f"TRUNCATE {', '.join(_READ_MODEL)}"))


def _found_by(view: CaseView, marks: Marks | None) -> dict[str, object]:
    found: Listed = listed(view)
    traits = _Traits(found.traits, found.promises, 0 if marks is None else marks.key)
    return {
        "told": as_json(VIEWS, view),
        "listed": as_json(_TRAITS, traits),
        "words": list(found.words),
        "marks": None if marks is None else list(marks.marks),
    }

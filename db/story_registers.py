"""Registers: lists whose lines stand in the cases' own stories, so that a rebuild brings them back by itself.

A register is one list of the story, such as a complaint's `recalls`; each of its lines says by `open` whether it still
waits for something. It needs two indexes, made from `has_lines` and `has_open_lines`, and nothing is written for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, column, func, literal, select, true, tuple_
from sqlalchemy.dialects.postgresql import JSONB

from db.cursors import BadCursor, Page, Place, check_limit, read_cursor, write_cursor
from db.sessions import ReadSession
from db.tables.cases import CLAIMS, RECALLS, cases, has_lines, has_open_lines


@dataclass(frozen=True)
class Register:
    """A register, by the name of its list in the stories; a name of the code, never of an asker."""

    story: str


RECALL_SLIPS = Register(RECALLS)
"""Recall slips, with whom part one is [S]."""
COURIER_CLAIMS = Register(CLAIMS)
"""Claims on couriers, with what they answered and paid [S]."""


@dataclass(frozen=True)
class RegisterLine:
    """A line with the case that it stands in; `told` are plain JSON values."""

    case: str
    told: dict[str, Any]


async def read_register(
    session: ReadSession,
    shop: str,
    register: Register,
    cursor: str | None = None,
    limit: int = 50,
    *,
    waits: bool | None = None,
) -> Page[RegisterLine]:
    """Return a page of the register: the case opened last first, in a case the newest line first.

    waits: only lines that still wait for something, or only those that do not.

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    of_the_story = cases.c.view["story"][register.story]
    unfolded = func.jsonb_array_elements(of_the_story).table_valued(column("line", JSONB), with_ordinality="place")
    lines = unfolded.render_derived(name="lines")
    key = (cases.c.opened_at, cases.c.case, lines.c.place)
    asked = select(*key, lines.c.line).select_from(cases).join(lines, true())
    asked = asked.where(cases.c.shop == shop, has_open_lines(register.story) if waits else has_lines(register.story))
    if waits is not None:
        asked = asked.where(lines.c.line["open"].as_boolean().is_(waits))
    if cursor is not None:
        asked = asked.where(*_behind(cursor, key))
    asked = asked.order_by(*(each.desc() for each in key)).limit(check_limit(limit) + 1)
    rows = (await session.execute(asked)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    following = None if last is None else write_cursor(Place(last.opened_at, (last.case, str(last.place))))
    return Page([RegisterLine(row.case, row.line) for row in rows[:limit]], following)


def _behind(cursor: str, key: tuple[ColumnElement[Any], ...]) -> tuple[ColumnElement[bool], ...]:
    """What lies behind the place; the case alone is asked for as well, since an index knows no more than that."""
    place = read_cursor(cursor, 2)
    if place.at is None or not place.key[1].isdecimal() or len(place.key[1]) > len(str(2**31)):
        raise BadCursor("the cursor is not one that this list gave out")
    seen = (literal(place.at), literal(place.key[0]), literal(int(place.key[1])))
    return (tuple_(*key[:2]) <= tuple_(*seen[:2]), tuple_(*key) < tuple_(*seen))

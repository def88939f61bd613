"""Registers: what is under way over all cases, line by line, what is due first, first (domain.md, "Registers").

A line is a task that waits, with what its case tells of the thing that it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, TextClause, func, literal_column, select, text

from db.cursors import Page, Place, check_limit, read_cursor, write_cursor
from db.sessions import ReadSession
from db.tables.cases import DUE_OR_NEVER, OF_A_MATTER, OF_A_PARCEL, OF_A_PROMISE, OF_AN_ITEM, case_tasks, cases

_NEVER: ColumnElement[Any] = literal_column("'infinity'::timestamptz")


@dataclass(frozen=True)
class RegisterLine:
    """One thing under way: its case, until when it waits for somebody (UTC), and what the story tells of it."""

    case: str
    problem: str | None
    handler: str | None
    due_at: datetime | None
    told: dict[str, Any]


async def parcels_under_way(
    session: ReadSession, shop: str, cursor: str | None = None, limit: int = 50
) -> Page[RegisterLine]:
    """Return a page of the parcels that open cases wait for, the next check first [S].

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    rows, following = await _waiting(session, shop, OF_A_PARCEL, "parcels", cursor=cursor, limit=limit)
    return Page([_line(row, "tracking", row.key.removeprefix("check-")) for row in rows], following)


async def promises(session: ReadSession, shop: str, cursor: str | None = None, limit: int = 50) -> Page[RegisterLine]:
    """Return a page of the promises that are to be kept, or were broken and wait for the supervisor, due first [D].

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    rows, following = await _waiting(session, shop, OF_A_PROMISE, "promises", cursor=cursor, limit=limit)
    return Page([_line(row, "number", int(row.key.rpartition("-")[2])) for row in rows], following)


async def platform_clocks(
    session: ReadSession, shop: str, cursor: str | None = None, limit: int = 50
) -> Page[RegisterLine]:
    """Return a page of the refund requests and disputes that wait for the shop's answer, due first [S].

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    rows, following = await _waiting(session, shop, OF_A_MATTER, "platform", cursor=cursor, limit=limit)
    return Page([_line(row, "number", int(row.key.rpartition("-")[2])) for row in rows], following)


async def outstanding(
    session: ReadSession, shop: str, cursor: str | None = None, limit: int = 50
) -> Page[RegisterLine]:
    """Return a page of the money and goods that are to be recovered, each with its owner [S][F].

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    rows, following = await _waiting(session, shop, OF_AN_ITEM, "outstanding", cursor=cursor, limit=limit)
    return Page([_line(row, "key", row.key.removeprefix("outstanding-")) for row in rows], following)


async def _waiting(
    session: ReadSession, shop: str, which: TextClause, part: str, *, cursor: str | None, limit: int
) -> tuple[list[Any], str | None]:
    waits = select(case_tasks).where(case_tasks.c.shop == shop, which)
    if cursor is not None:
        place = read_cursor(cursor, 2)
        after = text(
            "(coalesce(due_at, 'infinity'::timestamptz), \"case\", key) > "
            "(coalesce(CAST(:after_due AS timestamptz), 'infinity'::timestamptz), :after_case, :after_key)"
        )
        waits = waits.where(after.bindparams(after_due=place.at, after_case=place.key[0], after_key=place.key[1]))
    waits = waits.order_by(DUE_OR_NEVER, case_tasks.c.case, case_tasks.c.key).limit(check_limit(limit) + 1)
    page = waits.subquery("page")
    told = cases.c.view["story"][part].label("told")
    asked = select(page.c.case, page.c.key, page.c.problem, page.c.due_at, cases.c.handler, told)
    order = (func.coalesce(page.c.due_at, _NEVER), page.c.case, page.c.key)
    rows: list[Any] = list(await session.execute(asked.join(cases, cases.c.case == page.c.case).order_by(*order)))
    last = rows[limit - 1] if len(rows) > limit else None
    following = None if last is None else write_cursor(Place(last.due_at, (last.case, last.key)))
    return rows[:limit], following


def _line(row: Any, name: str, value: object) -> RegisterLine:
    """The row with the one thing that it is about; of several of one name, the last."""
    things = cast("list[dict[str, Any]]", row.told)
    told = next(each for each in reversed(things) if each[name] == value)
    return RegisterLine(row.case, row.problem, row.handler, row.due_at, told)

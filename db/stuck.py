"""Cases that cannot go on: noted and taken off by the watch, shown by lists as a task that needs a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, literal, literal_column, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from db.cursors import Place
from db.sessions import ReadSession, WriteSession
from db.tables.cases import cases
from db.tables.stuck import stuck_cases
from domain.charge import FIRST, MIDDLE
from domain.stuck import StuckBecause, StuckCase
from domain.view import CaseView, Kind

HEALTH, OTHERS = "0", "1"
"""Which half of a queue a place lies in, as its cursor says: health and food safety, or everything else."""

_NEVER: ColumnElement[Any] = literal_column("'infinity'::timestamptz")
_TOLD = ("shop", "kind", "because", "fault", "place")


async def note_stuck(session: WriteSession, stuck: StuckCase) -> bool:
    """Note that the case cannot go on; true if that says something new. It stays since when it was first noted.

    One statement: `Database.writing_once` is enough.
    """
    told = {name: getattr(stuck, name) for name in ("case", "since", *_TOLD)}
    new = insert(stuck_cases).values(told)
    known = tuple_(*(stuck_cases.c[name] for name in _TOLD))
    said = tuple_(*(new.excluded[name] for name in _TOLD))
    changed = {name: new.excluded[name] for name in _TOLD}
    noted = new.on_conflict_do_update(index_elements=["case"], set_=changed, where=known.is_distinct_from(said))
    return (await session.execute(noted.returning(stuck_cases.c.case))).scalar() is not None


async def take_off(session: WriteSession, case: str) -> bool:
    """Take the case off, since it goes on again; true if it stood there. One statement."""
    gone = delete(stuck_cases).where(stuck_cases.c.case == case).returning(stuck_cases.c.case)
    return (await session.execute(gone)).scalar() is not None


async def all_stuck(session: ReadSession) -> list[StuckCase]:
    """Return every case that cannot go on, of all shops, the longest first."""
    asked = select(stuck_cases).order_by(stuck_cases.c.since, stuck_cases.c.case)
    return [_stuck(row) for row in await session.execute(asked)]


async def stuck_of_shop(
    session: ReadSession, shop: str, after: Place | None, limit: int
) -> list[tuple[StuckCase, int]]:
    """Return so many of a shop's cases that cannot go on with their priority, those behind the place of a queue.

    Health first, then the longest; a case that stands in no list is of the middle level.

    Workflows of a type that the desk does not know are left out: they are no cases of the shop.
    """
    priority = func.coalesce(cases.c.priority, MIDDLE)
    asked = (
        select(stuck_cases, priority.label("priority"))
        .outerjoin(cases, cases.c.case == stuck_cases.c.case)
        .where(stuck_cases.c.shop == shop, stuck_cases.c.kind.is_not(None))
    )
    after_health = priority > FIRST
    if after is not None:
        half, case = literal(after.key[0] != HEALTH), literal(after.key[1])
        due: ColumnElement[Any] = _NEVER if after.at is None else literal(after.at)
        asked = asked.where(tuple_(after_health, stuck_cases.c.since, stuck_cases.c.case) > tuple_(half, due, case))
    rows = await session.execute(asked.order_by(after_health, stuck_cases.c.since, stuck_cases.c.case).limit(limit))
    return [(_stuck(row), row.priority) for row in rows]


async def with_stuck(session: ReadSession, views: Sequence[CaseView]) -> list[CaseView]:
    """The same views; those of cases that cannot go on say so by a task before their own."""
    if not views:
        return []
    asked = select(stuck_cases).where(stuck_cases.c.case.in_([view.case for view in views]))
    tasks = {row.case: _stuck(row).task() for row in await session.execute(asked)}
    return [replace(view, tasks=(tasks[view.case], *view.tasks)) if view.case in tasks else view for view in views]


def _stuck(row: Row[Any]) -> StuckCase:
    kind = Kind(row.kind) if row.kind is not None else None
    return StuckCase(row.case, row.shop, kind, row.since, StuckBecause(row.because), row.fault, row.place)

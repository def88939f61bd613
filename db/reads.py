"""Read cases: lists and one case. Every read is bound to one shop."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    exists,
    literal,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.cursors import BadCursor, Page, Place, check_limit, read_cursor, write_cursor
from db.sessions import ReadSession
from db.tables.cases import DUE_OR_NEVER, REQUESTS, case_tasks, case_tracking, cases
from db.views import VIEWS
from domain.charge import FIRST, LAST
from domain.people import Role, Unit
from domain.view import CaseView, Kind


@dataclass(frozen=True)
class AskedOf:
    """Somebody who sees a case only by a request: one that waits with the desk and unit, or that the person had."""

    desk: Role
    unit: Unit | None
    person: str


@dataclass(frozen=True)
class CaseFilters:
    """What a list of cases is narrowed to; None asks nothing.

    desk: cases in which a task of their own waits for this desk. due_before: UTC; cases whose earliest task is due
    before it. open: true for cases not closed yet, false for closed ones. asked_of: cases that ask, or asked, that
    person or their unit.
    """

    state: str | None = None
    desk: Role | None = None
    problem: str | None = None
    kind: Kind | None = None
    parent: str | None = None
    phone_index: str | None = None
    order_index: str | None = None
    customer: str | None = None
    handler: str | None = None
    due_before: datetime | None = None
    open: bool | None = None
    asked_of: AskedOf | None = None
    priority: int | None = None


_LEVELS = frozenset(str(level) for level in range(FIRST, LAST + 1))
_BEHIND = text(
    "(priority, coalesce(due_at, 'infinity'::timestamptz), \"case\") > "
    "(:after_level, coalesce(CAST(:after_due AS timestamptz), 'infinity'::timestamptz), :after_case)"
)
_VIEW = cast(cases.c.view, Text).label("told")
REQUESTS_SHOWN = literal_column(REQUESTS, JSONB)
_EQUAL = {"state", "problem", "kind", "parent", "phone_index", "order_index", "customer", "handler", "priority"}


async def find_case(session: ReadSession, shop: str, case: str) -> CaseView | None:
    """Return the case as it was last kept, or None if this shop has none of that number. One statement."""
    told = (await session.execute(select(_VIEW).where(cases.c.case == case, cases.c.shop == shop))).scalar()
    return None if told is None else VIEWS.validate_json(told)


async def list_cases(
    session: ReadSession, shop: str, filters: CaseFilters, cursor: str | None = None, limit: int = 50
) -> Page[CaseView]:
    """Return a page of the shop's cases, newest opened first.

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    asked = select(_VIEW, cases.c.opened_at, cases.c.case).where(cases.c.shop == shop, *_narrowed(shop, filters))
    if cursor is not None:
        place = read_cursor(cursor, 1)
        if place.at is None:
            raise BadCursor("the cursor is not one that this list gave out")
        asked = asked.where(tuple_(cases.c.opened_at, cases.c.case) < tuple_(literal(place.at), literal(place.key[0])))
    asked = asked.order_by(cases.c.opened_at.desc(), cases.c.case.desc()).limit(check_limit(limit) + 1)
    rows = (await session.execute(asked)).all()
    further = len(rows) > limit
    last = write_cursor(Place(rows[limit - 1].opened_at, (rows[limit - 1].case,))) if further else None
    return Page([VIEWS.validate_json(row.told) for row in rows[:limit]], last)


async def list_by_priority(
    session: ReadSession, shop: str, filters: CaseFilters, cursor: str | None = None, limit: int = 50
) -> Page[CaseView]:
    """Return a page of the shop's open cases: the most urgent level first, in each what is due first.

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    narrowed = (cases.c.shop == shop, cases.c.closed_at.is_(None), *_narrowed(shop, filters))
    asked = select(_VIEW, cases.c.priority, cases.c.due_at, cases.c.case).where(*narrowed)
    if cursor is not None:
        place = read_cursor(cursor, 2)
        level, case = place.key
        if level not in _LEVELS:
            raise BadCursor("the cursor is not one that this list gave out")
        behind = _BEHIND.bindparams(after_level=int(level), after_due=place.at, after_case=case)
        asked = asked.where(behind)
    asked = asked.order_by(cases.c.priority, DUE_OR_NEVER, cases.c.case).limit(check_limit(limit) + 1)
    rows = (await session.execute(asked)).all()
    last = rows[limit - 1] if len(rows) > limit else None
    place = None if last is None else Place(last.due_at, (str(last.priority), last.case))
    following = None if place is None else write_cursor(place)
    return Page([VIEWS.validate_json(row.told) for row in rows[:limit]], following)


async def cases_by_tracking(session: ReadSession, shop: str, tracking: str) -> list[CaseView]:
    """Return the shop's cases that wait for news of this tracking number, newest opened first."""
    numbers = case_tracking.c
    wanted = select(numbers.case).where(numbers.shop == shop, numbers.tracking == tracking)
    return await _views(session, select(_VIEW).where(cases.c.shop == shop, cases.c.case.in_(wanted)))


async def cases_waiting_for_order(session: ReadSession, shop: str, order_index: str) -> list[CaseView]:
    """Return the open complaints about this order that wait for its facts: their story says `verified` false."""
    unverified = cases.c.view["story"]["verified"].as_boolean().is_(False)
    asked = select(_VIEW).where(
        cases.c.shop == shop,
        cases.c.order_index == order_index,
        cases.c.kind == Kind.COMPLAINT.value,
        cases.c.closed_at.is_(None),
        unverified,
    )
    return await _views(session, asked)


async def children_of(session: ReadSession, shop: str, case: str) -> list[CaseView]:
    """Return the cases that this one started, newest opened first."""
    return await _views(session, select(_VIEW).where(cases.c.shop == shop, cases.c.parent == case))


async def _views(session: ReadSession, asked: Select[str]) -> list[CaseView]:
    told = await session.execute(asked.order_by(cases.c.opened_at.desc(), cases.c.case.desc()))
    return [VIEWS.validate_json(row) for row in told.scalars()]


def _narrowed(shop: str, filters: CaseFilters) -> list[ColumnElement[bool]]:
    given = {field.name: getattr(filters, field.name) for field in fields(filters)}
    narrowed = [cases.c[name] == given[name] for name in sorted(_EQUAL) if given[name] is not None]
    if filters.due_before is not None:
        narrowed.append(cases.c.due_at < filters.due_before)
    if filters.open is not None:
        narrowed.append(cases.c.closed_at.is_(None) if filters.open else cases.c.closed_at.is_not(None))
    if filters.asked_of is not None:
        # Apart, so that the few are found by their index first: the planner takes them for many.
        few = select(cases.c.case).where(cases.c.shop == shop, _asks(filters.asked_of)).correlate(None).offset(0)
        narrowed.append(cases.c.case.in_(few))
    if filters.desk is not None:
        waits = and_(case_tasks.c.shop == shop, case_tasks.c.desk == filters.desk.value)
        narrowed.append(exists().where(case_tasks.c.case == cases.c.case, waits))
    return narrowed


def _asks(asked: AskedOf) -> ColumnElement[bool]:
    waits = {"desk": asked.desk.value, "unit": None if asked.unit is None else asked.unit.value}
    meant: list[dict[str, Any]] = [{**waits, "state": state} for state in ("open", "received")]
    return or_(*(REQUESTS_SHOWN.contains([each]) for each in (*meant, {"hands": [asked.person]})))

"""The list of cases: narrowed, searched, sorted, page by page. Every read is bound to one shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.cursors import BadCursor, Page, Place, check_limit, read_cursor, write_cursor
from db.search import Sought, found
from db.sessions import ReadSession
from db.tables.cases import REQUESTS, case_tasks, cases
from db.tables.search import case_promises, case_search
from db.views import VIEWS
from domain.charge import FIRST, LAST
from domain.people import Role, Unit
from domain.view import CaseView, Kind


class Sort(StrEnum):
    """What a list of cases begins with: the last opened, or what is due first (without a due instant: at the end).

    PRIORITY: open cases alone, the most urgent level first, in each what is due first.
    """

    OPENED = "opened"
    DUE = "due"
    PRIORITY = "priority"


@dataclass(frozen=True)
class AskedOf:
    """Somebody who sees a case only by a request: one that waits with the desk and unit, or that the person had.

    Without a person only what waits counts.
    """

    desk: Role
    unit: Unit | None
    person: str | None


@dataclass(frozen=True)
class CaseFilters:
    """What a list of cases is narrowed to; None asks nothing.

    desk: cases in which a task of their own waits for this desk. due_before: UTC; cases whose earliest task is due
    before it; a clock that was breached and runs on is such a task. not_due_before: UTC; all others. open: true for
    cases not closed yet, false for closed ones. search: every term has to be found. responsible: by the judgement that
    holds. remedy: in the last proposal. promised: UTC; from and until when a promise is due that is not kept yet.
    asked_of: cases that ask, or asked, that person or their unit.
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
    priority: int | None = None
    due_before: datetime | None = None
    not_due_before: datetime | None = None
    open: bool | None = None
    search: tuple[Sought, ...] = ()
    responsible: str | None = None
    remedy: str | None = None
    promised: tuple[datetime, datetime] | None = None
    asked_of: AskedOf | None = None

    @property
    def traits(self) -> list[tuple[str, str]]:
        """What is asked of `case_search` beside words."""
        asked = (("responsible", self.responsible), ("remedy", self.remedy))
        return [(name, value) for name, value in asked if value is not None]

    @property
    def by_words(self) -> bool:
        """Whether `case_search` is asked at all."""
        return bool(self.search or self.traits)


_VIEW = cast(cases.c.view, Text).label("told")
_INFINITY: ColumnElement[Any] = literal_column("'infinity'::timestamptz")
_EQUAL = {"state", "problem", "kind", "parent", "phone_index", "order_index", "customer", "handler", "priority"}
_LEVELS = frozenset(str(level) for level in range(FIRST, LAST + 1))
_NEWEST = 1_000
"""Among so many cases, the last opened ones, words are looked for first: what many cases have is found at once."""


async def list_cases(  # noqa: PLR0917  whose, which, from where on, how many, in what order
    session: ReadSession,
    shop: str,
    filters: CaseFilters,
    cursor: str | None = None,
    limit: int = 50,
    sort: Sort = Sort.OPENED,
) -> Page[CaseView]:
    """Return a page of the shop's cases, in this order.

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    place, wanted = None if cursor is None else _place(cursor, sort), check_limit(limit) + 1
    rows: Sequence[Row[str, Any, Any]] = ()
    if filters.by_words and sort is Sort.OPENED:
        rows = await _shown(session, sort, _among_the_newest(shop, filters, place).limit(wanted))
    if len(rows) < wanted:
        rows = await _shown(session, sort, _chosen(shop, filters, sort, place).limit(wanted))
    last = rows[limit - 1] if len(rows) > limit else None
    following = None if last is None else write_cursor(_place_of(sort, last))
    return Page([VIEWS.validate_json(row.told) for row in rows[:limit]], following)


async def _shown(session: ReadSession, sort: Sort, chosen: Select[Any, Any]) -> Sequence[Row[str, Any, Any]]:
    """The views of the cases chosen: first which, by the indexes alone, then only what the page shows."""
    page = chosen.subquery("page")
    shown = select(_VIEW, *page.c).join(page, page.c.case == cases.c.case)
    return (await session.execute(shown.order_by(*_order(sort, page.c.at, page.c.case, page.c.get("level"))))).all()


def _place(cursor: str, sort: Sort) -> Place:
    """The place behind which the page begins; its key: the order, in that by priority the level, the number."""
    place = read_cursor(cursor, 3 if sort is Sort.PRIORITY else 2)
    unfit = (
        place.key[0] != sort.value
        or (place.at is None and sort is Sort.OPENED)
        or (sort is Sort.PRIORITY and place.key[1] not in _LEVELS)
    )
    if unfit:
        raise BadCursor("the cursor is not one that this list gave out")
    return place


def _place_of(sort: Sort, row: Row[str, Any, Any]) -> Place:
    level = (str(row.level),) if sort is Sort.PRIORITY else ()
    return Place(row.at, (sort.value, *level, row.case))


def _among_the_newest(shop: str, filters: CaseFilters, place: Place | None) -> Select[Any, Any]:
    """Those of the newest cases behind the place that are asked for by words, the last opened first."""
    newest = select(case_search).where(case_search.c.shop == shop, *_behind_place(Sort.OPENED, case_search, place))
    some = newest.order_by(*_order(Sort.OPENED, case_search.c.opened_at, case_search.c.case)).limit(_NEWEST)
    rows = some.subquery("newest")
    asked = select(rows.c.case, rows.c.opened_at.label("at")).where(*found(rows, filters.search, filters.traits))
    narrowed = _narrowed(shop, filters)
    if narrowed:
        asked = asked.join(cases, cases.c.case == rows.c.case).where(cases.c.shop == shop, *narrowed)
    return asked.order_by(*_order(Sort.OPENED, rows.c.opened_at, rows.c.case))


def _by_words_alone(shop: str, filters: CaseFilters, place: Place | None) -> Select[Any, Any]:
    """All that is asked for by words, the last opened first.

    Set apart (PostgreSQL plans what has an OFFSET by itself), so that the index of the words decides and not the order:
    the newest were looked through already, and what only old cases have would be looked for in vain among all others.
    """
    behind = _behind_place(Sort.OPENED, case_search, place)
    hits = select(case_search.c.case, case_search.c.opened_at).where(case_search.c.shop == shop, *behind)
    hits = hits.where(*found(case_search, filters.search, filters.traits)).offset(literal_column("0"))
    rows = hits.subquery("hits")
    asked = select(rows.c.case, rows.c.opened_at.label("at"))
    return asked.order_by(*_order(Sort.OPENED, rows.c.opened_at, rows.c.case))


def _chosen(shop: str, filters: CaseFilters, sort: Sort, place: Place | None) -> Select[Any, Any]:
    """The numbers of all cases that are asked for, in order, and by what they are sorted (`at`)."""
    narrowed = _narrowed(shop, filters)
    if filters.by_words and not narrowed and sort is Sort.OPENED:
        return _by_words_alone(shop, filters, place)
    at = cases.c.opened_at if sort is Sort.OPENED else cases.c.due_at
    asked = select(cases.c.case, at.label("at")).where(cases.c.shop == shop, *narrowed)
    if sort is Sort.PRIORITY:
        asked = asked.add_columns(cases.c.priority.label("level")).where(cases.c.closed_at.is_(None))
    if filters.by_words:
        asked = asked.join(case_search, case_search.c.case == cases.c.case).where(
            case_search.c.shop == shop, *found(case_search, filters.search, filters.traits)
        )
    asked = asked.where(*_behind_place(sort, cases, place))
    return asked.order_by(*_order(sort, at, cases.c.case, cases.c.priority))


def _order(
    sort: Sort, at: ColumnElement[Any], case: ColumnElement[str], level: ColumnElement[int] | None = None
) -> list[ColumnElement[Any]]:
    if sort is Sort.OPENED:
        return [at.desc(), case.desc()]
    levels = [level] if sort is Sort.PRIORITY and level is not None else []
    return [*levels, _or_never(at), case.asc()]


def _behind_place(sort: Sort, rows: FromClause, place: Place | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    number = literal(place.key[-1])
    if sort is Sort.OPENED:
        return [tuple_(rows.c.opened_at, rows.c.case) < tuple_(literal(place.at), number)]
    at = _INFINITY if place.at is None else literal(place.at)
    if sort is Sort.PRIORITY:
        level = literal(int(place.key[1]))
        return [tuple_(rows.c.priority, _or_never(rows.c.due_at), rows.c.case) > tuple_(level, at, number)]
    return [tuple_(_or_never(rows.c.due_at), rows.c.case) > tuple_(at, number)]


def _or_never(at: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(at, _INFINITY)


def _asks(asked: AskedOf) -> ColumnElement[bool]:
    waits = {"desk": asked.desk.value, "unit": None if asked.unit is None else asked.unit.value}
    meant: list[dict[str, Any]] = [{**waits, "state": state} for state in ("open", "received")]
    requests = literal_column(REQUESTS, JSONB)
    had = [] if asked.person is None else [{"hands": [asked.person]}]
    return or_(*(requests.contains([each]) for each in (*meant, *had)))


def _narrowed(shop: str, filters: CaseFilters) -> list[ColumnElement[bool]]:
    given = {field.name: getattr(filters, field.name) for field in fields(filters)}
    narrowed = [cases.c[name] == given[name] for name in sorted(_EQUAL) if given[name] is not None]
    if filters.due_before is not None:
        narrowed.append(_or_never(cases.c.due_at) < filters.due_before)
    if filters.not_due_before is not None:
        narrowed.append(_or_never(cases.c.due_at) >= filters.not_due_before)
    if filters.open is not None:
        narrowed.append(cases.c.closed_at.is_(None) if filters.open else cases.c.closed_at.is_not(None))
    if filters.asked_of is not None:
        # Apart, so that the few are found by their index first: the planner takes them for many.
        few = select(cases.c.case).where(cases.c.shop == shop, _asks(filters.asked_of)).correlate(None).offset(0)
        narrowed.append(cases.c.case.in_(few))
    if filters.desk is not None:
        waits = and_(case_tasks.c.shop == shop, case_tasks.c.desk == filters.desk.value)
        narrowed.append(exists().where(case_tasks.c.case == cases.c.case, waits))
    if filters.promised is not None:
        since, until = filters.promised
        due = and_(case_promises.c.shop == shop, case_promises.c.until >= since, case_promises.c.until < until)
        narrowed.append(cases.c.case.in_(select(case_promises.c.case).where(due)))
    return narrowed

"""Read cases: lists, one case, work lists of desks. Every read is bound to one shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Text,
    cast,
    exists,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.cursors import Page, Place, check_limit, read_cursor, write_cursor
from db.sessions import ReadSession
from db.stuck import stuck_of_shop
from db.tables.cases import DUE_OR_NEVER, REQUESTS, case_tasks, case_tracking, cases
from db.views import VIEWS
from domain.people import Role, Unit
from domain.view import CaseView, Kind, Task


@dataclass(frozen=True)
class QueueEntry:
    """A task with the case that it belongs to."""

    case: str
    kind: Kind
    problem: str | None
    task: Task


_NEVER = datetime.max.replace(tzinfo=UTC)
_VIEW = cast(cases.c.view, Text).label("told")
_REQUESTS = literal_column(REQUESTS, JSONB)


async def find_case(session: ReadSession, shop: str, case: str) -> CaseView | None:
    """Return the case as it was last kept, or None if this shop has none of that number. One statement."""
    told = (await session.execute(select(_VIEW).where(cases.c.case == case, cases.c.shop == shop))).scalar()
    return None if told is None else VIEWS.validate_json(told)


async def queue(
    session: ReadSession,
    shop: str,
    desk: Role | None,
    cursor: str | None = None,
    limit: int = 50,
    *,
    needs_a_person: bool = False,
    unit: Unit | None = None,
) -> Page[QueueEntry]:
    """Return a page of what waits for the desk (for all desks, with None): due first, what has no due instant last.

    needs_a_person: only what no ordinary step would settle. unit: only requests to this unit of the desk. A case that
    cannot go on stands on the supervisor's desk, whatever else its row says: due since it stands still.

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    place = read_cursor(cursor, 2) if cursor is not None else None
    asked = select(case_tasks).where(case_tasks.c.shop == shop)
    if desk is not None:
        asked = asked.where(case_tasks.c.desk == desk.value)
    if needs_a_person:
        asked = asked.where(case_tasks.c.needs_a_person)
    if unit is not None:
        asked = asked.where(_asked_of_unit(unit))
    if place is not None:
        after = text(
            "(coalesce(due_at, 'infinity'::timestamptz), \"case\", key) > "
            "(coalesce(CAST(:after_due AS timestamptz), 'infinity'::timestamptz), :after_case, :after_key)"
        )
        asked = asked.where(after.bindparams(after_due=place.at, after_case=place.key[0], after_key=place.key[1]))
    asked = asked.order_by(DUE_OR_NEVER, case_tasks.c.case, case_tasks.c.key).limit(check_limit(limit) + 1)
    waiting = [_entry(row) for row in await session.execute(asked)]
    if desk in {None, Role.SUPERVISOR}:
        stuck = await stuck_of_shop(session, shop, place, limit + 1)
        held = [QueueEntry(each.case, each.kind, None, each.task()) for each in stuck if each.kind is not None]
        waiting = list(merge(held, waiting, key=_due_first))
    last = waiting[limit - 1] if len(waiting) > limit else None
    following = None if last is None else write_cursor(Place(last.task.due_at, (last.case, last.task.key)))
    return Page(waiting[:limit], following)


async def queue_sizes(session: ReadSession, shop: str) -> dict[Role, int]:
    """Return how many tasks wait for each desk that has any."""
    asked = select(case_tasks.c.desk, func.count()).where(case_tasks.c.shop == shop).group_by(case_tasks.c.desk)
    return {Role(desk): count for desk, count in await session.execute(asked)}


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


def _asked_of_unit(unit: Unit) -> ColumnElement[bool]:
    """Whether a task `request-N` is a request to this unit."""
    number = cast(func.substring(case_tasks.c.key, "^request-([0-9]{1,6})$"), Integer)
    meant = func.jsonb_build_array(func.jsonb_build_object("number", number, "unit", unit.value))
    return exists().where(cases.c.case == case_tasks.c.case, _REQUESTS.contains(meant))


def _due_first(entry: QueueEntry) -> datetime:
    return entry.task.due_at or _NEVER


def _entry(row: Row[Any]) -> QueueEntry:
    task = Task(row.key, Role(row.desk), row.step, row.due_at, row.reason, row.needs_a_person)
    return QueueEntry(row.case, Kind(row.kind), row.problem, task)

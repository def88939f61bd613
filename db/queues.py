"""Work lists of desks: health and food safety first, then what is due first. Every read is bound to one shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, and_, case, cast, exists, func, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import JSONB

from db.cursors import BadCursor, Page, Place, check_limit, read_cursor, write_cursor
from db.sessions import ReadSession
from db.stuck import HEALTH, OTHERS, stuck_of_shop
from db.tables.cases import AFTER_HEALTH, DUE_OR_NEVER, REQUESTS, case_tasks, cases
from domain.charge import FIRST, Away, Charge
from domain.people import Role, Unit
from domain.view import Kind, Task

_REQUESTS = literal_column(REQUESTS, JSONB)
_NEVER = datetime.max.replace(tzinfo=UTC)
_BEHIND = text(
    "((priority > 1), coalesce(due_at, 'infinity'::timestamptz), \"case\", key) > "
    "(:after_health, coalesce(CAST(:after_due AS timestamptz), 'infinity'::timestamptz), :after_case, :after_key)"
)


@dataclass(frozen=True)
class Whose:
    """Whose tasks a queue is narrowed to, by who is away and what the clock says (`now`, UTC).

    mine: tasks of this person's cases, and of those in which the person stands in now. team: of cases that lie with
    this team. anybodys: of cases that are nobody's, or of somebody who is away too long.
    """

    now: datetime
    away: Away
    mine: str | None = None
    team: str | None = None
    anybodys: bool = False


@dataclass(frozen=True)
class QueueEntry:
    """A task with the case that it belongs to, how urgent that is and whose."""

    case: str
    kind: Kind
    problem: str | None
    task: Task
    charge: Charge


async def queue(
    session: ReadSession,
    shop: str,
    desk: Role | None,
    cursor: str | None = None,
    limit: int = 50,
    *,
    needs_a_person: bool = False,
    unit: Unit | None = None,
    whose: Whose | None = None,
) -> Page[QueueEntry]:
    """Return a page of what waits for the desk (for all desks, with None): health first, then due first, undated last.

    needs_a_person: only what no ordinary step would settle. unit: only requests to this unit of the desk. A case that
    cannot go on stands on the supervisor's desk, whatever else its row says: due since it stands still.

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    place = _place(cursor) if cursor is not None else None
    asked = select(case_tasks).where(case_tasks.c.shop == shop)
    if desk is not None:
        asked = asked.where(case_tasks.c.desk == desk.value)
    if needs_a_person:
        asked = asked.where(case_tasks.c.needs_a_person)
    if unit is not None:
        asked = asked.where(_asked_of_unit(unit))
    if whose is not None:
        asked = asked.where(*_narrowed(whose))
    if place is not None:
        half, number, key = place.key
        asked = asked.where(
            _BEHIND.bindparams(after_health=half == OTHERS, after_due=place.at, after_case=number, after_key=key)
        )
    asked = asked.order_by(AFTER_HEALTH, DUE_OR_NEVER, case_tasks.c.case, case_tasks.c.key)
    waiting = [_entry(row) for row in await session.execute(asked.limit(check_limit(limit) + 1))]
    nobodys = whose is None or (whose.mine is None and whose.team is None)
    if desk in {None, Role.SUPERVISOR} and nobodys:
        stuck = await stuck_of_shop(session, shop, place, limit + 1)
        held = [
            QueueEntry(each.case, each.kind, None, each.task(), Charge(priority))
            for each, priority in stuck
            if each.kind is not None
        ]
        waiting = list(merge(held, waiting, key=_in_turn))
    last = waiting[limit - 1] if len(waiting) > limit else None
    return Page(waiting[:limit], None if last is None else write_cursor(_place_of(last)))


async def queue_sizes(session: ReadSession, shop: str) -> dict[Role, int]:
    """Return how many tasks wait for each desk that has any."""
    asked = select(case_tasks.c.desk, func.count()).where(case_tasks.c.shop == shop).group_by(case_tasks.c.desk)
    return {Role(desk): count for desk, count in await session.execute(asked)}


def _asked_of_unit(unit: Unit) -> ColumnElement[bool]:
    """Whether a task `request-N` is a request to this unit."""
    number = cast(func.substring(case_tasks.c.key, "^request-([0-9]{1,6})$"), Integer)
    meant = func.jsonb_build_array(func.jsonb_build_object("number", number, "unit", unit.value))
    return exists().where(cases.c.case == case_tasks.c.case, _REQUESTS.contains(meant))


def _narrowed(whose: Whose) -> list[ColumnElement[bool]]:
    """The same as `domain.charge` says of one task, for many."""
    tasks = case_tasks.c
    standing_in = and_(tasks.stand_in_until.is_not(None), tasks.stand_in_until > whose.now)
    narrowed: list[ColumnElement[bool]] = []
    if whose.mine is not None:
        narrowed.append(or_(tasks.handler == whose.mine, and_(tasks.stand_in == whose.mine, standing_in)))
    if whose.team is not None:
        narrowed.append(tasks.team == whose.team)
    if whose.anybodys:
        keeper = case((standing_in, tasks.stand_in), else_=tasks.handler)
        gone = [person for person, back in whose.away.items() if back is None]
        late = [and_(keeper == person, tasks.due_at < back) for person, back in whose.away.items() if back is not None]
        # Said twice: by these columns the index finds the few, while the keeper follows from what time it is.
        nobodys = (tasks.handler.is_(None), tasks.handler.in_(whose.away), tasks.stand_in.in_(whose.away))
        narrowed += [or_(*nobodys), or_(keeper.is_(None), keeper.in_(gone), *late)]
    return narrowed


def _place(cursor: str) -> Place:
    place = read_cursor(cursor, 3)
    if place.key[0] not in {HEALTH, OTHERS}:
        raise BadCursor("the cursor is not one that this list gave out")
    return place


def _place_of(entry: QueueEntry) -> Place:
    half = HEALTH if entry.charge.priority == FIRST else OTHERS
    return Place(entry.task.due_at, (half, entry.case, entry.task.key))


def _in_turn(entry: QueueEntry) -> tuple[bool, datetime]:
    return entry.charge.priority > FIRST, entry.task.due_at or _NEVER


def _entry(row: Row[Any]) -> QueueEntry:
    task = Task(row.key, Role(row.desk), row.step, row.due_at, row.reason, row.needs_a_person)
    charge = Charge(row.priority, row.handler, row.team or "", row.stand_in, row.stand_in_until)
    return QueueEntry(row.case, Kind(row.kind), row.problem, task, charge)

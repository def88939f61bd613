"""GET /v1/queues/{desk}: what waits for a desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from api.edge_refusals import NotWithThisKey
from api.problems import responses
from api.rights import BY_REQUEST
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import STAFF, Cursor, Limit, Word
from api.schemas.case import TaskShown
from api.schemas.lists import QueueLine, QueuePage
from db.queues import QueueEntry, Whose, queue
from db.roster import away
from domain.charge import is_anybodys
from domain.people import Role

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["queues"])


@router.get(
    "/queues/{desk}",
    operation_id="read_queue",
    summary="What waits for a desk: health first, then due first",
    responses=responses(401, 403, 422, 503),
)
@open_to(*STAFF)
async def read_queue(
    *,
    parts: DeskNow,
    caller: Asker,
    desk: Role,
    needs_a_person: Annotated[bool, Query(description="Only what no ordinary step would settle")] = False,
    mine: Annotated[bool, Query(description="Only of cases that are yours, or in which you stand in now")] = False,
    anybodys: Annotated[bool, Query(description="Only what is nobody's, or of somebody who is away too long")] = False,
    team: Word = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> QueuePage:
    """Tasks of all open cases for one desk.

    Health and food safety come first; then what is due first, and what has no due instant last. `anybodys` says of a
    task that anybody of the desk may take it up: the case is nobody's, or the task is due before whoever has the case
    is on duty again, by the roster.

    Somebody of the departments reads the list of their own unit.
    """
    by_unit = caller.role in BY_REQUEST
    if by_unit and desk is not caller.role:
        raise NotWithThisKey(role=caller.role.value, roles=desk.value)
    if by_unit and caller.unit is None:
        return QueuePage(items=[], next=None)
    unit = caller.unit if by_unit else None
    shop, now = caller.at_shop, datetime.now(UTC)
    async with parts.database.reading() as session:
        whose = Whose(
            now=now,
            away=await away(session, shop, now),
            mine=caller.person if mine else None,
            team=team,
            anybodys=anybodys,
        )
        page = await queue(session, shop, desk, cursor, limit, needs_a_person=needs_a_person, unit=unit, whose=whose)
    return QueuePage(items=[_line(entry, whose) for entry in page.items], next=page.next)


def _line(entry: QueueEntry, whose: Whose) -> QueueLine:
    charge = entry.charge
    return QueueLine(
        case=entry.case,
        kind=entry.kind,
        problem=entry.problem,
        task=TaskShown.model_validate(entry.task, from_attributes=True),
        priority=charge.priority,
        handler=charge.handler,
        team=charge.team,
        stand_in=charge.stand_in,
        stand_in_until=charge.stand_in_until,
        anybodys=is_anybodys(charge, entry.task.due_at, whose.away, whose.now),
    )

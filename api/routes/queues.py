"""GET /v1/queues/{desk}: what waits for a desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.edge_refusals import FieldsUnfit, NotWithThisKey
from api.problems import responses
from api.rights import BY_REQUEST
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import STAFF, Cursor, Limit
from api.schemas.case import TaskShown
from api.schemas.lists import QueueLine, QueuePage
from db.cursors import BadCursor
from db.queues import queue
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
    cursor: Cursor = None,
    limit: Limit = 50,
) -> QueuePage:
    """Tasks of all open cases for one desk.

    Health and food safety come first; then what is due first, and what has no due instant last.

    Somebody of the departments reads the list of their own unit.
    """
    by_unit = caller.role in BY_REQUEST
    if by_unit and desk is not caller.role:
        raise NotWithThisKey(role=caller.role.value, roles=desk.value)
    if by_unit and caller.unit is None:
        return QueuePage(items=[], next=None)
    unit = caller.unit if by_unit else None
    async with parts.database.reading() as session:
        try:
            page = await queue(session, caller.at_shop, desk, cursor, limit, needs_a_person=needs_a_person, unit=unit)
        except BadCursor as bad:
            raise FieldsUnfit(("cursor", str(bad))) from None
    lines = [
        QueueLine(
            case=entry.case,
            kind=entry.kind,
            problem=entry.problem,
            task=TaskShown.model_validate(entry.task, from_attributes=True),
            priority=entry.charge.priority,
            handler=entry.charge.handler,
        )
        for entry in page.items
    ]
    return QueuePage(items=lines, next=page.next)

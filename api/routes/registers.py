"""GET /v1/registers/…: what is under way over all cases, line by line (domain.md, "Registers")."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter

from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import SEE_ALL, Cursor, Limit
from api.schemas.registers import ParcelLine, ParcelPage, PromiseLine, PromisePage
from db.registers import parcels_under_way, promises

router = APIRouter(prefix="/v1/registers", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["registers"])


@router.get(
    "/parcels-under-way",
    operation_id="read_parcels_under_way",
    summary="Parcels that open cases wait for, with each check",
    responses=responses(401, 403, 422, 503),
)
@open_to(*SEE_ALL)
async def read_parcels_under_way(
    *, desk: DeskNow, caller: Asker, cursor: Cursor = None, limit: Limit = 50
) -> ParcelPage:
    """Every parcel under watch, the next check first.

    With each planned check, made or missed, stand the shifts on duty; `GET /v1/roster` has the people.
    """
    now = datetime.now(UTC)
    async with desk.database.reading() as session:
        page = await parcels_under_way(session, caller.at_shop, cursor, limit)
    lines = [
        ParcelLine.model_validate(
            {
                "chases": [],
                "checks": [],
                **line.told,
                "case": line.case,
                "problem": line.problem,
                "handler": line.handler,
                "next_check_at": line.due_at,
                "overdue": line.due_at is not None and line.due_at < now,
            }
        )
        for line in page.items
    ]
    return ParcelPage(items=lines, next=page.next)


@router.get(
    "/promises",
    operation_id="read_promises",
    summary="Promises to keep, and broken ones that wait for the supervisor",
    responses=responses(401, 403, 422, 503),
)
@open_to(*SEE_ALL)
async def read_promises(*, desk: DeskNow, caller: Asker, cursor: Cursor = None, limit: Limit = 50) -> PromisePage:
    """Promises of open cases, due first; those that were kept or dealt with stand in the story of their case."""
    async with desk.database.reading() as session:
        page = await promises(session, caller.at_shop, cursor, limit)
    lines = [
        PromiseLine.model_validate(
            {
                "planned": False,
                "renewals": 0,
                **line.told,
                "case": line.case,
                "problem": line.problem,
                "handler": line.handler,
            }
        )
        for line in page.items
    ]
    return PromisePage(items=lines, next=page.next)

"""GET /v1/registers/…: what is under way over all cases, line by line (domain.md, "Registers")."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import APIRouter

from api.desk import Desk
from api.edge_refusals import FieldsUnfit
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import SEE_ALL, Cursor, Limit
from api.schemas.registers import ParcelLine, ParcelPage, PromiseLine, PromisePage
from db.cursors import BadCursor
from db.registers import parcels_under_way, promises
from db.sessions import ReadSession

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
    """Every parcel under watch, the next check first; with each planned check, made or missed, the shifts on duty."""
    now = datetime.now(UTC)
    async with _reading(desk) as session:
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
    async with _reading(desk) as session:
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


@asynccontextmanager
async def _reading(desk: Desk) -> AsyncGenerator[ReadSession]:
    """A session for one page; a cursor of another list is the asker's mistake."""
    async with desk.database.reading() as session:
        try:
            yield session
        except BadCursor as bad:
            raise FieldsUnfit(("cursor", str(bad))) from None

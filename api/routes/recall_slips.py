"""GET /v1/registers/…: the registers of the rule books, each a list over the cases' own stories.

A further register is its name in `db/registers.py` with its indexes, its line in `api/schemas/registers.py`, and a
route here.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.caller import Caller
from api.desk import Desk
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import Cursor, Limit
from api.schemas.recall_slips import ClaimPage, ClaimShown, RecallSlipPage, RecallSlipShown
from db.cursors import Page
from db.story_registers import COURIER_CLAIMS, RECALL_SLIPS, Register, RegisterLine, read_register
from domain.people import Role

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["registers"])

Waits = Annotated[bool | None, Query(alias="open", description="Only lines that still wait, or only those that do not")]
WITH_RECALLS = (Role.SUPERVISOR, Role.AGENT, Role.LABEL_DESK, Role.LOGISTICS, Role.AUDITOR)
WITH_CLAIMS = (*WITH_RECALLS, Role.FINANCE)


@router.get(
    "/registers/recall-slips",
    operation_id="list_recall_slips",
    summary="Recall slips, and with whom part one is",
    responses=responses(401, 403, 422, 503),
)
@open_to(*WITH_RECALLS)
async def read_recall_slips(
    *, desk: DeskNow, caller: Asker, waits: Waits = None, cursor: Cursor = None, limit: Limit = 50
) -> RecallSlipPage:
    """Every recall of the shop's parcels, those of the case opened last first."""
    page = await _page(desk, caller, RECALL_SLIPS, waits=waits, cursor=cursor, limit=limit)
    items = [RecallSlipShown.model_validate({**line.told, "case": line.case}) for line in page.items]
    return RecallSlipPage(items=items, next=page.next)


@router.get(
    "/registers/courier-claims",
    operation_id="list_courier_claims",
    summary="Claims on couriers, with what they answered and paid",
    responses=responses(401, 403, 422, 503),
)
@open_to(*WITH_CLAIMS)
async def read_courier_claims(
    *, desk: DeskNow, caller: Asker, waits: Waits = None, cursor: Cursor = None, limit: Limit = 50
) -> ClaimPage:
    """Every claim of the shop; `open=true` those that wait for the courier's word or money."""
    page = await _page(desk, caller, COURIER_CLAIMS, waits=waits, cursor=cursor, limit=limit)
    items = [ClaimShown.model_validate({**line.told, "case": line.case}) for line in page.items]
    return ClaimPage(items=items, next=page.next)


async def _page(
    desk: Desk, caller: Caller, register: Register, *, waits: bool | None, cursor: str | None, limit: int
) -> Page[RegisterLine]:
    """A page of a register of the caller's shop.

    Raises:
        BadCursor: the cursor is not one of its own.
    """
    async with desk.database.reading() as session:
        return await read_register(session, caller.at_shop, register, cursor, limit, waits=waits)

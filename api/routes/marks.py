"""PUT /v1/cases/{case}/mark: I have this case on my screen."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter

from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import STAFF, marks_shown
from api.schemas.lists import MarkPut
from db.marks import Mark, put_mark

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["cases"])


@router.put(
    "/cases/{case}/mark",
    operation_id="mark_case",
    summary="Say that you look at the case",
    responses=responses(401, 403, 404, 503),
)
@open_to(*STAFF)
async def mark_case(desk: DeskNow, caller: Asker, case: str) -> MarkPut:
    """Colleagues who open the case see it until `until`; ask again before then to stay. It stands in no history."""
    home = await desk.homes.enter(caller, case)
    now = datetime.now(UTC)
    async with desk.database.reading() as session:
        pinned = await desk.policies.for_new_case(session, home.shop, now)
    until = now + pinned.policy.mark_lasts.value
    mark = Mark(caller.person, caller.name, caller.role, until)
    async with desk.database.writing_once() as session:
        await put_mark(session, home.shop, home.case, mark, now)
    return MarkPut(case=home.case, until=until, others=await marks_shown(desk, home, caller) or [])

"""A dry run of the remedies of a complaint."""

from __future__ import annotations

from fastapi import APIRouter

from api.commands import CaseEnded
from api.edge_refusals import CaseUnknown
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.schemas.remedies import RemedyList, remedy_shown
from domain.people import Role
from domain.view import Kind

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["cases"])


@router.get(
    "/cases/{case}/remedies",
    operation_id="weigh_remedies",
    summary="What each remedy would cost now, and why one is not open",
    responses=responses(401, 403, 404, 503),
)
@open_to(Role.AGENT, Role.SUPERVISOR, Role.CENTRE_MANAGER, Role.AUDITOR)
async def weigh_remedies(desk: DeskNow, caller: Asker, case: str) -> RemedyList:
    """Asked of the case itself; nothing is proposed by it, and the customer sees none of it."""
    home = await desk.homes.enter(caller, case)
    if home.kind is not Kind.COMPLAINT:
        raise CaseUnknown
    try:
        weighed = await desk.commands.weigh(home.case)
    except CaseEnded:
        raise CaseUnknown from None
    return RemedyList(items=[remedy_shown(each) for each in weighed])

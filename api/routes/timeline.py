"""A case read back: its timeline in sentences, and its histories for a replay elsewhere."""

from __future__ import annotations

from datetime import datetime

import structlog
from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.commands import CaseEnded
from api.edge_refusals import CaseUnknown, Fault
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import STAFF
from audit.story import StoryUntold
from domain.people import Role

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["record"])

_log = structlog.get_logger("redress.api")


class TimelineLine(BaseModel):
    """One thing that happened: when (UTC), in which case, by whom, under which rule; in two languages."""

    at: datetime
    case: str
    event: str
    person: str
    role: Role
    name: str
    on_behalf_of: Role | None
    rule: str
    sentence: str
    sentence_zh: str
    late_by_seconds: int | None


class Timeline(BaseModel):
    """Everything that happened in a case, its returns and its slips, from their own histories."""

    case: str
    items: list[TimelineLine]


@router.get(
    "/cases/{case}/timeline",
    operation_id="read_timeline",
    summary="What happened, in sentences",
    responses=responses(401, 403, 404, 503),
)
@open_to(*STAFF)
async def read_timeline(desk: DeskNow, caller: Asker, case: str) -> Timeline:
    """Replayed from the case's history with today's code: neither a log kept beside it nor a copy of it."""
    home = await desk.homes.enter(caller, case)
    try:
        entries = await desk.commands.timeline(home.case)
    except CaseEnded:
        raise CaseUnknown from None
    except StoryUntold:
        _log.error("today's code does not follow the history", case=home.case)
        raise Fault from None
    return Timeline(case=home.case, items=[TimelineLine.model_validate(each, from_attributes=True) for each in entries])


@router.get(
    "/cases/{case}/history",
    operation_id="export_history",
    summary="The case's histories, for a replay elsewhere",
    response_class=Response,
    responses={
        200: {"description": "Every run of the case's workflow", "content": {"application/json": {}}},
        **responses(401, 403, 404, 503),
    },
)
@open_to(Role.AUDITOR, Role.SUPERVISOR, Role.CENTRE_MANAGER, Role.QUALITY)
async def export_history(desk: DeskNow, caller: Asker, case: str) -> Response:
    """All runs with their checksums. Personal words in it stay sealed; `redress replay FILE` checks it strictly."""
    home = await desk.homes.enter(caller, case)
    try:
        exported = await desk.commands.history(home.case)
    except CaseEnded:
        raise CaseUnknown from None
    headers = {"Content-Disposition": f'attachment; filename="{home.case}.json"'}
    return Response(exported.to_text(), media_type="application/json", headers=headers)

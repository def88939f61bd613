"""GET /v1/cases/{case}/duplicates: other complaints that are likely about the same matter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from fastapi import APIRouter

from api.edge_refusals import CaseUnknown
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.schemas.duplicates import AlikeShown, DuplicateList, DuplicateShown
from db.duplicates import likely_duplicates
from db.reads import find_case
from domain.complaint.linking.likely import Found, ranked
from domain.people import Role
from domain.view import CaseView, Kind

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["cases"])


@router.get(
    "/cases/{case}/duplicates",
    operation_id="list_duplicates",
    summary="Other complaints that are likely about the same matter",
    responses=responses(401, 403, 404, 503),
)
@open_to(Role.AGENT, Role.SUPERVISOR, Role.CENTRE_MANAGER)
async def read_duplicates(desk: DeskNow, caller: Asker, case: str) -> DuplicateList:
    """By order and line, by customer within the policy's days, by photos that look alike; link or merge what is one."""
    home = await desk.homes.enter(caller, case)
    async with desk.database.reading() as session:
        view = await find_case(session, home.shop, home.case)
        if view is None or view.kind is not Kind.COMPLAINT:
            raise CaseUnknown
        policy = (await desk.policies.of_case(session, view)).policy
        found = await likely_duplicates(session, view, timedelta(days=policy.duplicate_days.value))
    known = _known(view)
    return DuplicateList(case=home.case, items=[_shown(each, view, known) for each in ranked(found)])


def _known(view: CaseView) -> frozenset[str]:
    """Cases that this one is linked or merged with."""
    story = view.story or {}
    parts = [*cast("list[Any]", story.get("links", [])), *cast("list[Any]", story.get("taken_in", []))]
    return frozenset({*(part["case"] for part in parts), str(story.get("merged_into", ""))})


def _shown(found: Found, mine: CaseView, known: frozenset[str]) -> DuplicateShown:
    other = found.view
    return DuplicateShown(
        case=other.case,
        state=other.state,
        problem=other.problem,
        handler=other.handler,
        opened_at=other.opened_at,
        closed_at=other.closed_at,
        reasons=list(found.reasons),
        photos=[AlikeShown.model_validate(each, from_attributes=True) for each in found.photos],
        linked=other.case in known,
        came_first=(other.opened_at, other.case) < (mine.opened_at, mine.case),
    )

"""POST /v1/parcels, the returns that a parcel may belong to, and the register of unidentified parcels."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from fastapi import APIRouter, Response

from api.docking import leads_now, take_in
from api.edge_refusals import CaseUnknown, FieldsUnfit
from api.headers import IdempotencyKey, etag
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import Cursor, Limit, kept_view
from api.schemas.case import CaseAnswer, answered
from api.schemas.parcel import CandidateList, ParcelBody, UnidentifiedLine, UnidentifiedPage, candidate_shown
from db.case_lists import CaseFilters, Sort, list_cases
from db.cursors import BadCursor
from domain.dock.leads import seen_of
from domain.dock.matching import candidates
from domain.people import Role
from domain.view import CaseView, Kind

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["parcels"])

AT_THE_DOCK = (Role.WAREHOUSE, Role.LOGISTICS, Role.AGENT, Role.SUPERVISOR, Role.INTEGRATION)
FINDERS = (Role.WAREHOUSE, Role.LOGISTICS, Role.AGENT, Role.SUPERVISOR, Role.CENTRE_MANAGER, Role.AUDITOR)


@router.post(
    "/parcels",
    status_code=201,
    operation_id="take_in_parcel",
    summary="Record a parcel at the dock",
    responses=responses(400, 401, 403, 413, 422, 503),
)
@open_to(*AT_THE_DOCK)
async def take_in_parcel(
    desk: DeskNow, caller: Asker, key: IdempotencyKey, body: ParcelBody, response: Response
) -> CaseAnswer:
    """Record what the warehouse has in its hands; the answer says at once to which return it belongs, if certain.

    It is when one open return knows its tracking number, or the card names one. Else the parcel is unidentified:
    `story.candidates` are the returns it may belong to, and a person matches it. The same key and body again answer as
    the first time.
    """
    taken = await take_in(desk, caller, body, key)
    response.headers["Location"] = f"/v1/cases/{taken.view.case}"
    response.headers["ETag"] = etag(taken.view.version)
    if taken.repeated:
        response.headers["Idempotent-Replayed"] = "true"
    return answered(taken.view, taken.offers, to=caller)


@router.get(
    "/parcels/{parcel}/candidates",
    operation_id="list_candidates",
    summary="The returns that a parcel may belong to, as they stand now",
    responses=responses(401, 403, 404, 503),
)
@open_to(*FINDERS)
async def read_candidates(desk: DeskNow, caller: Asker, parcel: str) -> CandidateList:
    """Looked up anew by tracking number, card, order, customer id, phone, goods and name; weight and date count too."""
    home = await desk.homes.enter(caller, parcel)
    if home.kind is not Kind.PARCEL:
        raise CaseUnknown
    view = await kept_view(desk, home)
    found = candidates(seen_of(view), await leads_now(desk, view), view.opened_at)
    return CandidateList(items=[candidate_shown(each) for each in found])


@router.get(
    "/registers/unidentified-parcels",
    operation_id="read_unidentified_parcels",
    summary="Parcels of which nobody knows whose they are, with their age and owner",
    responses=responses(401, 403, 422, 503),
)
@open_to(*FINDERS)
async def read_unidentified_parcels(
    *, desk: DeskNow, caller: Asker, cursor: Cursor = None, limit: Limit = 50
) -> UnidentifiedPage:
    """What is due first, first; after 48 hours without an owner the supervisor has heard of it."""
    wanted, now = CaseFilters(kind=Kind.PARCEL, state="unidentified"), datetime.now(UTC)
    async with desk.database.reading() as session:
        try:
            page = await list_cases(session, caller.at_shop, wanted, cursor, limit, Sort.DUE)
        except BadCursor as bad:
            raise FieldsUnfit(("cursor", str(bad))) from None
    return UnidentifiedPage(items=[_line(view, now) for view in page.items], next=page.next)


def _line(view: CaseView, now: datetime) -> UnidentifiedLine:
    story = cast("dict[str, Any]", view.story)
    running = next((clock for clock in reversed(view.clocks) if clock.ended_at is None), None)
    return UnidentifiedLine(
        parcel=view.case,
        received_at=view.opened_at,
        hours_here=max(now - view.opened_at, timedelta()) // timedelta(hours=1),
        owner=story["owner"]["name"] if story["owner"] else None,
        due_at=running.due_at if running is not None else None,
        overdue=running is not None and running.breached_at is not None,
        escalated_to=running.escalated_to if running is not None else None,
        seen=story["seen"],
        candidates=story["candidates"],
    )

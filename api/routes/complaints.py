"""POST /v1/complaints."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.headers import IdempotencyKey, etag
from api.opening import open_case
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.schemas.case import CaseAnswer, answered
from api.schemas.complaint import ComplaintBody
from domain.people import Role

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["cases"])

OPENERS = (Role.INTEGRATION, Role.AGENT, Role.SUPERVISOR, Role.PRE_SALES, Role.CALL_BACK)


@router.post(
    "/complaints",
    status_code=201,
    operation_id="open_complaint",
    summary="Open a complaint",
    responses=responses(400, 401, 403, 404, 409, 413, 422, 503),
)
@open_to(*OPENERS)
async def open_complaint(
    desk: DeskNow, caller: Asker, key: IdempotencyKey, body: ComplaintBody, response: Response
) -> CaseAnswer:
    """Open a case, whatever is still missing: what is, the case asks for.

    The same key and body again answer with the same case as it was opened (`Idempotent-Replayed: true`); the same key
    with another body is refused.
    """
    opened = await open_case(desk, caller, body, key)
    response.headers["Location"] = f"/v1/cases/{opened.view.case}"
    response.headers["ETag"] = etag(opened.view.version)
    if opened.repeated:
        response.headers["Idempotent-Replayed"] = "true"
    return answered(opened.view, opened.offers, to=caller)

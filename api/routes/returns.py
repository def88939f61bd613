"""POST /v1/returns."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.headers import IdempotencyKey, etag
from api.opening import DirectReturn, open_case
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.complaints import OPENERS
from api.schemas.case import answered
from api.schemas.goods_return import ReturnAnswer, ReturnBody

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["cases"])


@router.post(
    "/returns",
    status_code=201,
    operation_id="open_return",
    summary="Open a return",
    responses=responses(400, 401, 403, 404, 409, 413, 422, 503),
)
@open_to(*OPENERS)
async def open_return(
    desk: DeskNow, caller: Asker, key: IdempotencyKey, body: ReturnBody, response: Response
) -> ReturnAnswer:
    """Open a return of goods that nothing is wrong with.

    The shop's rule is asked first. Yes: the return is agreed, the customer hears how to send, and is repaid what was
    paid for what comes and passes. No: refused with reason and rule, nothing is opened. Not known: the case opens and
    an agent decides. The same key and body again answer with the same case (`Idempotent-Replayed: true`).
    """
    said = body.model_dump(mode="json", exclude_defaults=True)
    opened = await open_case(desk, caller, body.complaint(), key, DirectReturn(body.condition(), said))
    case, goods = opened.view.case, f"{opened.view.case}-R1" if opened.agreed else None
    response.headers["Location"] = f"/v1/cases/{case}"
    response.headers["ETag"] = etag(opened.view.version)
    if opened.repeated:
        response.headers["Idempotent-Replayed"] = "true"
    answer = answered(opened.view, opened.offers, to=caller)
    return ReturnAnswer(
        case=answer.case,
        steps=answer.steps,
        complaint_url=f"/v1/cases/{case}",
        return_case=goods,
        return_url=f"/v1/cases/{goods}" if goods is not None else None,
    )

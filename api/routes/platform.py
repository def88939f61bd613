"""POST /v1/platform-news: what the platform tells of refund requests and disputes, signed by the shop's connector."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict

from api.edge_refusals import DeskUnavailable, FieldsUnfit
from api.problems import responses
from api.route import DeskNow
from api.schemas.order import Instant
from api.signed_route import SIGNED, SignedRoute
from api.texts import Line
from api.webhook_refusals import NewsSaidOtherwise, NewsUnsigned
from db.kept_news import NewsDiffer, keep_news
from db.webhooks import Takes, Webhook
from upkeep.kept_news import hand_over
from upkeep.platform_words import NewsUnreadable, PlatformSaid, kept_of


class PlatformRoute(SignedRoute):
    """Signed by the connector of the shop's platform."""

    takes = Takes.PLATFORM
    named_in = "connector"
    unsigned = NewsUnsigned


router = APIRouter(prefix="/v1", route_class=PlatformRoute, tags=["platform"], dependencies=[SIGNED])


class PlatformBody(BaseModel):
    """News of the platform, told as Standard Webhooks tells things."""

    model_config = ConfigDict(
        extra="forbid",
        title="PlatformNews",
        json_schema_extra={
            "example": {
                "type": "platform.news",
                "timestamp": "2026-11-25T03:10:02Z",
                "data": {
                    "news": "tm-000017",
                    "kind": "refund_request",
                    "reference": "TM-RQ-4711",
                    "order": "T-1001",
                    "said": "opened",
                    "at": "2026-11-25T03:10:00Z",
                    "due_at": "2026-11-27T03:10:00Z",
                    "amount": {"amount": "89.00", "currency": "CNY"},
                },
            }
        },
    )

    type: Literal["platform.news"]
    timestamp: Instant | None = None
    data: PlatformSaid


class PlatformTaken(BaseModel):
    """Kept under its id; `case` took it, or null while no complaint is about the order: it is given to it then."""

    news: str
    case: str | None


@router.post(
    "/platform-news",
    status_code=202,
    operation_id="tell_platform_news",
    summary="News of a refund request or dispute",
    responses=responses(400, 401, 409, 413, 422, 503),
)
async def tell_platform_news(
    desk: DeskNow,
    request: Request,
    body: PlatformBody,
    connector: Annotated[Line, Query(max_length=64, description="The webhook that takes `platform`")],
) -> PlatformTaken:
    """Kept at once, whatever the order in which news come, and handed to the complaint about the order.

    Without one they wait for it and stand in `GET /v1/registers/platform-clocks` meanwhile. What has been answered 202
    is not lost, also when the case cannot be reached just now.
    """
    del connector  # the route has found it, by its signature
    sender: Webhook = request.state.sender
    try:
        kept = kept_of(sender.shop, desk.index, body.data, "webhook")
    except NewsUnreadable as unreadable:
        raise FieldsUnfit(*unreadable.wrong) from None
    try:
        async with desk.database.writing() as session:
            stands = await keep_news(session, kept)
    except NewsDiffer:
        raise NewsSaidOtherwise(field="data.news", news=body.data.news) from None
    if stands.told_at is not None:
        return PlatformTaken(news=kept.news, case=stands.case)
    try:
        took = await hand_over(desk.database, stands, desk.commands.outside_news)
    except DeskUnavailable:
        took = []  # it is kept; the worker hands it over
    return PlatformTaken(news=kept.news, case=took[0] if took else None)

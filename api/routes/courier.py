"""POST /v1/courier-news: what a courier tells of a parcel."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.desk import Desk
from api.edge_refusals import DeskUnavailable
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.schemas.lists import NewsTaken
from api.schemas.order import Instant
from api.signed_route import SIGNED, SignedRoute
from api.texts import Line
from api.webhook_refusals import NewsSaidOtherwise, NewsUnsigned
from db.kept_news import KeptNews, NewsDiffer, Source, keep_news
from db.webhooks import Takes, Webhook
from domain.goods_return.steps import CourierStatus
from domain.people import Actor, Role
from upkeep.kept_news import SIGNALS, hand_over
from workflows.news import CourierNews

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["returns"])

COURIER = Actor(person="courier", role=Role.INTEGRATION, name="courier")
"""Who tells, by whichever connector."""


class CourierNewsBody(BaseModel):
    """One message of a courier; the same `message_id` again counts once."""

    model_config = ConfigDict(
        extra="forbid",
        title="CourierNews",
        json_schema_extra={
            "example": {
                "message_id": "sf-20261125-000017",
                "tracking": "SF1234567890",
                "status": "in_transit",
                "at": "2026-11-25T03:10:00Z",
            }
        },
    )

    message_id: Annotated[Line, StringConstraints(min_length=1, max_length=120)]
    tracking: Annotated[Line, StringConstraints(min_length=4, max_length=64)]
    status: CourierStatus
    at: Instant = Field(description="When the courier saw it")


@router.post(
    "/courier-news",
    status_code=202,
    operation_id="tell_courier_news",
    summary="News of a parcel",
    responses=responses(400, 401, 403, 409, 413, 422, 503),
)
@open_to(Role.INTEGRATION, Role.LOGISTICS)
async def tell_courier_news(desk: DeskNow, caller: Asker, body: CourierNewsBody) -> NewsTaken:
    """Tell the return that expects the parcel, and the complaints that watch it.

    News of a parcel that nobody expects yet are kept, and given to its case once that waits for the number.
    """
    return await told(desk, caller.at_shop, body, Actor(caller.person, caller.role, caller.name), "key")


class TrackingRoute(SignedRoute):
    """Signed by the shop's courier or tracking service."""

    takes = Takes.TRACKING
    named_in = "connector"
    unsigned = NewsUnsigned


signed_router = APIRouter(prefix="/v1", route_class=TrackingRoute, tags=["returns"], dependencies=[SIGNED])


class TrackingBody(BaseModel):
    """News of a parcel, told as Standard Webhooks tells things."""

    model_config = ConfigDict(
        extra="forbid",
        title="TrackingNews",
        json_schema_extra={
            "example": {
                "type": "tracking.news",
                "data": {
                    "message_id": "sf-20261125-000017",
                    "tracking": "SF1234567890",
                    "status": "in_transit",
                    "at": "2026-11-25T03:10:00Z",
                },
            }
        },
    )

    type: Literal["tracking.news"]
    timestamp: Instant | None = None
    data: CourierNewsBody


@signed_router.post(
    "/tracking-news",
    status_code=202,
    operation_id="tell_tracking_news",
    summary="News of a parcel, signed by the courier's connector",
    responses=responses(400, 401, 409, 413, 422, 503),
)
async def tell_tracking_news(
    desk: DeskNow,
    request: Request,
    body: TrackingBody,
    connector: Annotated[Line, Query(max_length=64, description="The webhook that takes `tracking`")],
) -> NewsTaken:
    """As `/v1/courier-news`, signed with the secret of the connector, without a key; late, twice and early ones too."""
    del connector  # the route has found it, by its signature
    sender: Webhook = request.state.sender
    return await told(desk, sender.shop, body.data, COURIER, "webhook")


async def told(desk: Desk, shop: str, body: CourierNewsBody, actor: Actor, way: str) -> NewsTaken:
    """Keep the news under their id, and hand them to the returns that expect the parcel.

    Raises:
        NewsSaidOtherwise: other news of the parcel stand under this id. DatabaseUnavailable.
    """
    tracking = body.tracking.strip().upper()
    news = CourierNews(body.message_id, tracking, body.status, body.at.astimezone(UTC), actor)
    _, adapter = SIGNALS[Source.TRACKING]
    said = adapter.dump_python(news, mode="json")
    kept = KeptNews(shop, Source.TRACKING, f"{tracking}/{body.message_id}", tracking, said, way)
    try:
        async with desk.database.writing() as session:
            stands = await keep_news(session, kept)
    except NewsDiffer:
        raise NewsSaidOtherwise(field="message_id", news=body.message_id) from None
    if stands.told_at is not None and stands.case is not None:
        return NewsTaken(cases=[stands.case])
    try:
        return NewsTaken(cases=await hand_over(desk.database, stands, desk.commands.outside_news))
    except DeskUnavailable:
        return NewsTaken(cases=[])  # they are kept; the worker hands them over

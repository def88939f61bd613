"""POST /v1/courier-news: what a courier tells of a parcel."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.commands import CaseEnded
from api.edge_refusals import ParcelUnknown
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.schemas.lists import NewsTaken
from api.schemas.order import Instant
from api.texts import Line
from db.reads import cases_by_tracking
from domain.goods_return.steps import CourierStatus, TakeCourierNews
from domain.people import Actor, Role
from domain.view import Kind

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["returns"])


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
    responses=responses(400, 401, 403, 404, 413, 422, 503),
)
@open_to(Role.INTEGRATION, Role.LOGISTICS)
async def tell_courier_news(desk: DeskNow, caller: Asker, body: CourierNewsBody) -> NewsTaken:
    """Tell the return that expects the parcel. News of a parcel that nobody expects yet are refused.

    Send those again once the customer has reported the parcel.
    """
    tracking = body.tracking.strip().upper()
    async with desk.database.reading() as session:
        found = await cases_by_tracking(session, caller.at_shop, tracking)
    actor = Actor(caller.person, caller.role, caller.name)
    news = TakeCourierNews(actor=actor, tracking=tracking, status=body.status, seen_at=body.at.astimezone(UTC))
    told: list[str] = []
    for view in found:
        if view.kind is Kind.RETURN:
            try:
                await desk.commands.courier_news(view.case, news, body.message_id)
            except CaseEnded:
                continue  # the return is over; the news change nothing there
            told.append(view.case)
    if not told:
        raise ParcelUnknown(field="tracking")
    return NewsTaken(cases=told)

"""POST /v1/platform-news: what the platform tells of refund requests and disputes, signed by the shop's connector."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.edge_refusals import DeskUnavailable, FieldsUnfit
from api.problems import responses
from api.route import DeskNow
from api.schemas.money import MoneyBody
from api.schemas.order import Instant
from api.signed_route import SIGNED, SignedRoute
from api.texts import Line, OrderNumber
from api.webhook_refusals import NewsSaidOtherwise, NewsUnsigned
from db.kept_news import KeptNews, NewsDiffer, Source, keep_news
from db.webhooks import Takes, Webhook
from domain.complaint.on_platform.rules import lacking
from domain.complaint.on_platform.state import Favour, MatterKind, Said
from domain.complaint.on_platform.steps import TakePlatformNews
from domain.people import Actor, Role
from upkeep.kept_news import SIGNALS, hand_over
from workflows.news import PlatformNews


class PlatformRoute(SignedRoute):
    """Signed by the connector of the shop's platform."""

    takes = Takes.PLATFORM
    named_in = "connector"
    unsigned = NewsUnsigned


router = APIRouter(prefix="/v1", route_class=PlatformRoute, tags=["platform"], dependencies=[SIGNED])

PLATFORM = Actor(person="platform", role=Role.INTEGRATION, name="platform")
"""Who tells, by whichever connector and way."""
Id = Annotated[Line, StringConstraints(min_length=1, max_length=64)]


class PlatformSaid(BaseModel):
    """One thing that the platform tells; no word about the customer."""

    model_config = ConfigDict(extra="forbid")

    news: Annotated[Line, StringConstraints(min_length=1, max_length=120)] = Field(
        description="The platform's own id of this message; the same again counts once, by webhook or poll"
    )
    kind: MatterKind
    reference: Id = Field(description="The platform's number of the refund request or dispute")
    order: OrderNumber
    said: Said
    at: Instant = Field(description="When, by the platform's own clock; news may come in any order")
    due_at: Instant | None = Field(default=None, description="Of opened and extended: until when it is to be answered")
    amount: MoneyBody | None = None
    payment: Annotated[Line, StringConstraints(max_length=64)] = Field(
        default="", description="Of paid: the platform's number of the payment"
    )
    favour: Favour | None = Field(default=None, description="Of decided: for whom")


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


def kept_of(shop: str, order_index: str, said: PlatformSaid, way: str) -> KeptNews:
    """The message as it is kept and handed over.

    Raises:
        FieldsUnfit: it lacks what its kind of news says.
    """
    step = TakePlatformNews(
        actor=PLATFORM,
        news=said.news,
        kind=said.kind,
        reference=said.reference,
        said=said.said,
        when=said.at.astimezone(UTC),
        due_at=said.due_at.astimezone(UTC) if said.due_at is not None else None,
        amount=said.amount.money() if said.amount is not None else None,
        payment=said.payment,
        favour=said.favour,
    )
    wrong = [("data", each) for each in lacking(step)]
    if wrong:
        raise FieldsUnfit(*wrong)
    _, adapter = SIGNALS[Source.PLATFORM]
    told = adapter.dump_python(PlatformNews(step), mode="json")
    return KeptNews(shop, Source.PLATFORM, said.news, order_index, told, way, f"{said.kind}/{said.reference}")


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
    mark = desk.index.order(sender.shop, body.data.order)
    kept = kept_of(sender.shop, mark, body.data, "webhook")
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

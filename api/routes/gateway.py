"""POST /v1/gateway/receipts: what became of a message, told by the shop's own gateway under its signature."""

from __future__ import annotations

from datetime import UTC
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.commands import CaseEnded
from api.problems import responses
from api.route import DeskNow
from api.schemas.order import Instant
from api.signed_route import SIGNED, SignedRoute
from api.texts import Line
from api.webhook_refusals import CaseIsOver, MessageNotOurs, ReceiptUnsigned
from db.deliveries import Outcome, Receipt
from db.receipts import MessageUnknown, note_receipt
from db.webhooks import Takes, Webhook
from domain.people import Actor, Role
from workflows.ids import read_gateway_message
from workflows.news import ReceiptNews


class ReceiptRoute(SignedRoute):
    """Signed by the shop's gateway."""

    takes = Takes.MESSAGES
    named_in = "gateway"
    unsigned = ReceiptUnsigned


router = APIRouter(prefix="/v1", route_class=ReceiptRoute, tags=["webhooks"], dependencies=[SIGNED])

Word = Annotated[Line, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9_.-]*$")]


class ReceiptSaid(BaseModel):
    """What became of one message; no word about the customer."""

    model_config = ConfigDict(extra="forbid")

    message: Annotated[Line, StringConstraints(min_length=1, max_length=128)] = Field(
        description="The id under which the desk sent it"
    )
    result: Literal["delivered", "failed"]
    at: Instant = Field(description="When the gateway saw that; of several receipts the latest counts")
    code: Word = Field(default="", description="Why it failed, in the gateway's own code")
    medium: Word = Field(default="", description="By which medium it went, such as sms or wechat")


class ReceiptBody(BaseModel):
    """A receipt, told as Standard Webhooks tells things; the same again counts once."""

    model_config = ConfigDict(
        extra="forbid",
        title="GatewayReceipt",
        json_schema_extra={
            "example": {
                "type": "message.receipt",
                "timestamp": "2026-11-25T03:10:02Z",
                "data": {
                    "message": "msg_AS-2026-000001_1_1",
                    "result": "delivered",
                    "at": "2026-11-25T03:10:00Z",
                    "medium": "sms",
                },
            }
        },
    )

    type: Literal["message.receipt"]
    timestamp: Instant | None = None
    data: ReceiptSaid


class ReceiptTaken(BaseModel):
    """How the message stands with this receipt: `sent`, `delivered` or `undelivered`."""

    message: str
    state: str


@router.post(
    "/gateway/receipts",
    status_code=202,
    operation_id="take_gateway_receipt",
    summary="The gateway's receipt",
    responses=responses(400, 401, 404, 409, 413, 422, 503),
)
async def take_receipt(
    desk: DeskNow,
    request: Request,
    body: ReceiptBody,
    gateway: Annotated[Line, Query(max_length=64, description="As it stands in `receipts_to` of the message")],
) -> ReceiptTaken:
    """It stands in the delivery ledger. A message that failed becomes a task for a person who tells the customer.

    Receipts may come late, twice and in any order; sign each with the secret under which the messages come.
    """
    del gateway  # the route has found it, by its signature
    known: Webhook = request.state.sender
    said = body.data
    named = read_gateway_message(said.message)
    if named is None:
        raise MessageNotOurs(field="data.message")
    case, letter, round_ = named
    result = Outcome.DELIVERED if said.result == "delivered" else Outcome.UNDELIVERED
    receipt = Receipt(said.at.astimezone(UTC), result, said.code, said.medium, round_)
    try:
        async with desk.database.writing() as session:
            stands = await note_receipt(session, known.shop, case, letter, receipt)
    except MessageUnknown:
        raise MessageNotOurs(field="data.message") from None
    if stands is Outcome.UNDELIVERED:
        why = f"the gateway could not deliver it{f' ({said.code})' if said.code else ''}"
        actor = Actor(person=known.webhook, role=Role.INTEGRATION, name="gateway")
        try:
            await desk.commands.gateway_receipt(case, ReceiptNews(said.message, letter, round_, why, actor))
        except CaseEnded:
            raise CaseIsOver(field="data.message") from None
    return ReceiptTaken(message=said.message, state=stands.value)

"""POST /v1/gateway/receipts: what became of a message, told by the shop's own gateway under its signature."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response, Security
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from adapters.vault import KeyDestroyed
from adapters.webhooks.signing import SIGNATURE, SignatureWrong, verified
from api.commands import CaseEnded
from api.desk import Desk
from api.problems import responses
from api.route import JSON_MOST, DeskNow, read_within, the_desk
from api.schemas.order import Instant
from api.texts import Line
from api.webhook_refusals import CaseIsOver, MessageNotOurs, ReceiptUnsigned
from db.deliveries import Outcome, Receipt
from db.receipts import MessageUnknown, note_receipt
from db.webhooks import Takes, Webhook, find_webhook
from domain.people import Actor, Role
from workflows.ids import read_gateway_message
from workflows.news import ReceiptNews


def signed_route(takes: Takes) -> type[APIRoute]:
    """Routes for gateways of that kind: the body is read, bounded and its signature checked before anything else."""

    class SignedRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def checked(request: Request) -> Response:
                desk = await the_desk(request)
                await read_within(request, JSON_MOST)
                request.state.gateway = await _signed_by(desk, request, takes)
                return await handle(request)

            return checked

    return SignedRoute


async def _signed_by(desk: Desk, request: Request, takes: Takes) -> Webhook:
    """The gateway that signed this request. An unknown one is answered as a wrong signature.

    Raises:
        ReceiptUnsigned: nobody did who holds the secret. DatabaseUnavailable, SealBroken.
    """
    named = request.query_params.get("gateway", "")
    async with desk.database.reading() as session:
        gateway = await find_webhook(session, named) if named.isascii() and named.isprintable() else None
    if gateway is None or gateway.takes is not takes:
        raise ReceiptUnsigned
    now = datetime.now(UTC)
    try:
        secrets = [await desk.vault.open(gateway.shop, sealed) for sealed in gateway.secrets_at(now)]
        verified(secrets, request.headers, await request.body(), now)
    except (SignatureWrong, KeyDestroyed):
        raise ReceiptUnsigned from None
    return gateway


SIGNED = Security(
    APIKeyHeader(name=SIGNATURE, scheme_name="signature", auto_error=False, description="Standard Webhooks, `v1`")
)

router = APIRouter(prefix="/v1", route_class=signed_route(Takes.MESSAGES), tags=["webhooks"], dependencies=[SIGNED])

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
    known: Webhook = request.state.gateway
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

"""POST /v1/gateway/payments: what the shop's payment gateway tells by itself, under its signature."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.problems import responses
from api.route import DeskNow
from api.routes.gateway import Word
from api.schemas.money import MoneyBody
from api.schemas.order import Instant
from api.signed_route import SIGNED, SignedRoute
from api.texts import Line
from api.webhook_refusals import PaymentNotOurs, ReceiptUnsigned, SlipIsOver
from db.gateway_notices import Notice, note_heard, note_notice
from db.webhooks import Takes, Webhook
from domain.payment.gateway.state import Heard, Stands
from upkeep.kept_notices import news_of


class NoticeRoute(SignedRoute):
    """Signed by the shop's payment gateway."""

    takes = Takes.PAYMENTS
    named_in = "gateway"
    unsigned = ReceiptUnsigned


router = APIRouter(prefix="/v1", route_class=NoticeRoute, tags=["webhooks"], dependencies=[SIGNED])

_SLIP = re.compile(r"([0-9]{4})-([0-9]{6,12})", re.ASCII)
Reference = Annotated[Line, StringConstraints(max_length=64, pattern=r"^[!-~]*$")]


class NoticeSaid(BaseModel):
    """What became of one payment; no word about the customer."""

    model_config = ConfigDict(extra="forbid")

    payment: Annotated[Line, StringConstraints(min_length=1, max_length=64)] = Field(
        description="The key under which the desk sent it: the slip's number"
    )
    state: Literal["paid", "refused", "pending", "reversed"]
    reference: Reference = Field(default="", description="The gateway's own number of the payment or reversal")
    amount: MoneyBody | None = Field(default=None, description="What it moved")
    account_mark: Reference = Field(default="", description="As it stood in the order, of the account it went to")
    code: Word = Field(default="", description="Why, in the gateway's own code")
    at: Instant = Field(description="When that happened")


class NoticeBody(BaseModel):
    """A notice, told as Standard Webhooks tells things; the same again counts once."""

    model_config = ConfigDict(
        extra="forbid",
        title="PaymentNotice",
        json_schema_extra={
            "example": {
                "type": "payment.notice",
                "timestamp": "2026-11-26T03:10:02Z",
                "data": {
                    "payment": "2026-000017",
                    "state": "paid",
                    "reference": "GW-20261126-1",
                    "amount": {"amount": "50.00", "currency": "CNY"},
                    "at": "2026-11-26T03:10:00Z",
                },
            }
        },
    )

    type: Literal["payment.notice"]
    timestamp: Instant | None = None
    data: NoticeSaid


class NoticeTaken(BaseModel):
    """The notice is on record and the slip is told."""

    payment: str
    slip: str = Field(description="The case number of the slip")


@router.post(
    "/gateway/payments",
    status_code=202,
    operation_id="take_payment_notice",
    summary="The payment gateway's notice",
    responses=responses(400, 401, 404, 409, 413, 422, 503),
)
async def take_notice(
    desk: DeskNow,
    request: Request,
    body: NoticeBody,
    gateway: Annotated[Line, Query(max_length=64, description="As it stands in `notices_to` of the order")],
) -> NoticeTaken:
    """One message to the slip. Notices may come before the answer to the order, late, twice and in any order.

    What contradicts the slip's own record changes nothing and opens a task for finance with both.
    """
    del gateway  # the route has found it, by its signature
    known: Webhook = request.state.sender
    said = body.data
    named = _SLIP.fullmatch(said.payment)
    if named is None:
        raise PaymentNotOurs(field="data.payment")
    amount = said.amount.money() if said.amount is not None else None
    heard = Heard(Stands(said.state), said.reference, amount, said.account_mark, reply=said.code)
    notice = Notice(known.shop, int(named[1]), int(named[2]), heard, known.webhook, said.at.astimezone(UTC))
    async with desk.database.writing() as session:
        slip = await note_notice(session, notice)
    if slip is None:
        raise PaymentNotOurs(field="data.payment")
    taken = await desk.commands.outside_news(slip, "gateway_told", news_of(notice))
    async with desk.database.writing_once() as session:
        await note_heard(session, notice)
    if not taken:
        raise SlipIsOver(field="data.payment")
    return NoticeTaken(payment=said.payment, slip=slip)

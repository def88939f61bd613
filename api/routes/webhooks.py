"""Webhooks: who is told of the shop's cases, with which secret; what was told, and telling it again."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.exc import IntegrityError

from api.edge_refusals import FieldsUnfit, NoSuchThing
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import Cursor, Limit
from api.schemas.order import Instant
from api.webhook_parts import (
    ANY_SHOP,
    Address,
    Event,
    Named,
    WebhookDeliveryPage,
    WebhookMade,
    WebhookShown,
    delivery_shown,
    fit_address,
    may_change,
    sealed_secret,
    shop_of,
    shown,
    the_webhook,
)
from api.webhook_refusals import WebhookIsOff, WebhooksFull, WebhookThere
from db.subject_keys import destroy_key
from db.webhook_deliveries import DeliveryState, add_test, deliveries_of, replay, send_again
from db.webhooks import (
    MOST_A_SHOP,
    Takes,
    TooManyWebhooks,
    Webhook,
    WebhookKnown,
    WebhookState,
    add_webhook,
    change_webhook,
    drop_webhook,
    new_id,
    rotate,
    webhooks_of,
)
from domain.people import Role

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["webhooks"])

KEEPERS = (Role.ADMINISTRATOR, Role.INTEGRATION)
LONGEST_TWO_SECRETS = 7 * 24
Number = Annotated[int, Path(ge=1, lt=2**63)]


class WebhookBody(BaseModel):
    """A new webhook. `takes`: `events` of cases; the `messages` to customers, as the shop's SMS or chat gateway; its
    `payments`, as the shop's payment gateway; or none, when it is the connector that tells news of the `platform`, or
    `tracking` of parcels, signed."""

    model_config = ConfigDict(
        extra="forbid",
        title="NewWebhook",
        json_schema_extra={
            "example": {"url": "https://shop.example/redress", "events": ["complaint.opened", "*.closed"]}
        },
    )

    url: Address
    events: list[Event] = Field(default=[], max_length=60, description="Empty: events of every kind")
    takes: Takes = Takes.EVENTS

    @model_validator(mode="after")
    def _gateways_take_no_events(self) -> WebhookBody:
        if self.takes is not Takes.EVENTS and self.events:
            raise ValueError("a gateway or connector takes no events; make a webhook of its own for those")
        return self


class WebhookChange(BaseModel):
    """What is to be changed; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"state": "on"}})

    url: Address | None = None
    events: list[Event] | None = Field(default=None, max_length=60)
    state: WebhookState | None = None


class RotationBody(BaseModel):
    """For how long the present secret signs beside the new one."""

    model_config = ConfigDict(extra="forbid", title="Rotation", json_schema_extra={"example": {"old_valid_hours": 24}})

    old_valid_hours: int = Field(default=24, ge=0, le=LONGEST_TWO_SECRETS)


class ReplayBody(BaseModel):
    """From which instant on; what was delivered is left out unless `everything` is asked for."""

    model_config = ConfigDict(
        extra="forbid", title="Replay", json_schema_extra={"example": {"since": "2026-11-23T00:00:00Z"}}
    )

    since: Instant
    everything: bool = False


class Sent(BaseModel):
    """How many deliveries are sent from now on."""

    deliveries: int


class WebhookList(BaseModel):
    """The webhooks of the shop."""

    items: list[WebhookShown]


@router.get(
    "/webhooks",
    operation_id="list_webhooks",
    summary="The shop's webhooks",
    responses=responses(401, 403, 404, 503),
)
@open_to(*KEEPERS)
async def read_webhooks(desk: DeskNow, caller: Asker, shop: ANY_SHOP = None) -> WebhookList:
    """Without their secrets; those that were switched off too, with the reason."""
    async with desk.database.reading() as session:
        found = await webhooks_of(session, shop_of(caller, shop))
    return WebhookList(items=[WebhookShown(**shown(each)) for each in found])


@router.post(
    "/webhooks",
    status_code=201,
    operation_id="add_webhook",
    summary="Subscribe",
    responses=responses(400, 401, 403, 404, 409, 413, 422, 503),
)
@open_to(*KEEPERS)
async def make_webhook(desk: DeskNow, caller: Asker, body: WebhookBody, shop: ANY_SHOP = None) -> WebhookMade:
    """Every later event of the kinds it wants is sent to the address, signed with the secret that this answer shows."""
    mine, webhook = shop_of(caller, shop), new_id()
    may_change(caller, body.takes)
    url = await fit_address(desk, body.url)
    secret, sealed = await sealed_secret(desk, mine, webhook)
    try:
        async with desk.database.writing() as session:
            made = await add_webhook(session, webhook, mine, body.takes, url, body.events, sealed)
    except TooManyWebhooks:
        raise WebhooksFull(most=MOST_A_SHOP) from None
    except WebhookKnown:
        raise WebhookThere(field="url") from None
    except IntegrityError:
        raise NoSuchThing(what="shop") from None
    return WebhookMade(**shown(made), secret=secret)


@router.get(
    "/webhooks/{webhook}",
    operation_id="read_webhook",
    summary="One webhook",
    responses=responses(401, 403, 404, 422, 503),
)
@open_to(*KEEPERS)
async def read_webhook(desk: DeskNow, caller: Asker, webhook: Named, shop: ANY_SHOP = None) -> WebhookShown:
    """Without its secret."""
    async with desk.database.reading() as session:
        return WebhookShown(**shown(await the_webhook(session, webhook, shop_of(caller, shop))))


@router.patch(
    "/webhooks/{webhook}",
    operation_id="change_webhook",
    summary="Change a webhook, switch it on or off",
    responses=responses(400, 401, 403, 404, 409, 413, 422, 503),
)
@open_to(*KEEPERS)
async def alter_webhook(
    desk: DeskNow, caller: Asker, webhook: Named, body: WebhookChange, shop: ANY_SHOP = None
) -> WebhookShown:
    """While it is off its events are held; once it is on again, /replay sends what was missed."""
    url = await fit_address(desk, body.url) if body.url is not None else None
    try:
        async with desk.database.writing() as session:
            found = await the_webhook(session, webhook, shop_of(caller, shop))
            may_change(caller, found.takes)
            if found.takes is not Takes.EVENTS and body.events:
                raise FieldsUnfit(("events", "a gateway or connector takes no events"))
            changed = await change_webhook(session, webhook, url=url, events=body.events, state=body.state)
    except (WebhookKnown, IntegrityError):
        raise WebhookThere(field="url") from None
    return WebhookShown(**shown(changed))


@router.delete(
    "/webhooks/{webhook}",
    status_code=204,
    operation_id="delete_webhook",
    summary="Unsubscribe",
    responses=responses(401, 403, 404, 422, 503),
)
@open_to(*KEEPERS)
async def remove_webhook(desk: DeskNow, caller: Asker, webhook: Named, shop: ANY_SHOP = None) -> Response:
    """Its deliveries and its secret go with it."""
    mine = shop_of(caller, shop)
    async with desk.database.writing() as session:
        found = await the_webhook(session, webhook, mine)
        may_change(caller, found.takes)
        await drop_webhook(session, webhook)
        await destroy_key(session, mine, webhook)
    desk.vault.forget(mine, webhook)
    return Response(status_code=204)


@router.post(
    "/webhooks/{webhook}/rotate",
    operation_id="rotate_webhook_secret",
    summary="Rotate the signing secret",
    responses=responses(400, 401, 403, 404, 413, 422, 503),
)
@open_to(*KEEPERS)
async def rotate_secret(
    desk: DeskNow, caller: Asker, webhook: Named, body: RotationBody, shop: ANY_SHOP = None
) -> WebhookMade:
    """The new secret is shown this once. For some hours both sign, so that receivers change over without a gap."""
    mine = shop_of(caller, shop)
    async with desk.database.reading() as session:
        may_change(caller, (await the_webhook(session, webhook, mine)).takes)
    secret, sealed = await sealed_secret(desk, mine, webhook)
    until = datetime.now(UTC) + timedelta(hours=body.old_valid_hours)
    async with desk.database.writing() as session:
        await rotate(session, webhook, sealed, until)
        changed = await the_webhook(session, webhook, mine)
    return WebhookMade(**shown(changed), secret=secret)


@router.get(
    "/webhooks/{webhook}/deliveries",
    operation_id="list_webhook_deliveries",
    summary="What a webhook was sent",
    responses=responses(401, 403, 404, 422, 503),
)
@open_to(*KEEPERS)
async def read_webhook_deliveries(
    *,
    desk: DeskNow,
    caller: Asker,
    webhook: Named,
    shop: ANY_SHOP = None,
    state: Annotated[DeliveryState | None, Query(description="`dead`: given up after all tries")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> WebhookDeliveryPage:
    """Every event with each try and what came back, the newest first; kept for thirty days unless set otherwise."""
    async with desk.database.reading() as session:
        await the_webhook(session, webhook, shop_of(caller, shop))
        page = await deliveries_of(session, webhook, state, cursor, limit)
    return WebhookDeliveryPage(items=[delivery_shown(each) for each in page.items], next=page.next)


@router.post(
    "/webhooks/{webhook}/deliveries/{delivery}/resend",
    status_code=202,
    operation_id="resend_webhook_delivery",
    summary="Send one delivery again",
    responses=responses(401, 403, 404, 409, 422, 503),
)
@open_to(*KEEPERS)
async def resend_delivery(
    desk: DeskNow, caller: Asker, webhook: Named, delivery: Number, shop: ANY_SHOP = None
) -> Sent:
    """Whatever became of it, it is sent from now on, under the same id, with all its tries anew."""
    async with desk.database.writing() as session:
        _on(await the_webhook(session, webhook, shop_of(caller, shop)))
        if not await send_again(session, webhook, delivery):
            raise NoSuchThing(what="delivery")
    return Sent(deliveries=1)


@router.post(
    "/webhooks/{webhook}/replay",
    status_code=202,
    operation_id="replay_webhook",
    summary="Send again what was missed since an instant",
    responses=responses(400, 401, 403, 404, 409, 413, 422, 503),
)
@open_to(*KEEPERS)
async def replay_missed(desk: DeskNow, caller: Asker, webhook: Named, body: ReplayBody, shop: ANY_SHOP = None) -> Sent:
    """Dead and held deliveries since then, or all of them; each under its own id."""
    async with desk.database.writing() as session:
        _on(await the_webhook(session, webhook, shop_of(caller, shop)))
        number = await replay(session, webhook, body.since.astimezone(UTC), also_delivered=body.everything)
    return Sent(deliveries=number)


@router.post(
    "/webhooks/{webhook}/test",
    status_code=202,
    operation_id="test_webhook",
    summary="Send a test",
    responses=responses(401, 403, 404, 409, 422, 503),
)
@open_to(*KEEPERS)
async def send_a_test(desk: DeskNow, caller: Asker, webhook: Named, shop: ANY_SHOP = None) -> Sent:
    """An event `webhook.test` that is about no case, on the way of all others; its delivery says what came of it."""
    async with desk.database.writing() as session:
        found = await the_webhook(session, webhook, shop_of(caller, shop))
        _on(found)
        await add_test(session, webhook, f"evt_test_{secrets.token_hex(8)}", {"webhook": webhook})
    return Sent(deliveries=1)


def _on(webhook: Webhook) -> None:
    if webhook.state is WebhookState.OFF:
        raise WebhookIsOff

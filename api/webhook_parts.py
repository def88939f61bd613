"""What the routes of webhooks share: whose a webhook is, how one is shown, how a secret is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from adapters.webhooks.addresses import AddressRefused
from adapters.webhooks.signing import new_secret
from api.caller import Caller
from api.desk import Desk
from api.edge_refusals import NoShopHere, NoSuchThing
from api.texts import Line
from api.webhook_refusals import AddressUnfit, GatewayNotYours
from db.sessions import ReadSession
from db.webhook_deliveries import Delivery, DeliveryState
from db.webhooks import SECRET, Takes, Webhook, WebhookState, find_webhook
from domain.people import Role
from domain.sealed import Sealed
from domain.view import Kind

HAPPENED = ("opened", "moved", "changed", "closed", "reopened")
"""What may happen to a case, as webhooks tell it."""
EVENTS = tuple(sorted({f"{kind}.{what}" for kind in (*Kind, "*") for what in (*HAPPENED, "*")} - {"*.*"}))
"""Every kind of event that a webhook may ask for: `complaint.closed`, `payment.*`, `*.opened`, …"""
ANY_SHOP = Annotated[
    Line | None, Query(alias="shop", max_length=64, description="Only for an administrator of the whole installation")
]
Named = Annotated[str, Path(pattern="^wh_[0-9a-f]{16}$")]
Address = Annotated[Line, StringConstraints(min_length=10, max_length=1000)]


def _known_event(name: str) -> str:
    if name not in EVENTS:
        raise ValueError("no such kind of event; they are named such as complaint.closed, payment.* or *.opened")
    return name


Event = Annotated[Line, AfterValidator(_known_event)]


class WebhookShown(BaseModel):
    """A webhook without its secret; instants UTC."""

    model_config = ConfigDict(title="Webhook")

    webhook: str
    takes: Takes
    url: str
    events: list[str] = Field(description="Empty: events of every kind")
    state: WebhookState
    off_because: str = Field(description="`a_person`, `failing` or `gone` (it answered 410); empty while it is on")
    created_at: datetime
    failing_since: datetime | None = Field(description="Since when nothing was taken, if the last try failed")
    last_success_at: datetime | None
    old_secret_until: datetime | None = Field(description="Until then the secret before also signs")


class WebhookMade(WebhookShown):
    """A webhook with its signing secret, shown this once."""

    model_config = ConfigDict(title="WebhookMade")

    secret: str


class TriedShown(BaseModel):
    """One try; `answer` is the status that came back, or a word such as `timeout`."""

    attempt: int
    at: datetime
    taken: bool
    answer: str


class WebhookDeliveryShown(BaseModel):
    """One event on its way to a webhook, with every try."""

    delivery: int
    event: str = Field(description="The receiver's `webhook-id`, the same at each try")
    type: str
    case: str
    happened_at: datetime
    state: DeliveryState
    due_at: datetime | None = Field(description="When it is tried next, if it is")
    tried: list[TriedShown]
    data: dict[str, Any]


class WebhookDeliveryPage(BaseModel):
    """Deliveries of a webhook, the newest first."""

    items: list[WebhookDeliveryShown]
    next: str | None


def shop_of(caller: Caller, asked: str | None) -> str:
    """The shop that is meant: the caller's own; an administrator of the installation names one.

    Raises:
        NoSuchThing: another shop than the caller's. NoShopHere: none is named.
    """
    if caller.shop is not None:
        if asked is not None and asked != caller.shop:
            raise NoSuchThing(what="shop")
        return caller.shop
    if asked is None:
        raise NoShopHere
    return asked


def may_change(caller: Caller, takes: Takes) -> None:
    """Refuse to let a program point a gateway, to which customers' phones or the shop's money go, somewhere else.

    Raises:
        GatewayNotYours: only the shop's administrator does that.
    """
    if takes is not Takes.EVENTS and caller.role is not Role.ADMINISTRATOR:
        raise GatewayNotYours


async def the_webhook(session: ReadSession, webhook: str, shop: str) -> Webhook:
    """The shop's webhook.

    Raises:
        NoSuchThing: it has none of that id.
    """
    found = await find_webhook(session, webhook, shop)
    if found is None:
        raise NoSuchThing(what="webhook")
    return found


async def fit_address(desk: Desk, url: str) -> str:
    """The address, if webhooks may go there.

    Raises:
        AddressUnfit: they may not, and why.
    """
    try:
        await desk.addresses.check(url)
    except AddressRefused as refused:
        raise AddressUnfit(refused.code, refused.sentence) from None
    return url


async def sealed_secret(desk: Desk, shop: str, webhook: str) -> tuple[str, Sealed]:
    """A new secret, and the same as it is kept: sealed under a key of the webhook's own, which lies under the master's.

    Raises:
        SealBroken: the desk runs under another master key than before.
    """
    secret = new_secret()
    return secret, await desk.vault.seal(shop, webhook, SECRET, secret)


def shown(webhook: Webhook) -> dict[str, Any]:
    """A webhook as it is shown, without its secrets."""
    return {
        "webhook": webhook.webhook,
        "takes": webhook.takes,
        "url": webhook.url,
        "events": list(webhook.events),
        "state": webhook.state,
        "off_because": webhook.off_because,
        "created_at": webhook.created_at,
        "failing_since": webhook.failing_since,
        "last_success_at": webhook.last_success_at,
        "old_secret_until": webhook.old_secret_until,
    }


def delivery_shown(each: Delivery) -> WebhookDeliveryShown:
    """A delivery as it is shown."""
    return WebhookDeliveryShown(
        delivery=each.delivery,
        event=each.event,
        type=each.type,
        case=each.case,
        happened_at=each.happened_at,
        state=each.state,
        due_at=each.due_at if each.state is DeliveryState.DUE else None,
        tried=[TriedShown.model_validate(tried, from_attributes=True) for tried in each.tried],
        data=each.said,
    )

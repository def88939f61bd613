"""Who is told by webhook: a shop's subscriptions, and its two gateways, for messages to customers and for payments."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.tables.webhooks import webhook_deliveries, webhooks
from domain.sealed import Sealed

_BOX: TypeAdapter[Sealed] = TypeAdapter(Sealed)
MOST_A_SHOP = 20
"""Webhooks of one shop; each costs every change of a case a row."""
SECRET = "secret"  # noqa: S105  the field's name, as the vault binds it


class Takes(StrEnum):
    """What a webhook is for: events of cases, messages to customers (the shop's SMS or chat gateway), payments, or news
    from outside: its connector signs what it tells, and is asked at its address for what was missed."""

    EVENTS = "events"
    MESSAGES = "messages"
    PAYMENTS = "payments"
    PLATFORM = "platform"
    """Refund requests and disputes on the shop's platform."""
    TRACKING = "tracking"
    """Where parcels are, from a courier or a tracking service."""


class WebhookState(StrEnum):
    """Whether a webhook is sent to."""

    ON = "on"
    OFF = "off"


class OffBecause(StrEnum):
    """Who or what switched a webhook off."""

    A_PERSON = "a_person"
    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True)
class Webhook:
    """One webhook; instants UTC. Its secrets are sealed for the subject that bears the webhook's own id.

    events: the kinds it wants; empty: all. old_secret: signs beside the new one until `old_secret_until`.
    failing_since: since when no delivery succeeded, if the last one did not.
    """

    webhook: str
    shop: str
    takes: Takes
    url: str
    events: tuple[str, ...]
    state: WebhookState
    off_because: str
    created_at: datetime
    failing_since: datetime | None
    last_success_at: datetime | None
    secret: Sealed
    old_secret: Sealed | None
    old_secret_until: datetime | None

    def secrets_at(self, now: datetime) -> tuple[Sealed, ...]:
        """The secrets that sign at this instant, the newest first."""
        if self.old_secret is None or self.old_secret_until is None or self.old_secret_until <= now:
            return (self.secret,)
        return (self.secret, self.old_secret)


class TooManyWebhooks(Exception):  # noqa: N818  an answer to who asks for one more
    """The shop has as many webhooks as a shop may have."""


class WebhookKnown(Exception):  # noqa: N818  an answer to who asks for one more
    """The shop has a webhook at this address, or a gateway of that kind already."""


def new_id() -> str:
    """An opaque id for a webhook, made before its secret is sealed for it."""
    return f"wh_{secrets.token_hex(8)}"


async def add_webhook(  # noqa: PLR0917  what a webhook begins with
    session: WriteSession, webhook: str, shop: str, takes: Takes, url: str, events: Sequence[str], secret: Sealed
) -> Webhook:
    """Add a webhook, switched on.

    Raises:
        TooManyWebhooks, WebhookKnown: nothing was added.
        sqlalchemy.exc.IntegrityError: no such shop.
    """
    # Of two that add at once one waits here, so that neither counts without the other.
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('webhooks of ' || :shop))"), {"shop": shop})
    held = select(func.count()).select_from(webhooks).where(webhooks.c.shop == shop)
    if (await session.execute(held)).scalar_one() >= MOST_A_SHOP:
        raise TooManyWebhooks(shop)
    added = (
        insert(webhooks)
        .values(
            webhook=webhook,
            shop=shop,
            takes=takes.value,
            url=url,
            events=list(events),
            state=WebhookState.ON.value,
            off_because="",
            secret=_as_json(secret),
        )
        .on_conflict_do_nothing()
        .returning(webhooks)
    )
    row = (await session.execute(added)).one_or_none()
    if row is None:
        raise WebhookKnown(shop)
    return _webhook(row)


async def webhooks_of(session: ReadSession, shop: str) -> list[Webhook]:
    """Return the shop's webhooks, the first made first. One statement."""
    asked = select(webhooks).where(webhooks.c.shop == shop).order_by(webhooks.c.created_at, webhooks.c.webhook)
    return [_webhook(row) for row in await session.execute(asked)]


async def find_webhook(session: ReadSession, webhook: str, shop: str | None = None) -> Webhook | None:
    """Return the webhook, if there is one of that id (of that shop, if one is named). One statement."""
    asked = select(webhooks).where(webhooks.c.webhook == webhook)
    if shop is not None:
        asked = asked.where(webhooks.c.shop == shop)
    row = (await session.execute(asked)).one_or_none()
    return None if row is None else _webhook(row)


async def gateway_of(session: ReadSession, shop: str, takes: Takes = Takes.MESSAGES) -> Webhook | None:
    """Return the shop's gateway of that kind, if it has one that is switched on. One statement."""
    mine = (webhooks.c.shop == shop) & (webhooks.c.takes == takes.value)
    row = (await session.execute(select(webhooks).where(mine, webhooks.c.state == WebhookState.ON.value))).one_or_none()
    return None if row is None else _webhook(row)


async def webhooks_taking(session: ReadSession, takes: Takes) -> list[Webhook]:
    """Return the webhooks of all shops that are for this and switched on. One statement."""
    asked = select(webhooks).where(webhooks.c.takes == takes.value, webhooks.c.state == WebhookState.ON.value)
    return [_webhook(row) for row in await session.execute(asked.order_by(webhooks.c.webhook))]


async def change_webhook(
    session: WriteSession,
    webhook: str,
    *,
    url: str | None = None,
    events: Sequence[str] | None = None,
    state: WebhookState | None = None,
) -> Webhook:
    """Change what is given of a webhook. One that is switched on begins with a clean slate; what it held stays held.

    Raises:
        WebhookKnown: the shop has another one at this address.
    """
    changes: dict[str, Any] = {}
    if url is not None:
        changes["url"] = url
    if events is not None:
        changes["events"] = list(events)
    if state is WebhookState.ON:
        changes |= {"state": state.value, "off_because": "", "failing_since": None}
    elif state is WebhookState.OFF:
        await switch_off(session, webhook, OffBecause.A_PERSON)
    if url is not None:
        twin = select(webhooks.c.webhook).where(
            webhooks.c.url == url,
            webhooks.c.webhook != webhook,
            webhooks.c.shop == select(webhooks.c.shop).where(webhooks.c.webhook == webhook).scalar_subquery(),
        )
        if (await session.execute(twin)).first() is not None:
            raise WebhookKnown(webhook)
    if changes:
        await session.execute(update(webhooks).where(webhooks.c.webhook == webhook).values(changes))
    return _webhook((await session.execute(select(webhooks).where(webhooks.c.webhook == webhook))).one())


async def switch_off(session: WriteSession, webhook: str, because: OffBecause) -> None:
    """Send no more to it: what was due is held until somebody has it sent after all. Two statements."""
    off = {"state": WebhookState.OFF.value, "off_because": because.value}
    on = (webhooks.c.webhook == webhook) & (webhooks.c.state == WebhookState.ON.value)
    await session.execute(update(webhooks).where(on).values(off))
    due = (webhook_deliveries.c.webhook == webhook) & (webhook_deliveries.c.state == "due")
    await session.execute(update(webhook_deliveries).where(due).values(state="held"))


async def rotate(session: WriteSession, webhook: str, secret: Sealed, old_until: datetime) -> None:
    """Let a new secret sign; the present one signs beside it until `old_until`. One statement."""
    changed = {"secret": _as_json(secret), "old_secret": webhooks.c.secret, "old_secret_until": old_until}
    await session.execute(update(webhooks).where(webhooks.c.webhook == webhook).values(changed))


async def drop_webhook(session: WriteSession, webhook: str) -> None:
    """Delete a webhook with all its deliveries."""
    await session.execute(delete(webhooks).where(webhooks.c.webhook == webhook))
    await session.execute(delete(webhook_deliveries).where(webhook_deliveries.c.webhook == webhook))


def _as_json(sealed: Sealed) -> Any:
    return _BOX.dump_python(sealed, mode="json")


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(
        webhook=row.webhook,
        shop=row.shop,
        takes=Takes(row.takes),
        url=row.url,
        events=tuple(row.events),
        state=WebhookState(row.state),
        off_because=row.off_because,
        created_at=row.created_at,
        failing_since=row.failing_since,
        last_success_at=row.last_success_at,
        secret=_BOX.validate_python(row.secret),
        old_secret=None if row.old_secret is None else _BOX.validate_python(row.old_secret),
        old_secret_until=row.old_secret_until,
    )

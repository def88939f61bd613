"""Routes for machines of the outside that sign what they tell, as Standard Webhooks says, instead of bearing a key."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, ClassVar

from fastapi import Request, Response, Security
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader

from adapters.vault import KeyDestroyed
from adapters.webhooks.signing import SIGNATURE, SignatureWrong, verified
from api.desk import Desk
from api.route import JSON_MOST, read_within, the_desk
from api.webhook_refusals import NewsUnsigned, ReceiptUnsigned
from db.webhooks import Takes, Webhook, WebhookState, find_webhook

SIGNED = Security(
    APIKeyHeader(name=SIGNATURE, scheme_name="signature", auto_error=False, description="Standard Webhooks, `v1`")
)


class SignedRoute(APIRoute):
    """A route of which the body is read, bounded and its signature checked before anything else is looked at.

    Who signed is named in the query; the webhook that it is stands in `request.state.sender` afterwards.
    """

    takes: ClassVar[Takes]
    named_in: ClassVar[str]
    unsigned: ClassVar[type[ReceiptUnsigned] | type[NewsUnsigned]]

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, behind the check."""
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            desk = await the_desk(request)
            await read_within(request, JSON_MOST)
            request.state.sender = await self._signed_by(desk, request)
            return await handle(request)

        return checked

    async def _signed_by(self, desk: Desk, request: Request) -> Webhook:
        """Who signed this request. An unknown one is answered as a wrong signature.

        Raises:
            ReceiptUnsigned, NewsUnsigned: nobody did who holds the secret. DatabaseUnavailable, SealBroken.
        """
        named = request.query_params.get(self.named_in, "")
        async with desk.database.reading() as session:
            sender = await find_webhook(session, named) if named.isascii() and named.isprintable() else None
        if sender is None or sender.takes is not self.takes or not self._may_tell(sender):
            raise self.unsigned
        now = datetime.now(UTC)
        try:
            secrets = [await desk.vault.open(sender.shop, sealed) for sealed in sender.secrets_at(now)]
            verified(secrets, request.headers, await request.body(), now)
        except (SignatureWrong, KeyDestroyed):
            raise self.unsigned from None
        return sender

    def _may_tell(self, sender: Webhook) -> bool:
        """A gateway that was switched off still tells of what it was sent; a connector that was is not heard."""
        return self.takes in {Takes.MESSAGES, Takes.PAYMENTS} or sender.state is WebhookState.ON

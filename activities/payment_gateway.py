"""The way to the shop's payment gateway: found among its webhooks, its secrets and the account opened and kept nowhere.

Nothing here is tried twice: what an attempt says is told as it is, and what it does not say is `unsure`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from temporalio import activity

from adapters.payments.http_gateway import HttpGateway
from adapters.payments.orders import Gateway, Order
from adapters.vault import KeyDestroyed, SealBroken, Vault
from adapters.webhooks.posting import Poster
from db.sessions import Database
from db.webhooks import Takes, Webhook, gateway_of
from domain.payment.gateway.state import Heard, Stands
from workflows.ports import GatewayAnswer, OrderToAskAfter, OrderToPay, PaymentGateway

NO_GATEWAY = GatewayAnswer(Heard(Stands.NOT_SENT, reply="the shop has no payment gateway"))


class ShopsGateway(PaymentGateway):
    """Sends to the gateway that the shop has set; one that has none, or has it switched off, is paid by hand.

    public_url: where the gateway reaches the desk with its notices, without a slash at its end.
    """

    def __init__(self, database: Database, vault: Vault, poster: Poster, public_url: str) -> None:
        self._database = database
        self._vault = vault
        self._poster = poster
        self._public_url = public_url

    def activities(self) -> tuple[Callable[..., object], ...]:
        """The bodies of the port, for a worker to register."""
        return (self.send, self.ask_after)

    @activity.defn(name="send_payment")
    async def send(self, order: OrderToPay) -> GatewayAnswer:
        """Send one order, once."""
        webhook = await self._set_by(order.shop)
        if webhook is None:
            return NO_GATEWAY
        try:
            account = await self._vault.open(order.shop, order.account) if order.account is not None else ""
            gateway = await self._opened(webhook)
        except (KeyDestroyed, SealBroken):
            return GatewayAnswer(
                Heard(Stands.NOT_SENT, reply="account or secret do not open any more"), webhook.webhook
            )
        asked = Order(order.slip_number, order.amount, order.purpose, order.means.value, account, order.account_mark)
        return GatewayAnswer(await gateway.order(asked), webhook.webhook)

    @activity.defn(name="ask_after_payment")
    async def ask_after(self, order: OrderToAskAfter) -> GatewayAnswer:
        """Ask what became of an order."""
        webhook = await self._set_by(order.shop)
        if webhook is None:
            return NO_GATEWAY
        try:
            gateway = await self._opened(webhook)
        except (KeyDestroyed, SealBroken):
            return GatewayAnswer(Heard(Stands.UNSURE, reply="the gateway's secret does not open"), webhook.webhook)
        return GatewayAnswer(await gateway.inquire(order.slip_number, order.number), webhook.webhook)

    async def _set_by(self, shop: str) -> Webhook | None:
        async with self._database.reading() as session:
            return await gateway_of(session, shop, Takes.PAYMENTS)

    async def _opened(self, webhook: Webhook) -> Gateway:
        now = datetime.now(UTC)
        secrets = [await self._vault.open(webhook.shop, sealed) for sealed in webhook.secrets_at(now)]
        notices_to = f"{self._public_url}/v1/gateway/payments?gateway={webhook.webhook}"
        return HttpGateway(self._poster, webhook.url, secrets, notices_to)

"""A payment gateway over HTTP: signed as Standard Webhooks has it, to addresses that the guard approves.

What it is sent and answers is in docs/api-guide.md. Only an answer that names the payment and its state, below 500,
counts; whatever else happens says nothing about the money.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from adapters.payments.orders import Order
from adapters.webhooks.posting import Exchange, Post, Poster
from adapters.webhooks.signing import signed
from domain.money import MoneyUnreadable, read_money
from domain.payment.gateway.state import Heard, Stands

NOTHING_LEFT = frozenset({"scheme", "spelling", "private"})
"""Answers of our own guard: no connection was made, and none will be before the address is another."""
_SERVERS_FAULT = 500
_LONGEST = 64
_SAID = {each.value: each for each in (Stands.PAID, Stands.REFUSED, Stands.PENDING, Stands.NOT_FOUND)}


@dataclass(frozen=True, repr=False)
class HttpGateway:
    """One shop's gateway. secrets: in clear, the newest first. notices_to: where it tells the desk what happened."""

    poster: Poster
    url: str
    secrets: Sequence[str]
    notices_to: str

    async def order(self, order: Order) -> Heard:
        """Have it pay; the message bears the same id each time."""
        said = {
            "payment": order.key,
            "amount": {"amount": order.amount.amount(), "currency": order.amount.currency},
            "purpose": order.purpose,
            "means": order.means,
            "account": order.account,
            "account_mark": order.account_mark,
            "notices_to": self.notices_to,
        }
        return await self._say("payment.order", f"pay_{order.key}", order.key, said)

    async def inquire(self, key: str, number: int) -> Heard:
        """Ask what became of it."""
        return await self._say("payment.inquiry", f"ask_{key}_{number}", key, {"payment": key})

    async def _say(self, type_: str, message: str, key: str, said: dict[str, Any]) -> Heard:
        now = datetime.now(UTC)
        told = {"type": type_, "timestamp": now.isoformat(), "data": said}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "Redress"}
        exchange = await self.poster.exchange(
            Post(self.url, {**headers, **signed(self.secrets, message, now, body)}, body)
        )
        return read_answer(exchange, key)


def read_answer(exchange: Exchange, key: str) -> Heard:
    """What an answer says of the payment of this key."""
    said = exchange.answer.said
    if said in NOTHING_LEFT:
        return Heard(Stands.NOT_SENT, reply=f"the gateway's address: {said}")
    if not said.isdecimal() or int(said) >= _SERVERS_FAULT:
        return Heard(Stands.UNSURE, reply=said)
    try:
        return _read(json.loads(exchange.body), key)
    except (ValueError, TypeError, KeyError, RecursionError):
        return Heard(Stands.UNSURE, reply=f"{said} unreadable")


def _read(told: Any, key: str) -> Heard:
    """Raises ValueError, TypeError or KeyError for anything that is no such answer."""
    answer = cast("dict[str, Any]", told)
    if answer["payment"] != key:
        raise ValueError("the answer is about another payment")
    amount = answer.get("amount")
    try:
        moved = None if amount is None else read_money(amount["amount"], amount["currency"])
    except MoneyUnreadable as unreadable:
        raise ValueError("the amount cannot be read") from unreadable
    return Heard(
        _SAID[answer["state"]],
        reference=_word(answer.get("reference", "")),
        amount=moved,
        account=_word(answer.get("account_mark", "")),
        certain=answer.get("certain") is True,
        reply=_word(answer.get("code", "")),
    )


def _word(text: Any) -> str:
    """A short word of the other side; one that is none makes the answer unreadable."""
    if not isinstance(text, str) or len(text) > _LONGEST or not (text.isascii() and text.isprintable()):
        raise ValueError("a word that is none")
    return text

"""The ways by which a machine tells the customer: the mail server, and the shop's own SMS or chat gateway.

Each takes a message that is written, hands it over once, and notes in the delivery ledger what came of it. Addresses
are opened here, used, and kept nowhere.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Protocol

from temporalio import activity
from temporalio.exceptions import ApplicationError

from adapters.blind_index import BlindIndex
from adapters.mail import Mailbox, MailRefused, MailUnavailable, OutgoingLetter
from adapters.vault import Vault
from adapters.webhooks.posting import Answer, Post, Poster
from adapters.webhooks.signing import signed
from db.deliveries import Attempt, Letter, Outcome, begin_round, note_attempt
from db.sessions import Database
from db.webhooks import Webhook, gateway_of
from domain.letters import LetterText
from domain.quiet import Way
from workflows.ids import gateway_message, letter_key
from workflows.ports import LetterOrder, LetterOutcome

_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_A_NO = range(400, 500)
_NOT_ABOUT_THE_MESSAGE = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
"""A wrong secret or address of the gateway itself."""


class LetterWay(Protocol):
    """One way by which a machine tells the customer."""

    async def why_not(self, order: LetterOrder) -> str | None:
        """Why this way is closed to this message, in words (empty: not worth a word); None if it is open."""
        ...

    async def hand_over(self, order: LetterOrder, text: LetterText) -> LetterOutcome:
        """Hand the message over: sent, or why it never will be.

        Raises:
            ApplicationError: not now; ask again. KeyDestroyed, SealBroken: the address does not open.
        """
        ...


class ByMail:
    """By e-mail, where there is a mail server and an address."""

    def __init__(self, database: Database, vault: Vault, index: BlindIndex, mailbox: Mailbox | None) -> None:
        self._database = database
        self._vault = vault
        self._index = index
        self._mailbox = mailbox

    async def why_not(self, order: LetterOrder) -> str | None:
        """Without a server nobody is asked for an address."""
        if self._mailbox is None:
            return "no mail server is configured"
        return None if order.customer.email is not None else "the customer gave no e-mail address"

    async def hand_over(self, order: LetterOrder, text: LetterText) -> LetterOutcome:
        """To the mail server."""
        if self._mailbox is None or order.customer.email is None:
            raise AssertionError("a way that is closed was taken")
        address = await self._vault.open(order.shop, order.customer.email)
        key = letter_key(order.case, order.number) + (f"/{order.round}" if order.round > 1 else "")
        thread = letter_key(order.complaint, 1)
        letter = _in_the_ledger(order, Way.EMAIL, self._index.customer(order.shop, address))
        try:
            receipt = await self._mailbox.send(OutgoingLetter(key, address, text.subject, text.body, thread=thread))
        except MailRefused as refused:
            await _note(self._database, order, letter, Outcome.REFUSED, f"{refused.code} {refused.status}")
            return LetterOutcome(sent=False, how=f"the mail server refused the address ({refused.code})")
        except MailUnavailable as away:
            await _note(self._database, order, letter, Outcome.PUT_OFF, f"{away.code} {away.status}")
            raise ApplicationError("the mail server is away", type="mail_unavailable") from away
        await _note(self._database, order, letter, Outcome.SENT, receipt.answer[:120])
        return LetterOutcome(sent=True, how=Way.EMAIL.value)


class ByGateway:
    """By the shop's own gateway: a signed webhook that carries the text and the phone, under an id that counts once.

    public_url: where the gateway reaches the desk with its receipts, without a slash at its end.
    """

    def __init__(self, database: Database, vault: Vault, index: BlindIndex, poster: Poster, public_url: str) -> None:
        self._database = database
        self._vault = vault
        self._index = index
        self._poster = poster
        self._public_url = public_url

    async def why_not(self, order: LetterOrder) -> str | None:
        """A shop without a gateway has no word to lose on it."""
        if await self._gateway(order.shop) is None:
            return ""
        return None if order.customer.phone is not None else "the customer gave no phone number"

    async def hand_over(self, order: LetterOrder, text: LetterText) -> LetterOutcome:
        """To the gateway. It is known in the ledger before, for the gateway's receipt may be faster than its answer."""
        gateway = await self._gateway(order.shop)
        if gateway is None or order.customer.phone is None:
            raise ApplicationError("the gateway was taken away", type="gateway_unavailable")
        phone = await self._vault.open(order.shop, order.customer.phone)
        letter = _in_the_ledger(order, Way.GATEWAY, self._index.phone(order.shop, phone))
        async with self._database.writing_once() as session:
            await begin_round(session, letter, datetime.now(UTC))
        answer = await self._poster.post(await self._written(gateway, order, text, phone))
        if answer.taken:
            await _note(self._database, order, letter, Outcome.SENT, answer.said)
            return LetterOutcome(sent=True, how=Way.GATEWAY.value)
        if _for_good(answer):
            await _note(self._database, order, letter, Outcome.REFUSED, answer.said)
            return LetterOutcome(sent=False, how=f"the gateway refused the message ({answer.said})")
        await _note(self._database, order, letter, Outcome.PUT_OFF, answer.said)
        raise ApplicationError("the gateway is away", type="gateway_unavailable")

    async def _gateway(self, shop: str) -> Webhook | None:
        async with self._database.reading() as session:
            return await gateway_of(session, shop)

    async def _written(self, gateway: Webhook, order: LetterOrder, text: LetterText, phone: str) -> Post:
        now = datetime.now(UTC)
        message = gateway_message(order.case, order.number, order.round)
        said = {
            "message": message,
            "to": phone,
            "subject": text.subject,
            "text": text.body,
            "language": order.language.value,
            "kind": order.kind,
            "case": order.complaint,
            "receipts_to": f"{self._public_url}/v1/gateway/receipts?gateway={gateway.webhook}",
        }
        told = {"type": "message.send", "timestamp": now.isoformat(), "data": said}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        secrets = [await self._vault.open(gateway.shop, sealed) for sealed in gateway.secrets_at(now)]
        headers = {"Content-Type": "application/json", "User-Agent": "Redress"}
        return Post(gateway.url, {**headers, **signed(secrets, message, now, body)}, body)


def _for_good(answer: Answer) -> bool:
    """Whether the gateway says no to this very message; what is wrong between us and it is mended without the case."""
    if not answer.said.isdecimal():
        return False
    status = int(answer.said)
    return status in _A_NO and status not in _LATER and status not in _NOT_ABOUT_THE_MESSAGE


def _in_the_ledger(order: LetterOrder, way: Way, recipient_index: str) -> Letter:
    return Letter(order.shop, order.case, order.number, order.kind, way.value, recipient_index, order.round)


async def _note(database: Database, order: LetterOrder, letter: Letter, outcome: Outcome, answer: str) -> None:
    attempt = Attempt(
        order.tried + activity.info().attempt,
        datetime.now(UTC),
        outcome,
        answer,
        round=order.round,
        channel=letter.channel,
        asked_by=order.asked_by,
    )
    async with database.writing_once() as session:
        await note_attempt(session, letter, attempt)

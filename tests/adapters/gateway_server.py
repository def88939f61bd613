"""The twin of a payment gateway as a real HTTP server: in a test's own loop, or as a process that can be killed.

``python -m tests.adapters.gateway_server --port N --book FILE --secret-file FILE --seed N``
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import httpx2

from adapters.payments.orders import Order
from adapters.payments.twin import Act, Mood, Silence, TwinBook, TwinNotice
from adapters.webhooks.signing import SignatureWrong, new_secret, signed, verified
from domain.money import read_money
from domain.payment.gateway.state import Heard
from tests.adapters.webhook_receiver import status

TRIES = 5
"""A notice that is not taken is told again, so often."""


@dataclass
class GatewayServer:
    """The server around a book. `undelivered` are notices that nobody is told of: they are for the test to look at."""

    book: TwinBook
    secret: str = field(default_factory=new_secret)
    port: int = 0
    hears: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    notices: list[TwinNotice] = field(default_factory=list[TwinNotice])
    answers: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """What the desk said to each notice that was told: status and state."""
    tells: bool = True
    left: asyncio.Event = field(default_factory=asyncio.Event)
    telling: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    raw: list[bytes] = field(default_factory=list[bytes])
    """What the next requests are answered with as it stands, before the book is asked."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/pay"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                _line, *rest = head.decode().strip().split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                await self._answer(headers, body, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            pass  # the other side has hung up
        finally:
            writer.close()

    async def _answer(self, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter) -> None:
        if self.raw:
            writer.write(self.raw.pop(0))
            return
        try:
            verified([self.secret], headers, body, datetime.now(UTC))
        except SignatureWrong:
            writer.write(status(401, "Content-Type: application/json", body=b'{"error":"unsigned"}'))
            return
        told = json.loads(body)
        said = told["data"]
        self.hears.append(told)
        act = self.book.order(_order(said)) if told["type"] == "payment.order" else self.book.inquire(said["payment"])
        notices_to = said.get("notices_to", "")
        for notice in act.before:
            await self._tell(notice, notices_to)
        await self._say(said["payment"], act, writer)
        for notice in act.after:
            self._tell_later(notice, notices_to)

    async def _say(self, key: str, act: Act, writer: asyncio.StreamWriter) -> None:
        if act.answer is Silence.TIMEOUT:
            await self.left.wait()
        elif act.answer is Silence.HANG_UP:
            writer.transport.abort()
        elif act.answer is Silence.ERROR:
            writer.write(status(500, "Content-Type: application/json", body=b'{"error":"broken"}'))
        elif isinstance(act.answer, Heard):
            body = json.dumps({"payment": key, **heard_as_json(act.answer)}).encode()
            writer.write(status(200, "Content-Type: application/json", body=body))

    def _tell_later(self, notice: TwinNotice, to: str) -> None:
        task = asyncio.create_task(self._tell(notice, to))
        self.telling.add(task)
        task.add_done_callback(self.telling.discard)

    async def _tell(self, notice: TwinNotice, to: str) -> None:
        self.notices.append(notice)
        if not (self.tells and to):
            return
        at = datetime.now(UTC).isoformat()
        told = heard_as_json(notice.heard)
        told.pop("certain")
        said = {"type": "payment.notice", "timestamp": at, "data": {"payment": notice.key, "at": at, **told}}
        raw = json.dumps(said).encode()
        secret = new_secret() if notice.forged else self.secret
        for turn in range(TRIES):
            headers = signed([secret], f"ntc_{notice.key}_{turn}", datetime.now(UTC), raw)
            with suppress(httpx2.HTTPError):
                async with httpx2.AsyncClient(timeout=10.0) as http:
                    answer = await http.post(to, content=raw, headers={**headers, "Content-Type": "application/json"})
                self.answers.append((answer.status_code, notice.heard.stands.value))
                if answer.status_code < 500:
                    return
            await asyncio.sleep(0.5 * 2**turn)  # the gateway's own patience; no test waits for it


def heard_as_json(heard: Heard) -> dict[str, Any]:
    """What is heard, as the gateway writes it."""
    told: dict[str, Any] = {"state": heard.stands.value, "reference": heard.reference, "certain": heard.certain}
    if heard.amount is not None:
        told["amount"] = {"amount": heard.amount.amount(), "currency": heard.amount.currency}
    if heard.account:
        told["account_mark"] = heard.account
    if heard.reply:
        told["code"] = heard.reply
    return told


def _order(said: dict[str, Any]) -> Order:
    amount = read_money(said["amount"]["amount"], said["amount"]["currency"])
    return Order(said["payment"], amount, said["purpose"], said["means"], said["account"], said["account_mark"])


@asynccontextmanager
async def gateway_serving(book: TwinBook) -> AsyncIterator[GatewayServer]:
    """The server in this loop, on a port of its own."""
    gateway = GatewayServer(book)
    server = await asyncio.start_server(gateway.serve, "127.0.0.1", 0)
    gateway.port = server.sockets[0].getsockname()[1]
    try:
        yield gateway
    finally:
        gateway.left.set()
        for task in gateway.telling:
            task.cancel()
        server.close()


STORM = {
    Mood.PAYS: 40,
    Mood.PENDING_THEN_PAID: 15,
    Mood.NOTICE_FIRST: 10,
    Mood.NOTICE_LOST: 8,
    Mood.ERROR_THEN_PAID: 8,
    Mood.HANGS_UP_THEN_PAID: 8,
    Mood.NOTICE_FORGED: 3,
    Mood.REFUSES: 2,
    Mood.TIMEOUT_THEN_PAID: 1,
    Mood.TIMEOUT_THEN_NOT: 1,
    Mood.WRONG_AMOUNT: 2,
    Mood.PAYS_TWICE: 2,
}
"""How often each mood comes in a storm, in parts of a hundred."""


def storm_mood(seed: int, key: str) -> Mood:
    """The mood for a key: the same after a restart."""
    chosen = Random(f"{seed}/{key}").choices(list(STORM), list(STORM.values()))  # noqa: S311  repeatable on purpose
    return chosen[0]


async def _serve_for_ever(port: int, book: Path, secret: str, seed: int) -> None:
    gateway = GatewayServer(TwinBook(file=book, choose=lambda key: storm_mood(seed, key)), secret, port)
    server = await asyncio.start_server(gateway.serve, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--book", type=Path, required=True)
    parser.add_argument("--secret-file", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    secret = asked.secret_file.read_text().strip()
    asyncio.run(_serve_for_ever(asked.port, asked.book, secret, asked.seed))


if __name__ == "__main__":
    main()

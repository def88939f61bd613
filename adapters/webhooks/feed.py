"""Asks a connector for what it may have told in vain: one signed question, one bounded page of news; and a twin."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

import httpcore2

from adapters.webhooks.addresses import AddressGuard, AddressRefused
from adapters.webhooks.posting import HTTP_FAULTS, GuardedNet, word_of_fault
from adapters.webhooks.signing import signed

MOST_BYTES = 1024 * 1024
"""Of one page; a longer one is not read."""
MOST_ITEMS = 500
_OK = 200


@dataclass(frozen=True)
class Question:
    """What is asked: everything since `cursor`, empty at first. `message` is the signed id, `secrets` sign."""

    url: str
    message: str
    secrets: tuple[str, ...]
    cursor: str
    at: datetime

    def __repr__(self) -> str:
        return f"Question({self.message})"


@dataclass(frozen=True)
class Page:
    """What came: plain news, and where to go on. said: in a word, never the other side's text; `200` if it was read."""

    said: str
    items: tuple[dict[str, Any], ...] = ()
    cursor: str = ""
    more: bool = False

    @property
    def read(self) -> bool:
        """Whether a page came that could be read."""
        return self.said == str(_OK)


class Feed(Protocol):
    """Whoever asks connectors. It never raises for what the other side does."""

    async def ask(self, question: Question) -> Page:
        """Ask once."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...


def asked_as(question: Question) -> tuple[dict[str, str], bytes]:
    """Headers and body of the question, signed as Standard Webhooks says."""
    body = json.dumps({"type": "news.asked", "data": {"since": question.cursor}}).encode()
    headers = signed(question.secrets, question.message, question.at, body)
    return headers | {"Content-Type": "application/json", "Accept": "application/json"}, body


def read_page(raw: bytes) -> Page:
    """A page from its bytes: `{"items": [...], "next": "…", "more": false}`; what cannot be read is said so."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return Page("unreadable")
    if not isinstance(told, dict):
        return Page("unreadable")
    page = cast("dict[str, Any]", told)
    items, cursor = page.get("items"), page.get("next", "")
    if not isinstance(items, list) or not isinstance(cursor, str) or len(cursor) > 500:  # noqa: PLR2004  a bound
        return Page("unreadable")
    listed = cast("list[Any]", items)
    if len(listed) > MOST_ITEMS or not all(isinstance(each, dict) for each in listed):
        return Page("unreadable")
    return Page(str(_OK), tuple(cast("list[dict[str, Any]]", listed)), cursor, page.get("more") is True)


class HttpFeed:
    """Asks over HTTP/1.1, at addresses that the guard approves; follows no redirect, asks no proxy.

    timeout: seconds for one question and its whole answer.
    """

    def __init__(self, guard: AddressGuard, *, timeout: float = 10.0) -> None:
        self._guard = guard
        self._timeout = timeout
        self._pool = httpcore2.AsyncConnectionPool(max_connections=8, network_backend=GuardedNet(guard))

    async def ask(self, question: Question) -> Page:
        """Ask once; an answer that is too long or too slow is given up."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._asked(question)
        except AddressRefused as refused:
            return Page(refused.code)
        except (TimeoutError, httpcore2.TimeoutException):
            return Page("timeout")
        except HTTP_FAULTS as fault:
            return Page(word_of_fault(fault))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    async def _asked(self, question: Question) -> Page:
        target = self._guard.read(question.url)
        headers, body = asked_as(question)
        url = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        async with self._pool.stream("POST", url, headers=list(headers.items()), content=body) as response:
            if response.status != _OK:
                return Page(str(response.status))
            raw = b""
            async for piece in response.aiter_stream():
                raw += piece
                if len(raw) > MOST_BYTES:
                    return Page("too_long")
        return read_page(raw)


class RecordingFeed:
    """A feed with a memory instead of a net: `pages` answer the next questions, then nothing is new."""

    def __init__(self, guard: AddressGuard | None = None) -> None:
        self.asked: list[Question] = []
        self.pages: list[bytes | str] = []
        """Bytes as the other side would send them, or a word for what went wrong."""
        self._guard = guard

    async def ask(self, question: Question) -> Page:
        """Remember the question, and answer as told."""
        try:
            if self._guard is not None:
                await self._guard.check(question.url)
        except AddressRefused as refused:
            return Page(refused.code)
        self.asked.append(question)
        page = self.pages.pop(0) if self.pages else json.dumps({"items": [], "next": question.cursor}).encode()
        if isinstance(page, str):
            return Page(page)
        return Page("too_long") if len(page) > MOST_BYTES else read_page(page)

    async def aclose(self) -> None:
        """Nothing is open."""

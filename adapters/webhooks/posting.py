"""Posts a signed message over HTTP and tells what the other side said; and a twin that remembers instead."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol, cast

import httpcore2

from adapters.webhooks.addresses import AddressGuard, AddressRefused, Target

_CONNECT = 4.0
"""Seconds for one address of a host; then the next is tried, within the time of the post."""
_READ_ON = 1.0
_MOST_READ = 16 * 1024
"""Seconds and bytes for which the body of an answer is still taken, so that its connection serves again."""
_CONNECTIONS = 512
"""More than there are posts at a time: a wait for a seat would count against a receiver that did nothing."""
_IDLE = 5.0
_GOOD = range(200, 300)
_MOVED = range(300, 400)
_GONE = 410
_LONGEST_WAIT = 6 * 3600.0

Read = Callable[[httpcore2.Response], Awaitable[bytes]]
"""How the body of an answer is taken."""

HTTP_FAULTS = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, OSError)


@dataclass(frozen=True, repr=False)
class Post:
    """One message as it goes out. Its body may hold personal data, so it is never shown."""

    url: str
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Post({len(self.body)} bytes)"


@dataclass(frozen=True)
class Answer:
    """What came of one post.

    said: in a word, without anything of the other side's text: `200`, `500`, `timeout`, `private`, `connection`, …
    wait: seconds after which the other side asks to be tried again, if it said so.
    """

    taken: bool
    said: str
    gone: bool = False
    wait: float | None = None


@dataclass(frozen=True, repr=False)
class Exchange:
    """An answer with its body, for whoever has to read it; empty when there was none, or a longer one."""

    answer: Answer
    body: bytes = b""

    def __repr__(self) -> str:
        return f"Exchange({self.answer.said})"


class Poster(Protocol):
    """Whoever posts messages. It never raises for what the other side does."""

    async def post(self, message: Post) -> Answer:
        """Post once and tell what came of it."""
        ...

    async def exchange(self, message: Post) -> Exchange:
        """Post once and tell what came of it, with what is written beneath."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...


class HttpPoster:
    """Posts over HTTP/1.1, to addresses that the guard approves; follows no redirect, asks no proxy.

    timeout: seconds for one post, from the look-up of the name to the other side's first line. tls: another trust than
    the system's.
    """

    def __init__(self, guard: AddressGuard, *, timeout: float = 10.0, tls: ssl.SSLContext | None = None) -> None:
        self._guard = guard
        self._timeout = timeout
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE,
            network_backend=GuardedNet(guard),
        )

    async def post(self, message: Post) -> Answer:
        """Post once. The status is the answer; what is written beneath it is not kept."""
        return (await self._tried(message, _read_on)).answer

    async def exchange(self, message: Post) -> Exchange:
        """Post once; an answer of more than 16 KiB, or one that trickles, counts as one without a body."""
        return await self._tried(message, _read_whole)

    async def _tried(self, message: Post, read: Read) -> Exchange:
        try:
            return await self._posted(self._guard.read(message.url), message, read)
        except AddressRefused as refused:
            return Exchange(Answer(taken=False, said=refused.code))
        except (TimeoutError, httpcore2.TimeoutException):
            return Exchange(Answer(taken=False, said="timeout"))
        except HTTP_FAULTS as fault:
            return Exchange(Answer(taken=False, said=word_of_fault(fault)))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    async def _posted(self, target: Target, message: Post, read: Read) -> Exchange:
        url = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        host = {"Host": f"[{target.host}]:{target.port}"} if ":" in target.host else {}
        waits = {"connect": _CONNECT, "read": self._timeout, "write": self._timeout, "pool": self._timeout}
        asked = self._pool.stream(
            "POST", url, headers={**host, **message.headers}, content=message.body, extensions={"timeout": waits}
        )
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(self._timeout):
                response = await stack.enter_async_context(asked)
            answer = _answer(response.status, dict(response.headers))
            body = await read(response)
        return Exchange(answer, body)


class GuardedNet(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that were looked at, and to no name: TLS still checks the name."""

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        self._net = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the library's own
        local_address: str | None = None,
        socket_options: object = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first of the host's approved addresses that answers."""
        del socket_options
        *others, last = await self._guard.approved(host, port)
        for address in others:
            # A host may name an address of a net that this machine has no way to, mostly IPv6.
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return await self._net.connect_tcp(address, port, timeout, local_address)
        return await self._net.connect_tcp(last, port, timeout, local_address)


class RecordingPoster:
    """A poster with a memory instead of a net, for tests and trials.

    taken: what was posted and taken, in order. answers: what the next posts are answered with, before all are taken.
    guard: refuses addresses as a real one does, if given.
    """

    def __init__(self, guard: AddressGuard | None = None) -> None:
        self.taken: list[Post] = []
        self.answers: list[Answer] = []
        self._guard = guard

    async def post(self, message: Post) -> Answer:
        """Remember one message, or answer as told."""
        try:
            if self._guard is not None:
                await self._guard.check(message.url)
        except AddressRefused as refused:
            return Answer(taken=False, said=refused.code)
        answer = self.answers.pop(0) if self.answers else Answer(taken=True, said="200")
        if answer.taken:
            self.taken.append(message)
        return answer

    async def exchange(self, message: Post) -> Exchange:
        """The same, with nothing written beneath."""
        return Exchange(await self.post(message))

    async def aclose(self) -> None:
        """Nothing is open."""


def _answer(status: int, headers: Mapping[bytes, bytes]) -> Answer:
    if status in _GOOD:
        return Answer(taken=True, said=str(status))
    said = f"{status} redirect not followed" if status in _MOVED else str(status)
    named = {name.lower(): value for name, value in headers.items()}
    wait = _seconds(named.get(b"retry-after", b"").decode("latin-1"))
    return Answer(taken=False, said=said, gone=status == _GONE, wait=wait)


def _seconds(retry_after: str) -> float | None:
    """The header's seconds or date as seconds from now, at most six hours; None if it says neither."""
    text = retry_after.strip()
    if text.isdecimal() and text.isascii():
        return min(float(text[:9]), _LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None  # also a year or a zone that no calendar holds
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST_WAIT)


async def _read_on(response: httpcore2.Response) -> bytes:
    """Take a short rest of the answer; a long or slow one is broken off, which closes the connection."""
    read = 0
    with suppress(TimeoutError, *HTTP_FAULTS):
        async with asyncio.timeout(_READ_ON):
            async for piece in response.aiter_stream():
                read += len(piece)
                if read > _MOST_READ:
                    return b""
    return b""


async def _read_whole(response: httpcore2.Response) -> bytes:
    """The body, if it is short and comes within a second."""
    pieces: list[bytes] = []
    with suppress(TimeoutError, *HTTP_FAULTS):
        async with asyncio.timeout(_READ_ON):
            async for piece in response.aiter_stream():
                pieces.append(piece)
                if sum(map(len, pieces)) > _MOST_READ:
                    return b""
            return b"".join(pieces)
    return b""


def word_of_fault(fault: Exception) -> str:
    """What went wrong, in a word; never the library's text, which may quote the other side."""
    if isinstance(fault, ssl.SSLError | ssl.CertificateError) or _about_tls(fault):
        return "tls"
    return "protocol" if isinstance(fault, httpcore2.ProtocolError) else "connection"


def _about_tls(fault: BaseException) -> bool:
    """Whether the connection broke over its certificate or cipher."""
    cause = fault.__cause__ or fault.__context__
    return isinstance(cause, ssl.SSLError) or (cause is not None and cause is not fault and _about_tls(cause))

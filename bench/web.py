"""A lean HTTP/1.1 client with connections that stay open: on few cores a heavy client would measure itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)

    @property
    def version(self) -> int:
        """The case's version in the ETag."""
        return int(self.headers["etag"].strip('W/"'))


class Web:
    """One server, reached over connections that are kept and lent out again."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Ask once. OSError or asyncio.IncompleteReadError when the connection breaks before the answer is whole."""
        lent = await self._connection()
        reader, writer = lent
        try:
            writer.write(_request(f"{self._host}:{self._port}", method, path, headers or {}, body))
            status, told = _head(await reader.readuntil(b"\r\n\r\n"))
            length = int(told.get("content-length", "0"))
            content = await reader.readexactly(length) if length else b""
        except BaseException:
            writer.close()
            raise
        if told.get("connection", "").lower() == "close":
            writer.close()
        else:
            self._idle.append(lent)
        return Answer(status, told, content)

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._idle:
            lent = self._idle.pop()
            if not lent[0].at_eof():
                return lent
            lent[1].close()  # the server drops connections that are idle for some seconds
        return await asyncio.open_connection(self._host, self._port)

    async def send(self, method: str, path: str, headers: Mapping[str, str], content: object) -> Answer:
        """Ask with a JSON body."""
        return await self.ask(
            method, path, {"Content-Type": "application/json", **headers}, json.dumps(content).encode()
        )

    def close(self) -> None:
        """Drop the connections."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()


def _request(host: str, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def _head(raw: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = raw.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in pairs}

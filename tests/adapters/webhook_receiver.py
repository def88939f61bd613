"""A shop's receiver or gateway on loopback, speaking HTTP by hand, that misbehaves on a script."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def status(number: int, *headers: str, body: bytes = b"") -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {number} x", *headers, f"Content-Length: {len(body)}"))
    return head.encode() + b"\r\n" + body


@dataclass
class Request:
    line: str
    headers: dict[str, str]
    body: bytes


Mood = bytes | Callable[[asyncio.StreamWriter], object]
"""What is answered: these bytes, or whatever the function does with the connection."""


@dataclass
class Receiver:
    """`seen` are the requests in order; each mood in `script` answers one of them, then all are taken."""

    port: int = 0
    scheme: str = "http"
    seen: list[Request] = field(default_factory=list)
    script: list[Mood] = field(default_factory=list)
    flooded: int = 0
    """Bytes of a flood that the other side took."""
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hook?from=redress"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                line, *rest = head.decode().strip().split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.seen.append(Request(line, headers, body))
                mood = self.script.pop(0) if self.script else OK
                if isinstance(mood, bytes):
                    writer.write(mood)
                else:
                    doing = mood(writer)
                    if asyncio.iscoroutine(doing):
                        await doing
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            pass  # the other side has hung up
        finally:
            writer.close()

    async def never_answers(self, _writer: asyncio.StreamWriter) -> None:
        await self.left.wait()

    async def drips_a_body(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not self.left.is_set() and not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)  # the receiver's own slowness; no test waits for it

    async def drips_a_head(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not self.left.is_set() and not writer.is_closing():
            writer.write(b"X-More: x\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)  # the receiver's own slowness; no test waits for it

    async def floods(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not self.left.is_set() and not writer.is_closing():
            writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            await writer.drain()
            self.flooded += 0x10000

    def hangs_up(self, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()


@asynccontextmanager
async def receiving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    receiver = Receiver(scheme="https" if tls else "http")
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.left.set()
        server.close()

"""A link that listens on a port of its own and leads to another: before the API, and before Temporal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from standalone.ports import LOOPBACK
from tests.faults.blows.link import Link, Mood


@asynccontextmanager
async def tcp_link(name: str, port: int, leads_to: int) -> AsyncGenerator[Link]:
    """Listen on `port` and carry to `leads_to`, both on this machine, while the block runs."""
    link = Link(name)

    async def arrived(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if link.mood is Mood.CUT:
            writer.transport.abort()
            return
        try:
            answerer = await asyncio.open_connection(LOOPBACK, leads_to)
        except OSError:
            writer.transport.abort()  # nobody is there
            return
        await link.join((reader, writer), answerer)

    server = await asyncio.start_server(arrived, LOOPBACK, port)
    try:
        yield link
    finally:
        server.close()
        link.turn(Mood.CUT)

"""Does a web page answer 200?"""

import asyncio
from contextlib import suppress


async def says_ok(host: str, port: int, path: str, within: float = 5.0) -> bool:
    """True if ``GET path`` answers 200 within so many seconds."""
    try:
        return await asyncio.wait_for(_status(host, port, path), within) == 200  # noqa: PLR2004 - HTTP's word for yes
    except (OSError, TimeoutError, ValueError, IndexError):
        return False


async def _status(host: str, port: int, path: str) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

"""Stands in the doorway of the desk's own PostgreSQL: its socket is moved aside and a proxy's put in its place.

PostgreSQL does not notice, and whoever connects finds the path as ever. The kernel says which process came, so each
of the links api, worker and temporal to postgres has a mood of its own; everybody else passes unharmed. Each time
PostgreSQL comes back it makes its socket anew, and the doorway is taken again.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from standalone.embedded_postgres import SOCKET_NAME
from standalone.record import read_record
from tests.faults.blows.link import Link, Mood

LOOK = 0.01
"""Seconds between two looks whether PostgreSQL made its socket anew."""
GUESTS = ("api", "worker", "temporal")


@dataclass
class Doorway:
    """The proxy before one PostgreSQL. `links` by the name of the process that comes."""

    folder: Path
    record: Path
    links: Mapping[str, Link] = field(
        default_factory=lambda: {name: Link(f"{name}→postgres") for name in (*GUESTS, "others")}
    )
    taken: int = 0
    """How often the doorway was taken: once, and once more for each return of PostgreSQL."""
    _server: asyncio.Server | None = None
    _ours: int = 0

    @property
    def _path(self) -> Path:
        return self.folder / SOCKET_NAME

    @property
    def _behind(self) -> Path:
        return self.folder / ".behind"

    async def keep(self) -> None:
        """Take the doorway whenever PostgreSQL stands in it, until cancelled."""
        while True:
            if self._inode() not in {0, self._ours}:
                await self._take()
            await asyncio.sleep(LOOK)

    async def leave(self) -> None:
        """Give PostgreSQL its doorway back."""
        if self._server is not None:
            self._server.close()
        if self._inode() == self._ours and self._behind.exists():
            self._behind.rename(self._path)
        for link in self.links.values():
            link.turn(Mood.CUT)

    def _inode(self) -> int:
        try:
            return self._path.lstat().st_ino
        except FileNotFoundError:
            return 0

    async def _take(self) -> None:
        if self._server is not None:
            self._server.close()
        front = self.folder / ".front"
        front.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._arrived, front)
        front.chmod(0o777)  # as PostgreSQL's own: the folder is what keeps strangers out
        self._ours = front.lstat().st_ino
        with suppress(FileNotFoundError):  # it has gone again in the meantime
            self._path.rename(self._behind)
            front.rename(self._path)
            self.taken += 1

    async def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = self._link_of(writer)
        if link.mood is Mood.CUT:
            writer.transport.abort()
            return
        try:
            answerer = await asyncio.open_unix_connection(self._behind)
        except OSError:
            self._stand_down()
            writer.transport.abort()
            return
        await link.join((reader, writer), answerer)

    def _stand_down(self) -> None:
        """PostgreSQL is gone: whoever comes next is refused, as at its own door."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _link_of(self, writer: asyncio.StreamWriter) -> Link:
        line: socket.socket = writer.get_extra_info("socket")
        pid, _, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        names = {entry.pid: name for name, entry in read_record(self.record).entries.items() if entry.pid}
        return self.links.get(names.get(pid, ""), self.links["others"])


@asynccontextmanager
async def doorway(folder: Path, record: Path) -> AsyncGenerator[Doorway]:
    """Stand in the doorway while the block runs."""
    door = Doorway(folder, record)
    keeping = asyncio.create_task(door.keep(), name="doorway")
    try:
        yield door
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
        await door.leave()

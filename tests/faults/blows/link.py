"""A proxy on one link: it lets everything through until it is told to cut, to delay or to reset in mid-answer."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

CHUNK = 65_536
DELAY = 0.5
"""Seconds by which each piece of a delayed link is held up."""
_GONE = (OSError, asyncio.IncompleteReadError)


class Mood(StrEnum):
    """What a link does with what passes."""

    OPEN = "open"
    CUT = "cut"
    SLOW = "slow"
    RESET = "reset"


@dataclass
class Link:
    """One link between two processes, over any number of connections."""

    name: str
    mood: Mood = Mood.OPEN
    carried: int = 0
    """Bytes that passed, both ways."""
    _pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = field(
        default_factory=set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]]
    )

    def turn(self, mood: Mood) -> None:
        """Change the link's mood; a cut ends what is under way."""
        self.mood = mood
        if mood is Mood.CUT:
            for pair in list(self._pairs):
                _abort(*pair)

    async def join(
        self,
        asker: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        answerer: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        """Carry between the two until one of them ends."""
        pair = (asker[1], answerer[1])
        self._pairs.add(pair)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(asker[0], answerer[1], pair, answering=False))
                both.create_task(self._carry(answerer[0], asker[1], pair, answering=True))
        finally:
            self._pairs.discard(pair)
            _abort(*pair)

    async def _carry(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
        *,
        answering: bool,
    ) -> None:
        with suppress(*_GONE):
            while piece := await source.read(CHUNK):
                self.carried += len(piece)
                if self.mood is Mood.SLOW:
                    await asyncio.sleep(DELAY)
                elif self.mood is Mood.RESET and answering:
                    target.write(piece[: len(piece) // 2])
                    await target.drain()
                    break
                target.write(piece)
                await target.drain()
            else:
                if not target.is_closing():
                    target.write_eof()
                return
        _abort(*pair)


def _abort(*writers: asyncio.StreamWriter) -> None:
    """End connections as a broken line does: at once, with a reset where the protocol knows one."""
    for writer in writers:
        line: socket.socket | None = writer.get_extra_info("socket")
        if line is not None and line.family in {socket.AF_INET, socket.AF_INET6}:
            with suppress(OSError):
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

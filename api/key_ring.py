"""Looks up API keys, and remembers them for a moment, so that steps go on while the database is away."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from cachetools import LRUCache

from api.edge_refusals import DeskUnavailable
from db.people import KeyHolder, find_key, note_use
from db.sessions import Database, DatabaseUnavailable

FRESH = 10.0
"""Seconds for which a key is believed without asking; so long may a revoked key still work."""
STALE = 600.0
"""Seconds for which a known key is believed while the database cannot be asked."""
PATIENCE = 2.0
"""Seconds a look-up may take before the database counts as away."""
REMEMBERED = 10_000

_log = structlog.get_logger("redress.api")


@dataclass(frozen=True)
class _Known:
    holder: KeyHolder
    asked_at: float


class KeyRing:
    """The keys of the desk's people. Keeps hashes of key texts only, at most `REMEMBERED`, and never a wrong one.

    now: monotonic seconds.
    """

    def __init__(self, database: Database, now: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._now = now
        self._known: LRUCache[bytes, _Known] = LRUCache(REMEMBERED)
        self._noting: set[asyncio.Task[None]] = set()

    async def holder(self, key: str) -> KeyHolder | None:
        """The person behind the key; None if nobody holds it.

        Raises:
            DeskUnavailable: the database cannot be asked, and the key was not seen within `STALE` seconds.
        """
        mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        known = self._known.get(mark)
        age = self._now() - known.asked_at if known else STALE
        if known and age < FRESH:
            return known.holder
        try:
            holder = await asyncio.wait_for(self._ask(key), PATIENCE)
        except (DatabaseUnavailable, TimeoutError):
            if known and age < STALE:
                return known.holder
            raise DeskUnavailable(part="the database") from None
        self._remember(mark, holder)
        return holder

    def forget(self) -> None:
        """Ask anew at the next request, as after a key was revoked here."""
        self._known.clear()

    async def _ask(self, key: str) -> KeyHolder | None:
        async with self._database.reading() as session:
            return await find_key(session, key)

    def _remember(self, mark: bytes, holder: KeyHolder | None) -> None:
        if holder is None:
            self._known.pop(mark, None)
            return
        self._known[mark] = _Known(holder, self._now())
        if holder.use_to_note:
            task = asyncio.create_task(self._note(holder.key_id))
            self._noting.add(task)
            task.add_done_callback(self._noting.discard)

    async def _note(self, key_id: str) -> None:
        try:
            async with self._database.writing_once() as session:
                await note_use(session, key_id)
        except DatabaseUnavailable:
            _log.warning("use of a key not noted", reason="the database is away")

"""Looks that a worker makes again and again beside its cases. None of them ends before the worker does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from sqlalchemy.exc import SQLAlchemyError
from temporalio.service import RPCError

from adapters.vault import SealBroken
from db.sessions import DatabaseUnavailable

AWAY = (RPCError, RuntimeError, DatabaseUnavailable, SQLAlchemyError, SealBroken, TimeoutError)
"""What a look meets while Temporal, every other worker, the database or a key is away: it comes back by itself."""


def _nobody() -> None:
    """Nobody asked to hear of a look that failed."""


@dataclass(frozen=True)
class Round:
    """What is looked at, how often, and by whom.

    what: for the log, as in "the look for parcels' returns is put off". look: one look; logs what it did. pause:
    between the end of one look and the next. failed: hears of each look that failed. begins_after: the wait before the
    first look.
    """

    what: str
    look: Callable[[], Awaitable[object]]
    pause: timedelta
    log: logging.Logger
    failed: Callable[[], None] = _nobody
    begins_after: timedelta = timedelta(0)

    async def run(self) -> NoReturn:
        """Look until cancelled. A look that fails is logged and made again, also when a bug is what it fails of."""
        await asyncio.sleep(self.begins_after.total_seconds())
        while True:
            try:
                await self.look()
            except AWAY as problem:
                self.failed()
                self.log.warning("%s is put off: %s", self.what, type(problem).__name__)
            except Exception:  # a bug in one look costs neither the next one nor the other rounds
                self.failed()
                self.log.exception("%s failed", self.what)
            await asyncio.sleep(self.pause.total_seconds())

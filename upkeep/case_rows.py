"""Keeps the read model behind an answer or a change: at once if it can, else until it is done."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from db.sessions import Database, DatabaseUnavailable
from db.views import keep_view
from domain.view import CaseView
from upkeep.word_marks import WordMarker

PATIENCE = 1.0
"""Seconds for which an answer waits for its row."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 15.0
"""Seconds between tries; doubled each time up to the longest."""

log = logging.getLogger("redress.rows")


class CaseRows:
    """Writes the rows of cases. A row that could not be written is owed, and written as soon as the database allows.

    Only the newest view of each case is owed: the version guard makes the ones before it superfluous.

    tell_owed: hears how many cases wait for their row, whenever that changes. marker: makes the marks by which the case
    is found in its customer's words; without one they are owed to the sweep.
    """

    def __init__(self, database: Database, tell_owed: Callable[[int], None], marker: WordMarker | None = None) -> None:
        self._database = database
        self._tell_owed = tell_owed
        self._marker = marker
        self._owed: dict[str, CaseView] = {}
        self._paying: asyncio.Task[None] | None = None

    async def keep(self, view: CaseView) -> bool:
        """Keep the case as it stands; False when that is owed. Never raises for the database: the step was taken."""
        try:
            await asyncio.wait_for(self._write(view), PATIENCE)
        except (DatabaseUnavailable, SQLAlchemyError, TimeoutError) as problem:
            log.warning("row of case %s owed: %s", view.case, type(problem).__name__)
            self._owe(view)
            return False
        return True

    async def aclose(self) -> None:
        """Stop trying; what is still owed is mended by the sweep."""
        if self._paying is not None:
            self._paying.cancel()
            await asyncio.gather(self._paying, return_exceptions=True)

    async def _write(self, view: CaseView) -> None:
        marks = None if self._marker is None else await self._marker.fresh(view)
        async with self._database.writing_once() as session:
            written = await keep_view(session, view, marks=marks)
        if self._marker is not None and written:
            self._marker.kept(view, marks)

    def _owe(self, view: CaseView) -> None:
        known = self._owed.get(view.case)
        if known is None or known.version < view.version:
            self._owed[view.case] = view
        self._tell_owed(len(self._owed))
        if self._paying is None or self._paying.done():
            self._paying = asyncio.create_task(self._pay())

    async def _pay(self) -> None:
        pause = FIRST_PAUSE
        while self._owed:
            case, view = next(iter(self._owed.items()))
            try:
                await self._write(view)
            except (DatabaseUnavailable, SQLAlchemyError, TimeoutError) as problem:
                log.info("row of case %s still owed: %s", case, type(problem).__name__)
                self._owed[case] = self._owed.pop(case)  # the next try begins with another case
                await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  spreads tries, guards nothing
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if self._owed.get(case) is view:
                del self._owed[case]
            self._tell_owed(len(self._owed))
            pause = FIRST_PAUSE

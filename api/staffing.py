"""Who may get a new case of a shop: known for a moment, so that openings need not ask each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from cachetools import LRUCache

from db.sessions import ReadSession
from db.workload import candidates
from domain.complaint.assigning.choosing import Candidate, choose
from domain.complaint.assigning.state import Choice
from domain.complaint.problems import Problem

FRESH = 5.0
"""Seconds for which roster and load are believed without asking; what was given out here since then is added."""
REMEMBERED = 1_000
"""Shops."""


@dataclass
class Staff:
    """The people of a shop who may get a case, as they were at `asked_at` (monotonic seconds)."""

    people: tuple[Candidate, ...]
    asked_at: float
    given: dict[str, tuple[int, datetime]] = field(default_factory=dict[str, tuple[int, datetime]])
    """How many cases each got here since then, and when the last one, UTC."""

    def give(self, problem: Problem, at: datetime, *, important: bool) -> Choice:
        """Where a case of that problem goes at `at` (UTC); of many openings at once each counts for the next."""
        choice = choose((self._as_loaded(each) for each in self.people), problem, at, important=important)
        if choice.person is not None:
            count, _ = self.given.get(choice.person, (0, at))
            self.given[choice.person] = (count + 1, at)
        return choice

    def _as_loaded(self, candidate: Candidate) -> Candidate:
        if candidate.person not in self.given:
            return candidate
        count, last = self.given[candidate.person]
        return replace(candidate, open_cases=candidate.open_cases + count, last_given=last)


class Staffing:
    """Knows the staff of shops.

    Two processes of the API may give the same person a case each within `FRESH` seconds: load is a matter of fairness,
    not of right. now: monotonic seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._known: LRUCache[str, Staff] = LRUCache(REMEMBERED)

    async def of(self, session: ReadSession, shop: str, at: datetime) -> Staff:
        """The shop's staff at `at` (UTC); the session is asked only once in a while."""
        known = self._fresh(shop)
        if known is not None:
            return known
        asked_at = self._now()
        found = Staff(await candidates(session, shop, at), asked_at)
        meanwhile = self._fresh(shop)
        if meanwhile is not None:
            return meanwhile  # of many that ask at once all share one answer, and with it what was given out
        self._known[shop] = found
        return found

    def _fresh(self, shop: str) -> Staff | None:
        known = self._known.get(shop)
        return known if known is not None and self._now() - known.asked_at < FRESH else None

    def forget(self, shop: str) -> None:
        """Ask anew at the next opening, as after the roster was changed here."""
        self._known.pop(shop, None)

"""The policy that a new case pins: the shop's own, or the default, with the calendar from the case's year on.

A published version never changes. So each is read and checked once a process; asked anew is only which one is in force.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial

import anyio.to_thread
from cachetools import LRUCache

from db.policies import PublishedPolicy, policy_version, version_in_force
from db.sessions import ReadSession
from domain.policy import PinnedPolicy
from domain.view import CaseView
from policies.loader import default_policy_text, publishable

REMEMBERED = 200


class PolicyBook:
    """Pins policies; a text's calendar is worked out once a year and text."""

    def __init__(self) -> None:
        self._pinned: LRUCache[tuple[bytes, int], PinnedPolicy] = LRUCache(REMEMBERED)
        self._published: LRUCache[tuple[str, str], PublishedPolicy] = LRUCache(REMEMBERED)
        self._default = default_policy_text()

    async def for_new_case(self, session: ReadSession, shop: str, at: datetime) -> PinnedPolicy:
        """What a case of this shop pins that came in at `at` (UTC)."""
        version = await version_in_force(session, shop)
        published = await self._version(session, shop, version) if version is not None else None
        return await self.pinned(published.text if published else self._default, at.year)

    async def of_case(self, session: ReadSession, view: CaseView) -> PinnedPolicy:
        """What this case pins."""
        published = await self._version(session, view.shop, view.policy_version)
        if published is not None:
            return published.pinned
        return await self.for_new_case(session, view.shop, view.opened_at)

    async def _version(self, session: ReadSession, shop: str, version: str) -> PublishedPolicy | None:
        known = self._published.get((shop, version))
        if known is None:
            known = await policy_version(session, shop, version)
            if known is not None:
                self._published[shop, version] = known
        return known

    async def pinned(self, text: str, year: int) -> PinnedPolicy:
        """The policy of this text with the calendar of this year.

        Raises:
            PolicyRefused: the text is no right policy; names every wrong cell.
        """
        mark = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), year)
        known = self._pinned.get(mark)
        if known is None:
            known = await anyio.to_thread.run_sync(partial(publishable, text, year))
            self._pinned[mark] = known
        return known

    @property
    def default_text(self) -> str:
        """The policy of a shop that published none."""
        return self._default

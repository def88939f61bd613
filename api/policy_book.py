"""The policy that a new case pins: the shop's own, or the default, with the calendar from the case's year on."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import datetime
from functools import partial

import anyio.to_thread

from db.policies import current_policy, policy_version
from db.sessions import ReadSession
from domain.policy import PinnedPolicy
from domain.view import CaseView
from policies.loader import default_policy_text, publishable

REMEMBERED = 200


class PolicyBook:
    """Pins policies; a text's calendar is worked out once a year and text."""

    def __init__(self) -> None:
        self._pinned: OrderedDict[tuple[bytes, int], PinnedPolicy] = OrderedDict()
        self._default = default_policy_text()

    async def for_new_case(self, session: ReadSession, shop: str, at: datetime) -> PinnedPolicy:
        """What a case of this shop pins that came in at `at` (UTC)."""
        published = await current_policy(session, shop)
        return await self.pinned(published.text if published else self._default, at.year)

    async def of_case(self, session: ReadSession, view: CaseView) -> PinnedPolicy:
        """What this case pins."""
        published = await policy_version(session, view.shop, view.policy_version)
        if published is not None:
            return published.pinned
        return await self.for_new_case(session, view.shop, view.opened_at)

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
            while len(self._pinned) > REMEMBERED:
                self._pinned.popitem(last=False)
        return known

    @property
    def default_text(self) -> str:
        """The policy of a shop that published none."""
        return self._default

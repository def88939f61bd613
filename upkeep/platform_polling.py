"""Asks each shop's connector of its platform, every five minutes, for what it may have told in vain.

Webhook and poll repair each other: what comes by either is kept under the platform's own id, once. A shop without a
connector has a person instead: the daily list, and `record_platform_news`.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.blind_index import BlindIndex
from adapters.vault import KeyDestroyed, Vault
from adapters.webhooks.feed import Feed, Page, Question
from db.kept_news import NewsDiffer, keep_news
from db.platform_polls import connectors_to_ask, note_poll
from db.sessions import Database
from db.webhooks import Webhook
from upkeep.platform_words import NewsUnreadable, kept_of
from upkeep.rounds import Round

PAUSE = timedelta(minutes=5)
"""Between two questions to one connector."""
MOST_PAGES = 20
"""So many pages are read in a row; the rest comes with the next question."""

log = logging.getLogger("redress.platform")


class PlatformPoller:
    """Asks connectors, and keeps what they tell."""

    def __init__(self, database: Database, vault: Vault, index: BlindIndex, feed: Feed) -> None:
        self._database = database
        self._vault = vault
        self._index = index
        self._feed = feed

    async def run(self) -> None:
        """Ask until cancelled."""
        await Round("asking platforms", self.ask_all, PAUSE, log).run()

    async def ask_all(self) -> int:
        """Ask every connector that is switched on; says how many news were new or known.

        Raises:
            DatabaseUnavailable, SealBroken.
        """
        async with self._database.reading() as session:
            connectors = await connectors_to_ask(session)
        return sum([await self._ask(connector, cursor) for connector, cursor in connectors])

    async def _ask(self, connector: Webhook, cursor: str) -> int:
        kept = 0
        for _ in range(MOST_PAGES):
            page = await self._page(connector, cursor)
            if page.read:
                kept += await self._keep(connector.shop, page.items)
                cursor = page.cursor
            else:
                log.warning("the connector %s could not be asked: %s", connector.webhook, page.said)
            async with self._database.writing() as session:
                await note_poll(session, connector.webhook, cursor, page.said)
            if not (page.read and page.more):
                return kept
        return kept

    async def _page(self, connector: Webhook, cursor: str) -> Page:
        now = datetime.now(UTC)
        try:
            signing = [await self._vault.open(connector.shop, sealed) for sealed in connector.secrets_at(now)]
        except KeyDestroyed:
            return Page("no_secret")
        message = f"poll_{secrets.token_hex(8)}"
        return await self._feed.ask(Question(connector.url, message, tuple(signing), cursor, now))

    async def _keep(self, shop: str, items: Iterable[dict[str, Any]]) -> int:
        """Keep each; one that cannot be read, or that says otherwise than before, is logged and holds up no other."""
        kept = 0
        for item in items:
            try:
                news = kept_of(shop, self._index, item, "poll")
                async with self._database.writing() as session:
                    await keep_news(session, news)
                kept += 1
            except (NewsUnreadable, NewsDiffer) as problem:
                log.warning("news of the platform of %s are left out: %s", shop, type(problem).__name__)
        return kept

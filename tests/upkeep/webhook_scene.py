"""A sender of webhooks with a poster that remembers, and what a test asks of it."""

import os
from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from adapters.vault import Vault
from adapters.webhooks.posting import Answer, RecordingPoster
from adapters.webhooks.signing import new_secret
from db.people import add_shop
from db.sessions import Database
from db.subject_keys import SubjectKeyRegister
from db.views import keep_view
from db.webhook_deliveries import deliveries_of
from db.webhooks import SECRET, Takes, add_webhook, new_id
from tests.db.builders import a_view
from upkeep.webhook_pace import Pace
from upkeep.webhook_sending import WebhookSender


class Scene:
    """A sender with a poster that remembers, and the shop's webhooks."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.master = os.urandom(32)
        self.vault = Vault(self.master, SubjectKeyRegister(database))
        self.poster = RecordingPoster()
        self.told: Counter[str] = Counter()
        self.sender = self.another()
        self.secrets: dict[str, str] = {}

    def another(self, poster: Any = None, vault: Vault | None = None, pace: Pace | None = None) -> WebhookSender:
        def told(word: str) -> None:
            self.told[word] += 1

        return WebhookSender(self.database, vault or self.vault, poster or self.poster, pace or Pace(), told)

    async def subscribe(self, shop: str = "cups") -> str:
        webhook = new_id()
        self.secrets[webhook] = new_secret()
        sealed = await self.vault.seal(shop, webhook, SECRET, self.secrets[webhook])
        async with self.database.writing() as session:
            await add_shop(session, shop, shop.title(), "CNY")
            await add_webhook(session, webhook, shop, Takes.EVENTS, f"https://{webhook}.example/", (), sealed)
        return webhook

    async def happens(self, case: str = "AS-1", *versions: int) -> None:
        for version in versions or (1,):
            async with self.database.writing_once() as session:
                await keep_view(session, a_view(case, version, state=f"s{version}"))

    async def send(self, *answers: Answer, sender: WebhookSender | None = None) -> None:
        self.poster.answers += answers
        using = sender or self.sender
        await using.look()
        await using.settled()

    async def stands(self, webhook: str) -> list[tuple[str, int, str]]:
        async with self.database.reading() as session:
            page = await deliveries_of(session, webhook, None, None, 200)
        return [(each.state.value, each.attempts, each.last_answer) for each in reversed(page.items)]

    async def until_it_stands(self, webhook: str, *wanted: tuple[str, int, str]) -> None:
        while await self.stands(webhook) != list(wanted):
            pass

    async def change(self, statement: str) -> None:
        async with self.database.writing() as session:
            await session.execute(text(statement))

    async def later(self, **time: float) -> None:
        """Everything that is on record happened so long ago."""
        past = f"interval '{timedelta(**time).total_seconds()} seconds'"
        await self.change(
            f"UPDATE webhook_deliveries SET due_at = due_at - {past}, round_began_at = round_began_at - {past}, "  # noqa: S608  a number
            f"happened_at = happened_at - {past}"
        )
        await self.change(f"UPDATE webhooks SET failing_since = failing_since - {past}")  # noqa: S608  a number

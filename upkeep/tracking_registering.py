"""Registers the tracking numbers that cases wait for at the shop's tracking service, which then tells of them.

Each number is posted to the connector's address, signed, under an id made of service and number: the same however often
it is sent, so that the service takes it once. What it does not take is sent again with the next round. A shop without
such a service has the logistics desk instead, who look at the planned times of each day.
"""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, datetime, timedelta

from adapters.vault import KeyDestroyed, Vault
from adapters.webhooks.posting import Answer, Post, Poster
from adapters.webhooks.signing import signed
from db.sessions import Database
from db.tracking_registrations import note_registration, numbers_to_register
from db.webhooks import Takes, Webhook, webhooks_taking
from upkeep.rounds import Round

PAUSE = timedelta(minutes=1)
"""Between two rounds."""
A_ROUND = 100

log = logging.getLogger("redress.tracking")


def message_of(webhook: str, tracking: str) -> str:
    """The id of a registration: one number at one service, always the same."""
    return f"reg_{hashlib.sha256(f'{webhook}/{tracking}'.encode()).hexdigest()[:40]}"


class TrackingRegistrar:
    """Registers numbers at tracking services."""

    def __init__(self, database: Database, vault: Vault, poster: Poster) -> None:
        self._database = database
        self._vault = vault
        self._poster = poster

    async def run(self) -> None:
        """Register until cancelled."""
        await Round("registering tracking numbers", self.register_all, PAUSE, log).run()

    async def register_all(self) -> int:
        """Post what no service has taken yet; says how many numbers were taken.

        Raises:
            DatabaseUnavailable, SealBroken.
        """
        taken = 0
        async with self._database.reading() as session:
            services = await webhooks_taking(session, Takes.TRACKING)
        for service in services:
            async with self._database.reading() as session:
                numbers = await numbers_to_register(session, service, A_ROUND)
            for tracking in numbers:
                answer = await self._post(service, tracking)
                async with self._database.writing() as session:
                    await note_registration(session, service.webhook, tracking, answer.said, taken=answer.taken)
                taken += answer.taken
        return taken

    async def _post(self, service: Webhook, tracking: str) -> Answer:
        now = datetime.now(UTC)
        try:
            secrets = [await self._vault.open(service.shop, sealed) for sealed in service.secrets_at(now)]
        except KeyDestroyed:
            return Answer(taken=False, said="no_secret")
        body = json.dumps({"type": "tracking.register", "data": {"tracking": tracking}}).encode()
        headers = signed(secrets, message_of(service.webhook, tracking), now, body)
        return await self._poster.post(Post(service.url, headers | {"Content-Type": "application/json"}, body))

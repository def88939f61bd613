"""Sends what webhooks are owed: takes due deliveries, posts them signed, notes what came of it, until it is taken.

Any number of workers may do so beside one another; each delivery is leased to one. A worker that dies sends nothing
less and at most a few things twice, under the same id. A webhook that fails is tried with one delivery at a time, so
that it costs the others nothing, and until it takes one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from adapters.vault import KeyDestroyed, SealBroken, Vault
from adapters.webhooks.posting import Answer, Post, Poster
from adapters.webhooks.signing import signed
from db.sessions import Database, DatabaseUnavailable
from db.webhook_deliveries import Delivery, DeliveryState, claim, forget_old, note_try, webhooks_with_due
from db.webhooks import OffBecause, Webhook, WebhookState, find_webhook, switch_off
from upkeep.rounds import Round
from upkeep.webhook_pace import Pace

PAUSE = timedelta(seconds=1)
"""Between two looks for what is due."""
AT_ONCE = 8
"""Deliveries of one webhook that are taken at a time; those of one case among them go one after the other."""
LANES = 32
"""Webhooks that are sent to at the same time."""
LEASE = timedelta(minutes=3)
"""Longer than eight posts of one case take that each run into their time limit."""
FORGET_EVERY = timedelta(hours=1)
FORGET_AT_ONCE = 1000
NO_SECRET = "secret_shut"  # noqa: S105  a finding: the secret does not open under this desk's master key

log = logging.getLogger("redress.webhooks")


class WebhookSender:
    """Sends until it is told to end.

    told: hears of each try in a word: `delivered`, `failed`, `dead` or `switched_off`.
    """

    def __init__(
        self, database: Database, vault: Vault, poster: Poster, pace: Pace, told: Callable[[str], None]
    ) -> None:
        self._database = database
        self._vault = vault
        self._poster = poster
        self._pace = pace
        self._told = told
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._ending = False
        self._forgot_at = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Look every second until cancelled."""
        await Round("sending webhooks", self.look, PAUSE, log).run()

    async def look(self) -> None:
        """Begin to send to every webhook that has something due, unless one is at it. Raises DatabaseUnavailable."""
        async with self._database.reading() as session:
            names = await webhooks_with_due(session)
        for name in names:
            if name not in self._lanes and len(self._lanes) < LANES:
                lane = asyncio.create_task(self._send_to(name))
                self._lanes[name] = lane
                lane.add_done_callback(lambda _, name=name: self._lanes.pop(name, None))
        await self._forget()

    async def settled(self) -> None:
        """Return once everything that was begun has come to its end."""
        while self._lanes:
            await asyncio.gather(*self._lanes.values())

    async def aclose(self) -> None:
        """Begin nothing new, and let what is under way end; then close the poster."""
        self._ending = True
        await self.settled()
        await self._poster.aclose()

    async def _send_to(self, name: str) -> None:
        """Send what is due until nothing is, or until something fails: then the others' turn comes first."""
        try:
            while not self._ending:
                async with self._database.reading() as session:
                    webhook = await find_webhook(session, name)
                if webhook is None or webhook.state is WebhookState.OFF:
                    return
                most = 1 if webhook.failing_since is not None else AT_ONCE
                async with self._database.writing_once() as session:
                    taken = await claim(session, name, most, LEASE)
                if not taken or not await self._send_all(webhook, taken):
                    return
        except (DatabaseUnavailable, SQLAlchemyError) as problem:
            log.warning("webhook %s is put off: %s", name, type(problem).__name__)
        except Exception:
            log.exception("webhook %s is put off", name)

    async def _send_all(self, webhook: Webhook, taken: Sequence[Delivery]) -> bool:
        by_case: dict[str, list[Delivery]] = {}
        for each in taken:
            by_case.setdefault(each.case or each.event, []).append(each)
        ended = await asyncio.gather(*(self._send_in_order(webhook, line) for line in by_case.values()))
        return all(ended)

    async def _send_in_order(self, webhook: Webhook, line: Sequence[Delivery]) -> bool:
        """The deliveries of one case, one after the other; the rest are sent also when one is not taken."""
        ended = [await self._send(webhook, each) for each in line]
        return all(ended)

    async def _send(self, webhook: Webhook, delivery: Delivery) -> bool:
        answer = await self._post(webhook, delivery)
        now = datetime.now(UTC)
        again = None
        if not answer.taken:
            dice = random.random()  # noqa: S311  spreads tries, guards nothing
            again = self._pace.next_try(delivery.round_attempts, delivery.round_began_at, now, dice, answer.wait)
        state = DeliveryState.DELIVERED if answer.taken else DeliveryState.DUE if again else DeliveryState.DEAD
        async with self._database.writing_once() as session:
            await note_try(session, delivery, taken=answer.taken, answer=answer.said, state=state, due_at=again or now)
        if not answer.taken:
            log.info("webhook %s did not take %s: %s", webhook.webhook, delivery.event, answer.said)
            await self._give_up_if_hopeless(webhook, answer, now)
        self._told("dead" if state is DeliveryState.DEAD else "delivered" if answer.taken else "failed")
        return answer.taken

    async def _post(self, webhook: Webhook, delivery: Delivery) -> Answer:
        now = datetime.now(UTC)
        body = body_of(delivery)
        try:
            secrets = [await self._vault.open(webhook.shop, sealed) for sealed in webhook.secrets_at(now)]
        except (SealBroken, KeyDestroyed):
            log.error("the secret of webhook %s does not open under this master key", webhook.webhook)
            return Answer(taken=False, said=NO_SECRET)
        headers = {"Content-Type": "application/json", "User-Agent": "Redress"}
        return await self._poster.post(
            Post(webhook.url, {**headers, **signed(secrets, delivery.event, now, body)}, body)
        )

    async def _give_up_if_hopeless(self, webhook: Webhook, answer: Answer, now: datetime) -> None:
        if not answer.gone and not self._pace.is_hopeless(webhook.failing_since, now):
            return
        because = OffBecause.GONE if answer.gone else OffBecause.FAILING
        async with self._database.writing() as session:
            await switch_off(session, webhook.webhook, because)
        log.error("webhook %s is switched off: %s", webhook.webhook, because.value)
        self._told("switched_off")

    async def _forget(self) -> None:
        now = datetime.now(UTC)
        if now - self._forgot_at < FORGET_EVERY:
            return
        async with self._database.writing_once() as session:
            forgotten = await forget_old(session, self._pace.kept_for, FORGET_AT_ONCE)
        if forgotten < FORGET_AT_ONCE:
            self._forgot_at = now


def body_of(delivery: Delivery) -> bytes:
    """What a webhook is told, as it is signed: type, instant, and the ids and states of the case; nothing personal."""
    told = {"type": delivery.type, "timestamp": delivery.happened_at.astimezone(UTC).isoformat(), "data": delivery.said}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

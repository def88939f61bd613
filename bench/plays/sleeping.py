"""Many cases that wait for their customers, opened past HTTP: what the API does for an opening, without the web."""

from __future__ import annotations

import asyncio
import secrets
import time
from datetime import UTC, datetime

from api.commands import Commands
from bench.player import Player
from db.openings import claim_opening, mark_started
from db.sessions import Database
from db.views import keep_view
from domain.casework import view
from domain.complaint.book import BOOK, open_complaint
from domain.view import Kind
from policies.loader import default_policy_text, publishable
from standalone.seed import SHOP
from tests import builders

PATIENCE = 60.0


async def put_to_sleep(player: Player, database: str, cases: int, at_once: int, within: float) -> list[str]:
    """Open so many cases, or as many as can be opened within that many seconds; their numbers.

    Each has its claim, its workflow and its row, the pinned policy and calendar of a real one, and its clocks armed.
    Its customer has no e-mail address, so that nobody is written to.
    """
    client = player.client
    commands = await Commands.connect(
        fallback=client.service_client.config.target_host,
        namespace=client.namespace,
        task_queue="cases",
        patience=PATIENCE,
    )
    register = Database(database, pool_size=at_once)
    policy = publishable(default_policy_text(), datetime.now(UTC).year)
    opened: list[str] = []
    until = time.perf_counter() + within

    async def one() -> None:
        now = datetime.now(UTC)
        key = secrets.token_hex(16)
        async with register.writing_once() as session:
            claim = await claim_opening(session, SHOP, key, key, Kind.COMPLAINT, now.year)
        customer = builders.customer(subject=f"s-{key}", email=None, phone_index=key)
        said = builders.opening(
            case=claim.case, shop=SHOP, received_at=now, customer=customer, pinned=policy, order_index=key
        )
        await commands.open(said, f"{claim.case}: quality")
        async with register.writing_once() as session:
            await keep_view(session, view(BOOK, open_complaint(said), 1))
        async with register.writing_once() as session:
            await mark_started(session, claim.case)
        opened.append(claim.case)

    async def some() -> None:
        while len(opened) + at_once <= cases and time.perf_counter() < until:
            await one()

    await asyncio.gather(*(some() for _ in range(at_once)))
    while len(opened) < cases and time.perf_counter() < until:
        await one()
    await register.aclose()
    return opened

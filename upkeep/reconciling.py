"""The books reconciled: every slip's own history against ledger and register, each day once over all workers."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import select
from temporalio.client import Client

from db.books import (
    all_shops,
    booked_slips,
    claim_day,
    coupon_costs,
    drop_day,
    note_day,
    paid_lines,
    signed_by_day,
)
from db.gateway_notices import notices_of
from db.policies import current_policy
from db.sessions import Database, ReadSession
from db.tables.cases import cases
from db.views import VIEWS
from domain.money import Money, read_money
from domain.payment.books.comparing import Books, Difference, SlipTold, differences
from domain.view import CaseView, Kind
from policies.loader import default_policy_text, publishable
from upkeep.mending import CaseSilent, look
from upkeep.rounds import Round

PAUSE = timedelta(minutes=10)
"""Between two looks whether a new day is to be reconciled."""

HOUR = 19
"""UTC; three in the morning in Shanghai. A worker that was down then reconciles the day when it is back."""

AT_ONCE = 8

log = logging.getLogger("redress.reconciling")


async def keep_reconciling(client: Client, database: Database) -> None:
    """Reconcile each day once, until cancelled. A day that cannot be reconciled now is tried again."""

    async def look() -> None:
        now = datetime.now(UTC)
        if now.hour >= HOUR:
            await reconcile_day(client, database, now.date(), now)

    await Round("the reconciliation", look, PAUSE, log).run()


async def reconcile_day(client: Client, database: Database, day: date, now: datetime) -> bool:
    """Reconcile all shops for a day, unless it was done or another worker does; whether it was done here. now: UTC."""
    async with database.writing() as session:
        if not await claim_day(session, day, now):
            return False
    try:
        found = await reconcile(client, database, now)
    except BaseException:
        async with database.writing() as session:
            await drop_day(session, day)
        raise
    async with database.writing() as session:
        await note_day(session, day, datetime.now(UTC), found)
    for shop, each in found.items():
        for difference in each:
            log.warning(
                "the books of %s differ: %s %s: %s", shop, difference.code, difference.about, difference.sentence
            )
    return True


async def reconcile(client: Client, database: Database, now: datetime) -> dict[str, tuple[Difference, ...]]:
    """What differs in each shop's books. now: UTC."""
    async with database.reading() as session:
        shops = await all_shops(session)
    return {shop: differences(await books_of(client, database, shop, now), now) for shop in shops}


async def books_of(client: Client, database: Database, shop: str, now: datetime) -> Books:
    """One shop's books: tables first, then each slip asked of its own history. now: UTC.

    Raises:
        RPCError, RuntimeError: Temporal or every worker is away. DatabaseUnavailable.
    """
    async with database.reading() as session:
        booked = await booked_slips(session, shop)
        registered = await _registered(session, shop)
        lines, costs = await paid_lines(session, shop), await coupon_costs(session, shop)
        published = await current_policy(session, shop)
        pinned = await asyncio.to_thread(publishable, published.text if published else default_policy_text(), now.year)
        seconds = pinned.calendar.offset_at(now)
        limit = pinned.policy.approver_limit_a_day.value
        signed = await signed_by_day(session, shop, timedelta(seconds=seconds), limit)
    told, silent = await _told(client, sorted(booked.keys() | registered.keys()))
    # What was booked while the slips were asked is in both books only now.
    async with database.reading() as session:
        booked = await booked_slips(session, shop)
        notices = await notices_of(session, shop)
    return Books(told, registered, booked, lines, costs, tuple(silent), signed, notices)


async def _told(client: Client, names: list[str]) -> tuple[dict[str, SlipTold], list[str]]:
    """Each slip as its own history has it; those that cannot say, also when they are asked once more, one by one.

    A worker with too much to do answers late, and that is no difference of the books.
    """
    told: dict[str, SlipTold] = {}
    silent: list[str] = []
    gate = asyncio.Semaphore(AT_ONCE)

    async def ask(name: str) -> None:
        async with gate:
            try:
                view = await look(client, name)
            except CaseSilent:
                silent.append(name)
                return
        if view is not None:
            told[name] = slip_of(view)

    await asyncio.gather(*(ask(name) for name in names))
    late, silent = sorted(silent), []
    for name in late:
        await ask(name)
    return told, silent


async def _registered(session: ReadSession, shop: str) -> dict[str, SlipTold]:
    asked = select(cases.c.case, cases.c.view).where(cases.c.shop == shop, cases.c.kind == Kind.PAYMENT.value)
    return {row.case: slip_of(VIEWS.validate_python(row.view)) for row in await session.execute(asked)}


def slip_of(view: CaseView) -> SlipTold:
    """What the books compare of a slip."""
    story = cast("dict[str, Any]", view.story or {})
    amount = view.amount or Money(0, "CNY")
    return SlipTold(
        view.case,
        view.state,
        view.version,
        story["purpose"],
        read_money(amount.amount(), amount.currency),
        story["slip_number"],
        story["reference"],
        view.closed_at,
        tuple(each["heard"]["reference"] for each in story.get("gateway", {}).get("mismatches", ())),
    )

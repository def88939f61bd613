"""One shop's books as the database has them, for the reconciliation; and which worker reconciles which day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from db.ledger_reads import CostKind, CostState, read_entry
from db.sessions import ReadSession, WriteSession
from db.tables.ledger import ledger, line_costs, slip_parts
from db.tables.orders import order_lines
from db.tables.people import shops
from db.tables.reconciliations import reconciliations
from domain.money import Money
from domain.payment.books.comparing import Difference, Signed, SlipBooked

GIVEN_UP = timedelta(hours=2)
"""A reconciliation that was begun so long ago and never ended is taken over."""

_SIGNED = text(
    """
    SELECT approval -> 'by' ->> 'person' AS person, cases.currency,
        to_char(CAST(approval ->> 'at' AS timestamptz) AT TIME ZONE CAST(:ahead AS interval), 'YYYY-MM-DD') AS day,
        sum(cases.amount_minor) AS minor
    FROM cases, jsonb_array_elements(cases.view -> 'story' -> 'approvals') AS approval
    WHERE cases.shop = :shop AND cases.kind = 'payment' AND cases.view -> 'story' ->> 'direction' = 'out'
        AND cases.state NOT IN ('rejected', 'void', 'not_paid', 'refused', 'reversed')
    GROUP BY 1, 2, 3 ORDER BY 3, 1
    """
)


async def all_shops(session: ReadSession) -> list[str]:
    """Return the shops by their id."""
    return [str(shop) for shop in (await session.execute(select(shops.c.shop).order_by(shops.c.shop))).scalars()]


async def booked_slips(session: ReadSession, shop: str) -> dict[str, SlipBooked]:
    """Return every slip of the shop that the ledger knows, by its case number. Two statements."""
    found: dict[str, SlipBooked] = {}
    parts = await _parts_of(session, shop)
    for row in await session.execute(select(ledger).where(ledger.c.shop == shop)):
        entry = read_entry(row)
        place = (entry.order_index, entry.line) if entry.order_index is not None and entry.line is not None else None
        found[entry.refund_key] = SlipBooked(
            entry.refund_key,
            entry.shop,
            entry.state.value,
            entry.purpose.value,
            entry.amount,
            entry.slip_year,
            entry.slip_number,
            entry.reference or "",
            entry.requested_at,
            entry.settled_at,
            place,
            tuple((part, Money(minor, entry.amount.currency), at) for part, minor, at in parts[entry.refund_key]),
            row.reversed_by or "",
        )
    return found


async def _parts_of(session: ReadSession, shop: str) -> dict[str, list[tuple[str, int, datetime]]]:
    asked = select(slip_parts).join(ledger, ledger.c.refund_key == slip_parts.c.refund_key)
    found: dict[str, list[tuple[str, int, datetime]]] = defaultdict(list)
    for row in await session.execute(asked.where(ledger.c.shop == shop).order_by(slip_parts.c.part)):
        found[row.refund_key].append((row.reference, int(row.amount_minor), row.paid_at))
    return found


async def paid_lines(session: ReadSession, shop: str) -> dict[tuple[str, int], Money]:
    """Return what was paid for each order line of the shop."""
    rows = await session.execute(select(order_lines).where(order_lines.c.shop == shop))
    return {(row.order_index, row.line): Money(row.paid_minor, row.currency) for row in rows}


async def coupon_costs(session: ReadSession, shop: str) -> dict[tuple[str, int], int]:
    """Return what coupons hold or spent of each line; the platform's own payments asked nobody, and are left out."""
    asked = (
        select(line_costs.c.order_index, line_costs.c.line, func.sum(line_costs.c.amount_minor).label("minor"))
        .where(line_costs.c.shop == shop, line_costs.c.state != CostState.RELEASED.value)
        .where(line_costs.c.kind == CostKind.COUPON.value)
        .group_by(line_costs.c.order_index, line_costs.c.line)
    )
    return {(row.order_index, row.line): int(row.minor) for row in await session.execute(asked)}


async def signed_by_day(session: ReadSession, shop: str, ahead: timedelta, limit: Money) -> tuple[Signed, ...]:
    """Return what each person approved on each day. ahead: how far the shop's wall clock is ahead of UTC."""
    rows: list[Any] = list(await session.execute(_SIGNED, {"shop": shop, "ahead": ahead}))
    return tuple(Signed(row.person, row.day, Money(int(row.minor), row.currency), limit) for row in rows)


async def claim_day(session: WriteSession, day: date, now: datetime) -> bool:
    """Take a day's reconciliation, once over all workers; one that was given up is taken over. now: UTC."""
    mine = insert_or(reconciliations).values(day=day, begun_at=now).on_conflict_do_nothing()
    if (await session.execute(mine.returning(reconciliations.c.day))).scalar() is not None:
        return True
    stale = (reconciliations.c.ended_at.is_(None)) & (reconciliations.c.begun_at < now - GIVEN_UP)
    taken = update(reconciliations).where(reconciliations.c.day == day, stale).values(begun_at=now)
    return (await session.execute(taken.returning(reconciliations.c.day))).scalar() is not None


async def note_day(session: WriteSession, day: date, now: datetime, found: dict[str, tuple[Difference, ...]]) -> None:
    """Keep what a day's reconciliation found, by shop. now: UTC."""
    told = {shop: [asdict(each) for each in each_found] for shop, each_found in found.items()}
    done = update(reconciliations).where(reconciliations.c.day == day).values(ended_at=now, found=told)
    if (await session.execute(done.returning(reconciliations.c.day))).scalar() is None:
        await session.execute(insert(reconciliations).values(day=day, begun_at=now, ended_at=now, found=told))


async def drop_day(session: WriteSession, day: date) -> None:
    """Give a claimed day back: it could not be reconciled now."""
    await session.execute(
        delete(reconciliations).where(reconciliations.c.day == day, reconciliations.c.ended_at.is_(None))
    )


async def last_day(session: ReadSession) -> tuple[date, datetime, dict[str, list[Difference]]] | None:
    """Return the last day that was reconciled, when (UTC), and what was found by shop; None before the first."""
    asked = select(reconciliations).where(reconciliations.c.ended_at.is_not(None))
    row = (await session.execute(asked.order_by(reconciliations.c.day.desc()).limit(1))).one_or_none()
    if row is None:
        return None
    return row.day, row.ended_at, {shop: [Difference(**each) for each in found] for shop, found in row.found.items()}

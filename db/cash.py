"""What moved on one day: slips paid, in and out, and what came back; coupons and costs beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    tuple_,
    union_all,
)

from db.cursors import BadCursor, Page, Place, check_limit, read_cursor, write_cursor
from db.ledger_reads import CostState, SlipState
from db.sessions import ReadSession
from db.tables.ledger import ledger, line_costs, slip_parts
from db.tables.people import people
from domain.money import Money
from domain.payment.purposes import COMING_IN


@dataclass(frozen=True)
class CashLine:
    """One movement: `way` is in or out of the till, or cost; `key` is the slip's case number, or the cost's own key.

    Instants UTC. slip: as people write it, empty for a cost. signed_by: a person's id or what paid by itself;
    signed_name: that person's name, empty where no person signed.
    """

    way: str
    what: str
    key: str
    case: str
    amount: Money
    at: datetime
    slip: str
    reference: str
    signed_by: str
    signed_name: str


@dataclass(frozen=True)
class DayTotal:
    """What went one way in one currency."""

    way: str
    what: str
    amount: Money
    count: int


async def cash_of(
    session: ReadSession,
    shop: str,
    between: tuple[datetime, datetime],
    cursor: str | None = None,
    limit: int = 50,
) -> Page[CashLine]:
    """Return a page of the movements in the time (from, until; UTC), in the order in which they were settled.

    Raises:
        BadCursor: the cursor is not from such a list (a ValueError). ValueError: a limit outside 1 … 200.
    """
    moved = _moved(shop, between).subquery("moved")
    signer = people.c.person == moved.c.signed_by
    asked = select(moved, people.c.name.label("signed_name")).join_from(moved, people, signer, isouter=True)
    if cursor is not None:
        place = read_cursor(cursor, 1)
        if place.at is None:
            raise BadCursor("the cursor is not one that this list gave out")
        asked = asked.where(tuple_(moved.c.at, moved.c.key) > tuple_(literal(place.at), literal(place.key[0])))
    rows = (await session.execute(asked.order_by(moved.c.at, moved.c.key).limit(check_limit(limit) + 1))).all()
    last = rows[limit - 1] if len(rows) > limit else None
    lines = [
        CashLine(
            row.way,
            row.what,
            row.key,
            row.case,
            Money(row.amount_minor, row.currency),
            row.at,
            "" if row.slip_number is None else f"{row.slip_year}-{row.slip_number:06d}",
            row.reference,
            row.signed_by,
            row.signed_name or "",
        )
        for row in rows[:limit]
    ]
    return Page(lines, None if last is None else write_cursor(Place(last.at, (last.key,))))


async def totals_of(session: ReadSession, shop: str, between: tuple[datetime, datetime]) -> list[DayTotal]:
    """Return the sums of the movements in the time, by way, what they were for, and currency."""
    moved = _moved(shop, between).subquery("moved")
    kinds = (moved.c.currency, moved.c.way, moved.c.what)
    asked = select(*kinds, func.sum(moved.c.amount_minor).label("minor"), func.count().label("many"))
    rows = await session.execute(asked.group_by(*kinds).order_by(*kinds))
    return [DayTotal(row.way, row.what, Money(int(row.minor), row.currency), int(row.many)) for row in rows]


def _moved(shop: str, between: tuple[datetime, datetime]) -> Select[*tuple[Any, ...]]:
    since, until = between
    whole, parts, back, costs = _whole_slips(shop), _parts(shop), _reversals(shop), _costs(shop)
    both = union_all(
        whole.where(ledger.c.settled_at >= since, ledger.c.settled_at < until),
        parts.where(slip_parts.c.paid_at >= since, slip_parts.c.paid_at < until),
        back.where(ledger.c.reversed_at >= since, ledger.c.reversed_at < until),
        costs.where(line_costs.c.settled_at >= since, line_costs.c.settled_at < until),
    ).subquery("both")
    return select(both)


def _way() -> ColumnElement[str]:
    coming = ledger.c.purpose.in_([purpose.value for purpose in sorted(COMING_IN)])
    return case((coming, "in"), else_="out").label("way")


def _whole_slips(shop: str) -> Select[*tuple[Any, ...]]:
    """Slips that were paid at once."""
    return select(
        _way(),
        ledger.c.purpose.label("what"),
        ledger.c.refund_key.label("key"),
        ledger.c.case,
        ledger.c.amount_minor,
        ledger.c.currency,
        ledger.c.settled_at.label("at"),
        ledger.c.slip_year,
        ledger.c.slip_number,
        func.coalesce(ledger.c.reference, "").label("reference"),
        func.coalesce(ledger.c.paid_by, "").label("signed_by"),
    ).where(
        ledger.c.shop == shop,
        ledger.c.state.in_([SlipState.PAID.value, SlipState.REVERSED.value]),
        ~exists().where(slip_parts.c.refund_key == ledger.c.refund_key),
    )


def _parts(shop: str) -> Select[*tuple[Any, ...]]:
    """Parts of slips, each at its own time."""
    return (
        select(
            _way(),
            ledger.c.purpose.label("what"),
            (ledger.c.refund_key + "/" + cast(slip_parts.c.part, Text)).label("key"),
            ledger.c.case,
            slip_parts.c.amount_minor,
            ledger.c.currency,
            slip_parts.c.paid_at.label("at"),
            ledger.c.slip_year,
            ledger.c.slip_number,
            slip_parts.c.reference,
            slip_parts.c.paid_by.label("signed_by"),
        )
        .join(ledger, ledger.c.refund_key == slip_parts.c.refund_key)
        .where(ledger.c.shop == shop)
    )


def _reversals(shop: str) -> Select[*tuple[Any, ...]]:
    """What a bank sent back."""
    return select(
        literal("in").label("way"),
        literal("reversal").label("what"),
        (ledger.c.refund_key + "/reversed").label("key"),
        ledger.c.case,
        ledger.c.amount_minor,
        ledger.c.currency,
        ledger.c.reversed_at.label("at"),
        ledger.c.slip_year,
        ledger.c.slip_number,
        func.coalesce(ledger.c.reversed_by, "").label("reference"),
        cast(literal(""), Text).label("signed_by"),
    ).where(ledger.c.shop == shop, ledger.c.state == SlipState.REVERSED.value)


def _costs(shop: str) -> Select[*tuple[Any, ...]]:
    """Coupons that were spent, and what the platform paid by itself."""
    return select(
        literal("cost").label("way"),
        line_costs.c.kind.label("what"),
        line_costs.c.key,
        line_costs.c.case,
        line_costs.c.amount_minor,
        line_costs.c.currency,
        line_costs.c.settled_at.label("at"),
        cast(null(), Integer).label("slip_year"),
        cast(null(), BigInteger).label("slip_number"),
        cast(literal(""), Text).label("reference"),
        cast(literal(""), Text).label("signed_by"),
    ).where(line_costs.c.shop == shop, line_costs.c.state == CostState.SPENT.value)

"""Read the money ledger: the slips of a case, the account of an order line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, select

from db.sessions import ReadSession
from db.tables.ledger import ledger
from db.tables.orders import order_lines
from domain.money import Money


class Purpose(StrEnum):
    """What a sum is for: refund and compensation share the line's ceiling, freight has a cap of its own [T][O]."""

    REFUND = "refund"
    COMPENSATION = "compensation"
    FREIGHT = "freight"


class SlipState(StrEnum):
    """Where a slip stands; it ends paid or released, and never leaves its end."""

    RESERVED = "reserved"
    PAID = "paid"
    RELEASED = "released"


@dataclass(frozen=True)
class LedgerEntry:
    """One slip, for good. Instants UTC; reference and payer (a person's id) only once paid; freight's return."""

    refund_key: str
    shop: str
    case: str
    order_index: str | None
    line: int | None
    purpose: Purpose
    amount: Money
    state: SlipState
    slip_year: int
    slip_number: int
    requested_at: datetime
    settled_at: datetime | None
    reference: str | None
    paid_by: str | None
    return_case: str


@dataclass(frozen=True)
class LineAccount:
    """What was paid for an order line, and how much of it is promised back and went back, over all cases."""

    paid: Money
    reserved: Money
    returned: Money

    @property
    def left(self) -> Money:
        """What may still be promised."""
        return self.paid - self.reserved - self.returned


async def payments_of_case(session: ReadSession, shop: str, case: str) -> list[LedgerEntry]:
    """Return the case's slips, released ones too, in the order of their numbers."""
    asked = select(ledger).where(ledger.c.shop == shop, ledger.c.case == case)
    rows = await session.execute(asked.order_by(ledger.c.slip_year, ledger.c.slip_number))
    return [read_entry(row) for row in rows]


async def find_slip(session: ReadSession, refund_key: str) -> LedgerEntry | None:
    """Return the slip under this key, or None. One statement."""
    found = (await session.execute(select(ledger).where(ledger.c.refund_key == refund_key))).one_or_none()
    return None if found is None else read_entry(found)


async def line_account(session: ReadSession, shop: str, order_index: str, line: int) -> LineAccount | None:
    """Return the account of the line, or None if no such line is registered. One statement; freight is not in it."""
    counted = func.sum(ledger.c.amount_minor)
    asked = (
        select(
            order_lines.c.paid_minor,
            order_lines.c.currency,
            func.coalesce(counted.filter(ledger.c.state == SlipState.RESERVED.value), 0).label("reserved"),
            func.coalesce(counted.filter(ledger.c.state == SlipState.PAID.value), 0).label("returned"),
        )
        .outerjoin(
            ledger,
            (ledger.c.shop == order_lines.c.shop)
            & (ledger.c.order_index == order_lines.c.order_index)
            & (ledger.c.line == order_lines.c.line)
            & (ledger.c.purpose != Purpose.FREIGHT.value)
            & (ledger.c.state != SlipState.RELEASED.value),
        )
        .where(order_lines.c.shop == shop, order_lines.c.order_index == order_index, order_lines.c.line == line)
        .group_by(order_lines.c.paid_minor, order_lines.c.currency)
    )
    found = (await session.execute(asked)).one_or_none()
    if found is None:
        return None
    paid, reserved, returned = (int(found.paid_minor), int(found.reserved), int(found.returned))
    return LineAccount(*(Money(minor, found.currency) for minor in (paid, reserved, returned)))


def read_entry(row: Row[Any]) -> LedgerEntry:
    """Return a row of the table as an entry."""
    return LedgerEntry(
        row.refund_key,
        row.shop,
        row.case,
        row.order_index,
        row.line,
        Purpose(row.purpose),
        Money(row.amount_minor, row.currency),
        SlipState(row.state),
        row.slip_year,
        row.slip_number,
        row.requested_at,
        row.settled_at,
        row.reference,
        row.paid_by,
        row.return_case,
    )

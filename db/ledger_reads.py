"""Read the money ledger: the slips of a case, the account of an order line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, select

from db.sessions import ReadSession
from db.tables.ledger import ledger, line_costs
from db.tables.orders import order_lines
from domain.money import Money
from domain.payment.purposes import UNDER_THE_LINE, Purpose


class SlipState(StrEnum):
    """Where a slip stands; it ends paid or released, and leaves its end only when the money comes back: reversed."""

    RESERVED = "reserved"
    PAID = "paid"
    RELEASED = "released"
    REVERSED = "reversed"


HOLDS_NOTHING = (SlipState.RELEASED.value, SlipState.REVERSED.value)
"""Slips whose money is not out and will not go out."""


class CostKind(StrEnum):
    """What gave value back without a slip."""

    COUPON = "coupon"
    PLATFORM = "platform"


class CostState(StrEnum):
    """Where such a value stands; it ends spent or released."""

    HELD = "held"
    SPENT = "spent"
    RELEASED = "released"


@dataclass(frozen=True)
class LedgerEntry:
    """One slip, for good. Instants UTC; reference and who signed (a person's id) only once paid; freight's return.

    asked_by: the person's id, empty for slips from before it was kept.
    """

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
    asked_by: str


@dataclass(frozen=True)
class CostEntry:
    """What a line gave back without a slip. Instants UTC."""

    key: str
    case: str
    line: int
    kind: CostKind
    amount: Money
    state: CostState
    held_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True)
class LineAccount:
    """What was paid for an order line, and how much of it is promised back and went back, over all cases and doors."""

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


async def costs_of_case(session: ReadSession, shop: str, case: str) -> list[CostEntry]:
    """Return the case's coupons and what the platform paid, released ones too, in the order of their holding."""
    asked = select(line_costs).where(line_costs.c.shop == shop, line_costs.c.case == case)
    rows = await session.execute(asked.order_by(line_costs.c.held_at, line_costs.c.key))
    return [
        CostEntry(
            row.key,
            row.case,
            row.line,
            CostKind(row.kind),
            Money(row.amount_minor, row.currency),
            CostState(row.state),
            row.held_at,
            row.settled_at,
        )
        for row in rows
    ]


async def find_slip(session: ReadSession, refund_key: str) -> LedgerEntry | None:
    """Return the slip under this key, or None. One statement."""
    found = (await session.execute(select(ledger).where(ledger.c.refund_key == refund_key))).one_or_none()
    return None if found is None else read_entry(found)


async def line_account(session: ReadSession, shop: str, order_index: str, line: int) -> LineAccount | None:
    """Return the account of the line, or None if no such line is registered. One statement; freight is not in it."""
    slips, costs = held_by_slips(shop, order_index, line), held_as_cost(shop, order_index, line)
    reserved = slips.where(ledger.c.state == SlipState.RESERVED.value).scalar_subquery()
    returned = slips.where(ledger.c.state == SlipState.PAID.value).scalar_subquery()
    promised = costs.where(line_costs.c.state == CostState.HELD.value).scalar_subquery()
    spent = costs.where(line_costs.c.state == CostState.SPENT.value).scalar_subquery()
    asked = select(
        order_lines.c.paid_minor,
        order_lines.c.currency,
        (reserved + promised).label("reserved"),
        (returned + spent).label("returned"),
    ).where(order_lines.c.shop == shop, order_lines.c.order_index == order_index, order_lines.c.line == line)
    found = (await session.execute(asked)).one_or_none()
    if found is None:
        return None
    paid, reserved, returned = (int(found.paid_minor), int(found.reserved), int(found.returned))
    return LineAccount(*(Money(minor, found.currency) for minor in (paid, reserved, returned)))


def held_by_slips(shop: str, order_index: str, line: int) -> Select[tuple[int]]:
    """What slips hold of a line or paid out of it: every purpose under its ceiling [T][O]."""
    return select(func.coalesce(func.sum(ledger.c.amount_minor), 0)).where(
        ledger.c.shop == shop,
        ledger.c.order_index == order_index,
        ledger.c.line == line,
        *(ledger.c.state != nothing for nothing in HOLDS_NOTHING),
        ledger.c.purpose.in_([purpose.value for purpose in UNDER_THE_LINE]),
    )


def held_as_cost(shop: str, order_index: str, line: int) -> Select[tuple[int]]:
    """What coupons hold of a line or spent, and what the platform paid by itself [O]."""
    return select(func.coalesce(func.sum(line_costs.c.amount_minor), 0)).where(
        line_costs.c.shop == shop,
        line_costs.c.order_index == order_index,
        line_costs.c.line == line,
        line_costs.c.state != CostState.RELEASED.value,
    )


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
        row.asked_by,
    )

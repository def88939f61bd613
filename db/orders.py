"""The shop's orders as cases are checked against them, and what was paid for each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Text, and_, cast, delete, func, select, text, union_all
from sqlalchemy.dialects.postgresql import insert

from db.ledger_reads import HOLDS_NOTHING
from db.plain_json import as_json
from db.sessions import ReadSession, WriteSession
from db.tables.customers import customers
from db.tables.ledger import ledger, line_costs
from db.tables.orders import order_lines, orders
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.payment.purposes import UNDER_THE_LINE
from domain.sealed import Sealed

_FACTS: TypeAdapter[OrderFacts] = TypeAdapter(OrderFacts)
_SEALED: TypeAdapter[dict[str, Sealed]] = TypeAdapter(dict[str, Sealed])


_PUT = text("""
    INSERT INTO orders AS known (shop, order_index, customer, facts, sealed, version, registered_at, changed_at)
    VALUES (:shop, :order_index, :customer, CAST(:facts AS jsonb), CAST(:sealed AS jsonb), 1, :at, :at)
    ON CONFLICT (shop, order_index) DO UPDATE SET
        customer = excluded.customer, facts = excluded.facts, sealed = excluded.sealed,
        (version, changed_at) = (
            SELECT CASE WHEN same THEN known.version ELSE known.version + 1 END,
                   CASE WHEN same THEN known.changed_at ELSE excluded.changed_at END
            FROM (
                SELECT known.facts = excluded.facts AND known.customer IS NOT DISTINCT FROM excluded.customer
            ) AS compared (same)
        )
    RETURNING version
""")


@dataclass(frozen=True)
class OrderOnFile:
    """An order as registered. customer: subject id, None if the shop did not say. version: 1, 2, … counts changes.

    Instants UTC.
    """

    shop: str
    order_index: str
    facts: OrderFacts
    sealed: dict[str, Sealed]
    customer: str | None
    registered_at: datetime
    changed_at: datetime
    version: int
    customer_level: int | None = None
    """Of the customer, as the shop said last [S]."""


class OrderBelowPaid(Exception):  # noqa: N818  an answer to who changes the order
    """The change would leave a line with less paid for it than already went back or is reserved to; nothing changed.

    line: its number. promised: what is reserved and paid for it, over all cases, in the currency it was paid in.
    """

    def __init__(self, line: int, promised: Money) -> None:
        super().__init__(f"line {line}: {promised} of it is reserved or paid back already")
        self.line = line
        self.promised = promised


async def put_order(  # noqa: PLR0917  an order is its key, its content and when it was told
    session: WriteSession,
    shop: str,
    order_index: str,
    facts: OrderFacts,
    sealed: dict[str, Sealed],
    customer: str | None,
    at: datetime,
) -> int:
    """Register the order or correct it, and return its version; the same content again changes nothing. at: UTC.

    Sealed words differ at each sealing, so they are replaced without counting as a change of their own.

    Raises:
        OrderBelowPaid: a line would cover less than is reserved or paid for it. Leave the transaction with it.
        ValueError: two lines of one number.
    """
    if len({line.line for line in facts.lines}) != len(facts.lines):
        raise ValueError("two lines of the order have one number")
    told = {"facts": as_json(_FACTS, facts), "sealed": as_json(_SEALED, sealed)}
    given = {**told, "shop": shop, "order_index": order_index, "customer": customer, "at": at}
    version = (await session.execute(_PUT, given)).scalar_one()
    await _check_promised(session, shop, order_index, facts)
    await _put_lines(session, shop, order_index, facts)
    return int(version)


async def find_order(session: ReadSession, shop: str, order_index: str) -> OrderOnFile | None:
    """Return the order, or None if the shop registered none of that index. One statement."""
    same = (customers.c.shop == orders.c.shop) & (customers.c.subject == orders.c.customer)
    told, boxes = cast(orders.c.facts, Text).label("told"), cast(orders.c.sealed, Text).label("boxes")
    asked = select(orders, told, boxes, customers.c.level).outerjoin(customers, same)
    found = (
        await session.execute(asked.where(orders.c.shop == shop, orders.c.order_index == order_index))
    ).one_or_none()
    if found is None:
        return None
    return OrderOnFile(
        shop,
        order_index,
        _FACTS.validate_json(found.told),
        _SEALED.validate_json(found.boxes),
        found.customer,
        found.registered_at,
        found.changed_at,
        found.version,
        found.level,
    )


async def _check_promised(session: WriteSession, shop: str, order_index: str, facts: OrderFacts) -> None:
    """Lock the lines as reserving does, then compare: nothing can be reserved on them until this transaction ends."""
    mine = and_(order_lines.c.shop == shop, order_lines.c.order_index == order_index)
    await session.execute(select(order_lines.c.line).where(mine).order_by(order_lines.c.line).with_for_update())
    slips = select(ledger.c.line, ledger.c.currency, ledger.c.amount_minor).where(
        ledger.c.shop == shop,
        ledger.c.order_index == order_index,
        ledger.c.state.not_in(HOLDS_NOTHING),
        ledger.c.purpose.in_([purpose.value for purpose in UNDER_THE_LINE]),
    )
    # What the platform paid by itself asked nobody, so it keeps nobody from registering the order as it is.
    coupons = select(line_costs.c.line, line_costs.c.currency, line_costs.c.amount_minor).where(
        line_costs.c.shop == shop,
        line_costs.c.order_index == order_index,
        line_costs.c.state != "released",
        line_costs.c.kind == "coupon",
    )
    held = union_all(slips, coupons).subquery("held")
    promised = (
        select(held.c.line, held.c.currency, func.sum(held.c.amount_minor).label("minor"))
        .group_by(held.c.line, held.c.currency)
        .order_by(held.c.line)
    )
    for line, currency, minor in await session.execute(promised):
        stands = facts.find(line)
        if stands is None or stands.paid.currency != currency or stands.paid.minor < minor:
            raise OrderBelowPaid(line, Money(int(minor), currency))


async def _put_lines(session: WriteSession, shop: str, order_index: str, facts: OrderFacts) -> None:
    mine = and_(order_lines.c.shop == shop, order_lines.c.order_index == order_index)
    kept = [line.line for line in facts.lines]
    await session.execute(delete(order_lines).where(mine, order_lines.c.line.not_in(kept)))
    if not facts.lines:
        return
    new = insert(order_lines).values([_line_row(shop, order_index, line) for line in facts.lines])
    told = {name: new.excluded[name] for name in ("quantity", "paid_minor", "currency")}
    await session.execute(new.on_conflict_do_update(index_elements=["shop", "order_index", "line"], set_=told))


def _line_row(shop: str, order_index: str, line: OrderLine) -> dict[str, object]:
    return {
        "shop": shop,
        "order_index": order_index,
        "line": line.line,
        "quantity": line.quantity,
        "paid_minor": line.paid.minor,
        "currency": line.paid.currency,
    }

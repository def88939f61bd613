"""What a line gives back without a slip: coupons, and what the platform paid by itself; one ceiling with all slips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert

from db.ledger import AlreadyReleased, CeilingReached, KeyTaken, SlipUnknown, left_of_line
from db.ledger_reads import CostKind, CostState, SlipState, held_by_slips
from db.sessions import WriteSession
from db.tables.ledger import ledger, line_costs
from domain.money import Money


@dataclass(frozen=True)
class LineCost:
    """A value to count on an order line; `key` is unique for good in the shop, `at` UTC."""

    key: str
    shop: str
    case: str
    order_index: str
    line: int
    amount: Money
    at: datetime


async def hold_cost(session: WriteSession, asked: LineCost) -> None:
    """Hold a coupon's value under the line's ceiling; the same call again changes nothing.

    Raises:
        CeilingReached, OrderUnknown, CurrencyDiffers, KeyTaken, AlreadyReleased: nothing was held.
    """
    left = await left_of_line(session, asked.shop, asked.order_index, asked.line, asked.amount.currency)
    stands = await _find(session, asked)
    if stands is not None:
        if stands.state == CostState.RELEASED:
            raise AlreadyReleased("the value under this key was released")
        return
    if asked.amount > left:
        raise CeilingReached(left)
    await session.execute(insert(line_costs).values(**_row(asked, CostKind.COUPON, CostState.HELD)))


async def settle_cost(session: WriteSession, shop: str, key: str, at: datetime, *, spent: bool) -> None:
    """Book a held value as spent, or give it back to the line; the same end again changes nothing. at: UTC.

    Raises:
        SlipUnknown: nothing is held under this key. KeyTaken: it ended otherwise.
    """
    end = CostState.SPENT if spent else CostState.RELEASED
    mine = (line_costs.c.shop == shop) & (line_costs.c.key == key)
    held = update(line_costs).where(mine, line_costs.c.state == CostState.HELD.value)
    done = held.values(state=end.value, settled_at=at).returning(line_costs.c.key)
    if (await session.execute(done)).scalar() is not None:
        return
    state = (await session.execute(select(line_costs.c.state).where(mine))).scalar()
    if state is None:
        raise SlipUnknown("nothing is held under this key")
    if state != end.value:
        raise KeyTaken(f"the value under this key is {state} already")


async def book_platform_payment(session: WriteSession, paid: LineCost) -> Money:
    """Count what the platform paid by itself, whatever the ceiling says: the money is gone; again, it changes nothing.

    Returns what the line has given back beyond what was paid for it, zero if nothing. What slips of the same case only
    hold does not count: the case itself takes them back, or says so once finance has paid them all the same.

    Raises:
        OrderUnknown, CurrencyDiffers: it cannot be counted on this line. KeyTaken: another case, or another sum, has
            this payment on record.
    """
    left = await left_of_line(session, paid.shop, paid.order_index, paid.line, paid.amount.currency)
    if await _find(session, paid) is None:
        row = _row(paid, CostKind.PLATFORM, CostState.SPENT) | {"settled_at": paid.at}
        added = insert(line_costs).values(**row).on_conflict_do_nothing().returning(line_costs.c.key)
        if (await session.execute(added)).scalar() is None:
            raise KeyTaken("another case is recording this payment")
        left -= paid.amount
    held = held_by_slips(paid.shop, paid.order_index, paid.line).where(
        ledger.c.case == paid.case, ledger.c.state == SlipState.RESERVED.value
    )
    own = int((await session.execute(select(held.scalar_subquery()))).scalar_one())
    return Money(max(-left.minor - own, 0), left.currency)


async def _find(session: WriteSession, asked: LineCost) -> Row[tuple[object, ...]] | None:
    """The row under this key, which has to be of the same case, line and sum."""
    mine = select(line_costs).where(line_costs.c.shop == asked.shop, line_costs.c.key == asked.key)
    found = (await session.execute(mine)).one_or_none()
    if found is None:
        return None
    stands = (found.case, found.order_index, found.line, found.amount_minor, found.currency)
    if stands != (asked.case, asked.order_index, asked.line, asked.amount.minor, asked.amount.currency):
        raise KeyTaken(f"it is on record for {found.case} already")
    return found


def _row(cost: LineCost, kind: CostKind, state: CostState) -> dict[str, object]:
    return {
        "shop": cost.shop,
        "key": cost.key,
        "case": cost.case,
        "order_index": cost.order_index,
        "line": cost.line,
        "kind": kind.value,
        "amount_minor": cost.amount.minor,
        "currency": cost.amount.currency,
        "state": state.value,
        "held_at": cost.at,
    }

"""How many units of an order line go back, over all cases: never more than were bought (domain.md [S][O]).

Each return counts the units that the customer cannot send any more: those on their way or here, and those that were
replaced although the first ones never came. Bought 2, and 1 exchanged whose original came back: the replacement stands
in its place, nothing counts, and 2 may go back still, the replacement among them. Bought 2, and 1 exchanged whose
original never came: the customer has 3 and paid for 2, so that 1 counts as replaced, and 1 may go back until the
original comes after all. What is repaid for a line is bounded by the money ledger, whatever goes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.tables.ledger import returned_units
from db.tables.orders import order_lines


@dataclass(frozen=True)
class Units:
    """Units that a return takes of an order's line; `at` UTC."""

    shop: str
    case: str
    return_case: str
    order_index: str
    line: int
    quantity: int
    at: datetime


class UnitsRefusal(Exception):  # noqa: N818  an answer of the register
    """Why units do not count as going back; the sentence is for the desk."""

    code = "units_refused"


class LineNotRegistered(UnitsRefusal):
    """No such order line is registered."""

    code = "order_unknown"


class MoreThanBought(UnitsRefusal):
    """More units of the line would go back than are with the customer."""

    code = "more_than_bought"


@dataclass(frozen=True)
class UnitsOfLine:
    """An order line's units: bought, and gone back or on their way under which return."""

    bought: int
    by_return: dict[str, int]

    @property
    def left(self) -> int:
        """Units that may still go back; negative when more came than was bought."""
        return self.bought - sum(self.by_return.values())


async def hold_units(session: WriteSession, asked: Sequence[Units]) -> None:
    """Count all of these units as going back, or none; the same again changes nothing.

    Raises:
        LineNotRegistered, MoreThanBought: nothing was counted.
    """
    for units in sorted(asked, key=lambda each: each.line):
        stands = await _locked(session, units)
        left = stands.left + stands.by_return.get(units.return_case, 0)
        if units.quantity > left:
            raise MoreThanBought(
                f"line {units.line}: {units.quantity} units, but of {stands.bought} bought {max(left, 0)} may go back"
            )
        await _write(session, units)


async def count_units(session: WriteSession, told: Sequence[Units]) -> str:
    """Count so many units under their return, whatever that makes in sum: the goods are where they are.

    Returns what is now more than was bought, in words; empty if nothing is.

    Raises:
        LineNotRegistered: nothing was counted.
    """
    over: list[str] = []
    for units in sorted(told, key=lambda each: each.line):
        stands = await _locked(session, units)
        left = stands.left + stands.by_return.get(units.return_case, 0) - units.quantity
        await _write(session, units)
        if left < 0:
            over.append(f"line {units.line}: {-left} more than the {stands.bought} bought")
    return "; ".join(over)


async def units_of_line(session: ReadSession, shop: str, order_index: str, line: int) -> UnitsOfLine | None:
    """Return what of a line went back or is on its way; None where no such line is registered."""
    at_line = (order_lines.c.shop == shop) & (order_lines.c.order_index == order_index) & (order_lines.c.line == line)
    bought = (await session.execute(select(order_lines.c.quantity).where(at_line))).scalar()
    return None if bought is None else UnitsOfLine(bought, await _by_return(session, shop, order_index, line))


async def _locked(session: WriteSession, units: Units) -> UnitsOfLine:
    """The line, locked until this transaction ends: whoever counts on it waits for those before."""
    mine = (
        (order_lines.c.shop == units.shop)
        & (order_lines.c.order_index == units.order_index)
        & (order_lines.c.line == units.line)
    )
    bought = (await session.execute(select(order_lines.c.quantity).where(mine).with_for_update())).scalar()
    if bought is None:
        raise LineNotRegistered(f"the order has no line {units.line}")
    return UnitsOfLine(bought, await _by_return(session, units.shop, units.order_index, units.line))


async def _by_return(session: ReadSession | WriteSession, shop: str, order_index: str, line: int) -> dict[str, int]:
    known = returned_units.c
    rows = await session.execute(
        select(known.return_case, func.sum(known.quantity).label("units"))
        .where(known.shop == shop, known.order_index == order_index, known.line == line)
        .group_by(known.return_case)
    )
    return {row.return_case: int(row.units) for row in rows}


async def _write(session: WriteSession, units: Units) -> None:
    row = {
        "shop": units.shop,
        "return_case": units.return_case,
        "line": units.line,
        "case": units.case,
        "order_index": units.order_index,
        "quantity": units.quantity,
        "changed_at": units.at,
    }
    told = insert(returned_units).values(**row)
    again = {name: told.excluded[name] for name in ("quantity", "changed_at")}
    await session.execute(told.on_conflict_do_update(index_elements=["shop", "return_case", "line"], set_=again))

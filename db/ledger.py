"""The money ledger: no line ever gives back more than was paid for it, no refund is paid twice, slips have no gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from db.ledger_reads import HOLDS_NOTHING, LedgerEntry, SlipState, find_slip, held_as_cost, held_by_slips
from db.sessions import WriteSession
from db.tables.ledger import freight_receipts, ledger, slip_counters, slip_parts
from db.tables.orders import order_lines
from domain.money import Money
from domain.payment.purposes import COMING_IN, PURPOSES, UNDER_THE_LINE, Ceiling, Direction, Purpose


@dataclass(frozen=True)
class Reservation:
    """A sum to hold for a slip.

    refund_key: unique for good. case: the complaint. order_index and line: needed unless it is freight. requested_at:
    UTC. year: the shop's calendar year, in which the slip is numbered. return_case: whose freight counts together under
    the cap. receipts: photo ids, each paid by one slip of the shop only. asked_by: a person's id, whose sums of the
    shop's local `day` are told.
    """

    refund_key: str
    shop: str
    case: str
    order_index: str | None
    line: int | None
    purpose: Purpose
    amount: Money
    requested_at: datetime
    year: int
    return_case: str = ""
    receipts: tuple[str, ...] = ()
    asked_by: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Reserved:
    """The slip that stands for the sum: its year and its number in the shop's year, 1, 2, … without gaps.

    asked_today: what the same person asked for that day that goes out, this sum included; None if nobody is named, or
    for money that comes in.
    """

    year: int
    number: int
    asked_today: Money | None = None

    @property
    def slip_number(self) -> str:
        """As people write it: `2026-000017`."""
        return f"{self.year}-{self.number:06d}"


class LedgerRefusal(Exception):  # noqa: N818  an answer, not a fault: the ledger did not do what was asked
    """The ledger refuses and changed nothing; leave the transaction with it."""

    code = "ledger_refusal"


class CeilingReached(LedgerRefusal):
    """The sum is more than what is `left` of the line, or of the freight cap, over all cases [T][O]."""

    code = "ceiling_reached"

    def __init__(self, left: Money) -> None:
        super().__init__(f"only {left} is left")
        self.left = left


class OrderUnknown(LedgerRefusal):
    """No such order line is registered, so nothing says what was paid for it."""

    code = "order_unknown"


class CurrencyDiffers(LedgerRefusal):
    """The sum is in another currency than the line was paid in, or the freight of the case so far."""

    code = "currency_differs"


class ReceiptUsed(LedgerRefusal):
    """Another slip of the shop, of whatever case, is paid or about to be paid for the same receipt [T][O]."""

    code = "receipt_used"


class KeyTaken(LedgerRefusal):
    """Another sum stands under this refund key already, or none does where one should."""

    code = "key_taken"


class AlreadyReleased(LedgerRefusal):
    """The slip under this key was released; it holds no money any more and never will again."""

    code = "already_released"


class AlreadyPaid(LedgerRefusal):
    """The slip was paid, under `reference`."""

    code = "already_paid"

    def __init__(self, reference: str) -> None:
        super().__init__(f"paid already under reference {reference}")
        self.reference = reference


class SlipUnknown(LedgerRefusal):
    """No slip stands under this refund key."""

    code = "slip_unknown"


async def reserve(session: WriteSession, asked: Reservation, freight_cap_minor: int | None = None) -> Reserved:
    """Hold the sum and give it the shop's next slip number; the same call again returns the same slip.

    Locks in one order, so that no two reservations wait for each other: the refund key, the order line (or the
    case's freight), the receipts, the shop's slip counter. freight_cap_minor: minor units, needed for freight.

    Raises:
        CeilingReached, OrderUnknown, CurrencyDiffers, ReceiptUsed, KeyTaken, AlreadyReleased: nothing was held, no
            number was used.
        ValueError: an amount of zero or less, freight without a cap, or another purpose without an order line.
    """
    _check(asked, freight_cap_minor)
    await _lock(session, f"refund {asked.refund_key}")
    stands = await find_slip(session, asked.refund_key)
    if stands is not None:
        return replace(_same(stands, asked), asked_today=await _asked_today(session, asked))
    left = await _left(session, asked, freight_cap_minor or 0)
    if left is not None and asked.amount > left:
        raise CeilingReached(left)
    receipts = await _unused_receipts(session, asked)
    number = await _next_number(session, asked)
    await session.execute(insert(ledger).values(**_row(asked, number)))
    if receipts:
        await session.execute(insert(freight_receipts).values(receipts))
    # The counter's lock was taken before: no other slip of the shop can come between this sum and the counting.
    return Reserved(asked.year, number, await _asked_today(session, asked))


async def lower(session: WriteSession, refund_key: str, amount: Money) -> None:
    """Hold less for a slip than before; the same amount again changes nothing.

    Raises:
        SlipUnknown: nothing was reserved under this key. AlreadyReleased, AlreadyPaid: it is held no more. KeyTaken: in
            another currency, or for less already.
    """
    held = (ledger.c.refund_key == refund_key) & (ledger.c.state == SlipState.RESERVED.value)
    fits = (ledger.c.currency == amount.currency) & (ledger.c.amount_minor >= amount.minor)
    done = update(ledger).where(held, fits).values(amount_minor=amount.minor).returning(ledger.c.refund_key)
    if (await session.execute(done)).scalar() is not None:
        return
    stands = await find_slip(session, refund_key)
    if stands is None:
        raise SlipUnknown("nothing was ever reserved under this key")
    if stands.state in {SlipState.PAID, SlipState.REVERSED}:
        raise AlreadyPaid(stands.reference or "")
    if stands.state is SlipState.RELEASED:
        raise AlreadyReleased("the slip under this key was released")
    raise KeyTaken(f"the slip holds {stands.amount}, which {amount} does not lower")


async def release(session: WriteSession, refund_key: str, at: datetime) -> None:
    """Give the held sum back to the line, and free the receipts; again, it changes nothing. The slip keeps its number.

    at: UTC.

    Raises:
        AlreadyPaid: the money is out. SlipUnknown: nothing was ever reserved under this key.
    """
    mine = update(ledger).where(ledger.c.refund_key == refund_key, ledger.c.state == SlipState.RESERVED.value)
    done = mine.values(state=SlipState.RELEASED.value, settled_at=at).returning(ledger.c.refund_key)
    if (await session.execute(done)).scalar() is not None:
        await session.execute(delete(freight_receipts).where(freight_receipts.c.refund_key == refund_key))
        return
    stands = await find_slip(session, refund_key)
    if stands is None:
        raise SlipUnknown("nothing was ever reserved under this key")
    if stands.state in {SlipState.PAID, SlipState.REVERSED}:
        raise AlreadyPaid(stands.reference or "")


async def book_paid(session: WriteSession, refund_key: str, reference: str, paid_by: str, at: datetime) -> None:
    """Book that the slip was paid; the same reference again changes nothing. paid_by: a person's id. at: UTC.

    Raises:
        AlreadyPaid: under another reference, which it names. AlreadyReleased: the sum was not held any more.
        SlipUnknown: nothing was ever reserved under this key.
    """
    mine = update(ledger).where(ledger.c.refund_key == refund_key, ledger.c.state == SlipState.RESERVED.value)
    paid = mine.values(state=SlipState.PAID.value, settled_at=at, reference=reference, paid_by=paid_by)
    if (await session.execute(paid.returning(ledger.c.refund_key))).scalar() is not None:
        return
    stands = await find_slip(session, refund_key)
    if stands is None:
        raise SlipUnknown("nothing was ever reserved under this key")
    if stands.state is SlipState.RELEASED:
        raise AlreadyReleased("the slip was released before it was paid")
    if stands.reference != reference:
        raise AlreadyPaid(stands.reference or "")


@dataclass(frozen=True)
class Part:
    """One movement of a slip that is paid in several. paid_by: a person's id. at: UTC."""

    refund_key: str
    number: int
    amount: Money
    reference: str
    paid_by: str
    at: datetime


async def book_part(session: WriteSession, part: Part) -> None:
    """Book a movement of a slip that holds its sum; the same again changes nothing.

    Raises:
        SlipUnknown: nothing was reserved under this key. KeyTaken: another movement has that number, the reference is
            another part's, or the parts would be more than the slip.
    """
    await _lock(session, f"refund {part.refund_key}")
    stands = await find_slip(session, part.refund_key)
    if stands is None:
        raise SlipUnknown("nothing was ever reserved under this key")
    known = select(slip_parts).where(slip_parts.c.refund_key == part.refund_key)
    parts = {row.part: row for row in await session.execute(known)}
    same = parts.get(part.number)
    if same is not None:
        if (same.amount_minor, same.reference) != (part.amount.minor, part.reference):
            raise KeyTaken("another movement has this number")
        return
    paid = sum(int(row.amount_minor) for row in parts.values()) + part.amount.minor
    if paid > stands.amount.minor or part.reference in {row.reference for row in parts.values()}:
        raise KeyTaken("the parts would be more than the slip, or one has this reference")
    row = {
        "refund_key": part.refund_key,
        "part": part.number,
        "amount_minor": part.amount.minor,
        "reference": part.reference,
        "paid_by": part.paid_by,
        "paid_at": part.at,
    }
    await session.execute(insert(slip_parts).values(row))


async def reverse(session: WriteSession, refund_key: str, reference: str, at: datetime) -> None:
    """Give a paid sum back to the line, and free the receipts: the money came back. Again, it changes nothing. at: UTC.

    Raises:
        SlipUnknown: nothing was paid under this key. KeyTaken: it came back before, under another reference.
    """
    mine = update(ledger).where(ledger.c.refund_key == refund_key, ledger.c.state == SlipState.PAID.value)
    back = mine.values(state=SlipState.REVERSED.value, reversed_at=at, reversed_by=reference)
    if (await session.execute(back.returning(ledger.c.refund_key))).scalar() is not None:
        await session.execute(delete(freight_receipts).where(freight_receipts.c.refund_key == refund_key))
        return
    known = select(ledger.c.reversed_by).where(ledger.c.refund_key == refund_key)
    before = (await session.execute(known)).scalar()
    if before is None:
        raise SlipUnknown("nothing was paid under this key")
    if before != reference:
        raise KeyTaken("the money came back before, under another reference")


def _check(asked: Reservation, freight_cap_minor: int | None) -> None:
    if asked.amount.minor <= 0:
        raise ValueError("a slip is for more than nothing")
    if asked.purpose is Purpose.FREIGHT:
        if freight_cap_minor is None:
            raise ValueError("freight is reserved under a cap")
    elif asked.purpose in UNDER_THE_LINE and (asked.order_index is None or asked.line is None):
        raise ValueError("a sum under the ceiling of an order line names it")


def _same(stands: LedgerEntry, asked: Reservation) -> Reserved:
    held = (stands.shop, stands.case, stands.return_case, stands.order_index, stands.line, stands.purpose)
    of_asked = (asked.shop, asked.case, asked.return_case, asked.order_index, asked.line, asked.purpose)
    if (held, stands.amount) != (of_asked, asked.amount):
        raise KeyTaken("another sum stands under this refund key")
    if stands.state is SlipState.RELEASED:
        raise AlreadyReleased("the slip under this key was released")
    return Reserved(stands.slip_year, stands.slip_number)


async def _lock(session: WriteSession, name: str) -> None:
    """Queue for the name until this transaction ends; names that share a hash only wait for each other."""
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


async def _left(session: WriteSession, asked: Reservation, freight_cap_minor: int) -> Money | None:
    """What the sum's ceiling leaves; None for what has none. Whatever has one waits here for those before it."""
    ceiling = PURPOSES[asked.purpose].ceiling
    if ceiling is Ceiling.FREIGHT:
        return await _left_of_freight(session, asked, freight_cap_minor)
    if ceiling is Ceiling.LINE:
        return await left_of_line(session, asked.shop, asked.order_index or "", asked.line or 0, asked.amount.currency)
    return None


async def left_of_line(session: WriteSession, shop: str, order_index: str, line: int, currency: str) -> Money:
    """What the line may still give back by any door; the line is locked until this transaction ends. May be negative.

    Raises:
        OrderUnknown, CurrencyDiffers: nothing can be counted on it.
    """
    at_line = (order_lines.c.shop == shop) & (order_lines.c.order_index == order_index) & (order_lines.c.line == line)
    paid = select(order_lines.c.paid_minor, order_lines.c.currency).where(at_line)
    found = (await session.execute(paid.with_for_update())).one_or_none()
    if found is None:
        raise OrderUnknown("no such order line is registered")
    if found.currency != currency:
        raise CurrencyDiffers(f"the line was paid in {found.currency}")
    # Only now, with the line locked, does a new statement see every reservation that came before.
    slips, costs = held_by_slips(shop, order_index, line), held_as_cost(shop, order_index, line)
    held = (await session.execute(select(slips.scalar_subquery() + costs.scalar_subquery()))).scalar_one()
    return Money(found.paid_minor - int(held), found.currency)


async def _asked_today(session: WriteSession, asked: Reservation) -> Money | None:
    if not asked.asked_by or PURPOSES[asked.purpose].direction is Direction.IN:
        return None
    sums = select(func.coalesce(func.sum(ledger.c.amount_minor), 0)).where(
        ledger.c.shop == asked.shop,
        ledger.c.asked_by == asked.asked_by,
        ledger.c.asked_on == asked.day,
        ledger.c.currency == asked.amount.currency,
        ledger.c.state.not_in(HOLDS_NOTHING),
        ledger.c.purpose.not_in([purpose.value for purpose in COMING_IN]),
    )
    return Money(int((await session.execute(sums)).scalar_one()), asked.amount.currency)


async def _left_of_freight(session: WriteSession, asked: Reservation, cap_minor: int) -> Money:
    await _lock(session, f"freight {asked.shop} {asked.case}")
    held = select(ledger.c.currency, func.sum(ledger.c.amount_minor)).where(
        ledger.c.shop == asked.shop,
        ledger.c.case == asked.case,
        ledger.c.return_case.in_({"", asked.return_case}),
        ledger.c.state.not_in(HOLDS_NOTHING),
        ledger.c.purpose == Purpose.FREIGHT.value,
    )
    sums = {currency: int(minor) for currency, minor in await session.execute(held.group_by(ledger.c.currency))}
    if sums.keys() - {asked.amount.currency}:
        raise CurrencyDiffers("the freight of this case so far is in another currency")
    return Money(max(0, cap_minor - sums.get(asked.amount.currency, 0)), asked.amount.currency)


async def _unused_receipts(session: WriteSession, asked: Reservation) -> list[dict[str, str]]:
    """The rows of the receipts, none of which another slip holds; queued for, so that two askers do not both pass."""
    receipts = sorted(set(asked.receipts))
    for receipt in receipts:
        await _lock(session, f"receipt {asked.shop} {receipt}")
    used = select(freight_receipts.c.receipt).where(
        freight_receipts.c.shop == asked.shop, freight_receipts.c.receipt.in_(receipts)
    )
    if receipts and (await session.execute(used)).first() is not None:
        raise ReceiptUsed("a receipt of this slip belongs to another freight slip already")
    return [{"shop": asked.shop, "receipt": receipt, "refund_key": asked.refund_key} for receipt in receipts]


async def _next_number(session: WriteSession, asked: Reservation) -> int:
    """Count on under the counter's row lock: who rolls back leaves no gap, who comes next waits."""
    first = insert_or(slip_counters).values(shop=asked.shop, year=asked.year, last=1)
    further = first.on_conflict_do_update(
        index_elements=["shop", "year"], set_={"last": slip_counters.c.last + 1}
    ).returning(slip_counters.c.last)
    return int((await session.execute(further)).scalar_one())


def _row(asked: Reservation, number: int) -> dict[str, object]:
    return {
        "refund_key": asked.refund_key,
        "shop": asked.shop,
        "case": asked.case,
        "return_case": asked.return_case,
        "order_index": asked.order_index,
        "line": asked.line,
        "purpose": asked.purpose.value,
        "amount_minor": asked.amount.minor,
        "currency": asked.amount.currency,
        "state": SlipState.RESERVED.value,
        "slip_year": asked.year,
        "slip_number": number,
        "requested_at": asked.requested_at,
        "asked_by": asked.asked_by,
        "asked_on": asked.day,
    }

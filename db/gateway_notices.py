"""What a shop's payment gateway told by itself: kept for good, whatever became of its slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.sessions import ReadSession, WriteSession
from db.tables.ledger import gateway_notices, ledger
from domain.money import Money
from domain.payment.gateway.state import Heard, Stands

_ITS_SLIP = (
    (ledger.c.shop == gateway_notices.c.shop)
    & (ledger.c.slip_year == gateway_notices.c.slip_year)
    & (ledger.c.slip_number == gateway_notices.c.slip_number)
)


@dataclass(frozen=True)
class Notice:
    """One notice about the slip of that year and number. gateway: its webhook's id. told_at: UTC."""

    shop: str
    year: int
    number: int
    heard: Heard
    gateway: str
    told_at: datetime


async def note_notice(session: WriteSession, notice: Notice) -> str | None:
    """Keep a notice, once; the case of its slip, or None if the shop has no such slip and nothing was kept."""
    place = (ledger.c.shop == notice.shop, ledger.c.slip_year == notice.year, ledger.c.slip_number == notice.number)
    slip = (await session.execute(select(ledger.c.refund_key).where(*place))).scalar()
    if slip is None:
        return None
    heard = notice.heard
    row = _named(notice) | {
        "currency": heard.amount.currency if heard.amount is not None else "",
        "gateway": notice.gateway,
        "account": heard.account,
        "reply": heard.reply,
        "told_at": notice.told_at,
    }
    await session.execute(insert(gateway_notices).values(row).on_conflict_do_nothing())
    return str(slip)


async def notices_of(session: ReadSession, shop: str) -> dict[str, list[Heard]]:
    """Return what the gateways of the shop told, by the slip's case, in the order of their receipt. One statement."""
    asked = select(ledger.c.refund_key, gateway_notices).join(ledger, _ITS_SLIP).where(gateway_notices.c.shop == shop)
    found: dict[str, list[Heard]] = {}
    for row in await session.execute(asked.order_by(gateway_notices.c.received_at, gateway_notices.c.state)):
        found.setdefault(row.refund_key, []).append(_heard(row))
    return found


async def note_heard(session: WriteSession, notice: Notice) -> None:
    """Its slip took the notice, or is over and takes none. One statement."""
    this = update(gateway_notices).filter_by(**_named(notice))
    await session.execute(this.where(gateway_notices.c.heard_at.is_(None)).values(heard_at=func.now()))


async def unheard_notices(session: ReadSession, older_than: timedelta, limit: int) -> list[tuple[str, Notice]]:
    """Return the notices that their slips have not heard although they came so long ago, each with the slip's case.

    The oldest first. One statement.
    """
    waits = gateway_notices.c.heard_at.is_(None) & (gateway_notices.c.received_at < func.now() - older_than)
    asked = select(ledger.c.refund_key, gateway_notices).join(ledger, _ITS_SLIP).where(waits)
    rows = await session.execute(asked.order_by(gateway_notices.c.received_at).limit(limit))
    return [
        (
            row.refund_key,
            Notice(row.shop, row.slip_year, row.slip_number, _heard(row), row.gateway, row.told_at),
        )
        for row in rows
    ]


def _named(notice: Notice) -> dict[str, Any]:
    """By what a notice is the same one."""
    heard = notice.heard
    return {
        "shop": notice.shop,
        "slip_year": notice.year,
        "slip_number": notice.number,
        "state": heard.stands.value,
        "reference": heard.reference,
        "amount_minor": heard.amount.minor if heard.amount is not None else 0,
    }


def _heard(row: Row[Any]) -> Heard:
    amount = Money(row.amount_minor, row.currency) if row.currency else None
    return Heard(Stands(row.state), row.reference, amount, row.account, reply=row.reply)

"""Cases, orders and slips with plain contents; a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from db.ledger import Reservation
from db.ledger_reads import Purpose
from db.orders import put_order
from db.sessions import Database
from domain.evidence import Photo
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.people import Role
from domain.sealed import Sealed
from domain.view import CaseView, ClockFace, Kind, Task

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BOX = Sealed("c_1", "phone", 7, "AAECAwQF")


def a_task(
    key: str = "judge", desk: Role = Role.AGENT, due_in: timedelta | None = timedelta(hours=4), **more: Any
) -> Task:
    return Task(key, desk, key, None if due_in is None else NOON + due_in, "it waits", **more)


def a_view(case: str = "AS-2026-000001", version: int = 1, **other: Any) -> CaseView:
    plain = CaseView(
        case=case,
        shop="cups",
        kind=Kind.COMPLAINT,
        parent=None,
        version=version,
        state="to_judge",
        problem="quality",
        channel="phone",
        customer="c_1",
        handler="p_1",
        opened_at=NOON,
        closed_at=None,
        phone_index="f00d",
        order_index="0rd3r",
        tracking=("SF100", "SF200"),
        amount=Money(1250, "CNY"),
        policy_version="ab" * 32,
        tasks=(a_task(),),
        clocks=(ClockFace("judgement", NOON, NOON + timedelta(hours=4), None, None, None, None, None, "agent", "F"),),
        photos=(Photo("p", "o", "c", "image/jpeg", 640, 480, 12345, "0" * 16),),
        sealed={"phone": BOX},
        story={"verified": False, "product": "杯子 ☕", "slips": [{"amount": "12.50"}], "none": None},
    )
    return replace(plain, **other)


def an_order(*paid_minor: int, currency: str = "CNY", quantity: int = 2) -> OrderFacts:
    lines = tuple(
        OrderLine(number, "cup", quantity, Money(minor, currency)) for number, minor in enumerate(paid_minor, 1)
    )
    return OrderFacts(lines, carrier="SF", paid_at=NOON)


async def register(database: Database, *paid_minor: int, order_index: str = "0rd3r", quantity: int = 2) -> None:
    facts = an_order(*paid_minor, quantity=quantity)
    async with database.writing() as session:
        await put_order(session, "cups", order_index, facts, {"order": BOX}, "c_1", NOON)


def a_sum(refund_key: str, minor: int, **other: Any) -> Reservation:
    plain = Reservation(
        refund_key, "cups", "AS-2026-000001", "0rd3r", 1, Purpose.REFUND, Money(minor, "CNY"), NOON, 2026
    )
    return replace(plain, **other)

"""What the API's edge adds to a step: what the case has to know of the shop and cannot look up itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypedDict

from pydantic import BaseModel

from api.caller import Caller
from api.case_homes import CaseHome
from api.desk import Desk
from api.docking import leads_named
from api.edge_refusals import DeskUnavailable
from api.schemas.money import MoneyBody
from db.orders import find_order
from db.people import find_person
from db.reads import find_case
from db.sessions import DatabaseUnavailable
from db.signatures import signed_for
from domain.complaint.assigning.state import Colleague
from domain.complaint.fulfilling.steps import ReportCoupon
from domain.complaint.linking.state import OtherCase
from domain.complaint.looking_into.steps import AttachRecord
from domain.complaint.paying_out.steps import AgreeMeans
from domain.complaint.replaced.from_story import about_of
from domain.complaint.requests.steps import AnswerRequest, PassOnRequest, ReceiveRequest
from domain.complaint.steps import SupplyFacts, VerifyOrder
from domain.dock.steps import MatchParcel, SplitParcel
from domain.money import Money
from domain.order import OrderFacts
from domain.payment.steps import ApproveSlip
from domain.people import Role
from domain.steps import Step
from domain.view import Kind

OF_A_UNIT = (ReceiveRequest, AnswerRequest, PassOnRequest)
"""Steps for which the case has to know the unit of whoever takes them."""


async def edge_values(desk: Desk, home: CaseHome, caller: Caller, step: type[Step], body: BaseModel) -> dict[str, Any]:
    """Marks, the registered order, the unit of who asks, and who or which case a step names.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    if step in OF_A_UNIT:
        return {"from_unit": caller.unit}
    if step is ApproveSlip:
        return {"signed_today": await _signed_today(desk, home, caller, getattr(body, "amount", None))}
    if step in {AttachRecord, ReportCoupon, AgreeMeans}:
        return _shown_of_words(desk, home, step, body)
    if issubclass(step, MatchParcel | SplitParcel):
        return {"leads": await leads_named(desk, home, _returns_in(body))}
    if step in {VerifyOrder, SupplyFacts}:
        return await _order_values(desk, home, step, body)
    return await _named(desk, home, step, body)


def _shown_of_words(desk: Desk, home: CaseHome, step: type[Step], body: BaseModel) -> dict[str, Any]:
    """What may be known of words that are sealed: a record's digest, the end of a coupon's code, an account's mark."""
    if step is AgreeMeans:
        account = getattr(body, "account", None)
        return {"account_mark": desk.index.fingerprint(home.shop, account.encode()) if account else ""}
    if step is ReportCoupon:
        return {"code_shown": last_of(getattr(body, "code", ""))}
    words = getattr(body, "words", None)
    mark = desk.index.fingerprint(home.shop, words.encode("utf-8", "surrogatepass")) if words else ""
    return {"words_digest": mark}


async def _order_values(desk: Desk, home: CaseHome, step: type[Step], body: BaseModel) -> dict[str, Any]:
    if step is VerifyOrder:
        return dict(await registered_order(desk, home, None))
    order, phone = getattr(body, "order", None), getattr(body, "phone", None)
    index = desk.index.order(home.shop, order) if order else None
    phone_index = desk.index.phone(home.shop, phone) if phone else None
    return {"phone_index": phone_index, **await registered_order(desk, home, index)}


async def _signed_today(desk: Desk, home: CaseHome, caller: Caller, amount: MoneyBody | None) -> Money | None:
    """What the caller has signed for on the shop's day that it is now, in the currency of the amount.

    Raises:
        DeskUnavailable: the database cannot be asked now; nobody signs without it.
    """
    if amount is None:
        return None
    now = datetime.now(UTC)
    try:
        async with desk.database.reading() as session:
            day = (await desk.policies.for_new_case(session, home.shop, now)).calendar.day_of(now)
            return await signed_for(session, home.shop, caller.person, day, amount.currency)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None


async def _named(desk: Desk, home: CaseHome, step: type[Step], body: BaseModel) -> dict[str, Any]:
    if "colleague" in step.__dataclass_fields__:
        return {"colleague": await _colleague(desk, home, str(getattr(body, "person", "")))}
    if "other" in step.__dataclass_fields__:
        return {"other": await _other_case(desk, home, str(getattr(body, "other_case", "")))}
    return {}


def _returns_in(body: BaseModel) -> Iterator[str]:
    """The returns that a body names."""
    if (one := getattr(body, "return_case", None)) is not None:
        yield one
    for share in getattr(body, "shares", ()):
        yield share.return_case


def last_of(code: str) -> str:
    """What of a code may be seen, to tell it from another: the end, at most a third of it and four characters."""
    return f"…{code[len(code) - min(4, len(code) // 3) :]}"


async def _colleague(desk: Desk, home: CaseHome, person: str) -> Colleague | None:
    """The person whom a step names, as the shop knows them now; None for nobody, whom the case then refuses.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    try:
        async with desk.database.reading() as session:
            found = await find_person(session, home.shop, person)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    return None if found is None else Colleague(found.person, found.name, found.roles, found.team)


async def _other_case(desk: Desk, home: CaseHome, number: str) -> OtherCase | None:
    """The complaint that a step names, as the register has it now; None for none, which the case then refuses.

    Whether it is still open then, it says itself when it is told.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    try:
        async with desk.database.reading() as session:
            view = await find_case(session, home.shop, number)
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    if view is None or view.kind is not Kind.COMPLAINT:
        return None
    line = (view.story or {}).get("line")
    dues = [task.due_at for task in view.tasks if task.due_at is not None and task.desk is not Role.CUSTOMER]
    return OtherCase(
        case=view.case,
        received_at=view.opened_at,
        customer=view.customer,
        order_index=view.order_index,
        line=line if isinstance(line, int) else None,
        state=view.state,
        closed=view.closed_at is not None,
        priority=view.priority,
        due_at=min(dues, default=None),
        about=about_of(view),
    )


class RegisteredOrder(TypedDict):
    """An order as steps carry it: its mark and, if the shop has registered it, its facts."""

    order_index: str | None
    order_facts: OrderFacts | None


async def registered_order(desk: Desk, home: CaseHome, order_index: str | None) -> RegisteredOrder:
    """The order of this mark, or else of the case as last written; the case refuses facts of any other order.

    Raises:
        DeskUnavailable: the database cannot be asked now.
    """
    try:
        async with desk.database.reading() as session:
            if order_index is None:
                kept = await find_case(session, home.shop, home.case)
                order_index = kept.order_index if kept is not None else None
            order = await find_order(session, home.shop, order_index) if order_index else None
    except DatabaseUnavailable:
        raise DeskUnavailable(part="the database") from None
    return {"order_index": order_index, "order_facts": order.facts if order is not None else None}

"""PUT and GET /v1/orders/{order}."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path

from api.caller import Caller
from api.case_homes import CaseHome
from api.commands import CaseEnded
from api.desk import Desk
from api.edge_refusals import EdgeRefusal, FieldsUnfit, NoSuchThing
from api.problems import RefusedByCase, responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.schemas.order import NotVerified, OrderBody, OrderShown, order_shown
from api.taking import Press, send
from api.texts import OrderNumber
from api.words_of_customers import seal, subject_for
from db.orders import OrderBelowPaid, find_order, put_order
from db.reads import cases_waiting_for_order
from domain.complaint.steps import VerifyOrder
from domain.order import OrderFacts
from domain.people import Actor, Role
from domain.refusals import NotNow, Refusal

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["orders"])

Number = Annotated[OrderNumber, Path(description="The shop's order number")]


class BelowPaid(NotNow):
    """An order is not corrected below what went back for it."""

    code = "order_below_paid"
    en = "Line {line} would cover less than the {promised} that is reserved or paid back for it."
    zh = "第 {line} 行金额低于已预留或已退款的 {promised}。"
    out_en = "Leave the line at what was paid for it; a slip that is not with finance yet can be voided first."
    out_zh = "请保持原金额，或先作废尚未交财务的付款单。"
    source = "T,O"


@router.put(
    "/orders/{order}",
    operation_id="register_order",
    summary="Register or correct an order",
    responses=responses(400, 401, 403, 409, 413, 422, 503),
)
@open_to(Role.INTEGRATION, Role.ADMINISTRATOR, Role.AGENT)
async def register_order(desk: DeskNow, caller: Asker, order: Number, body: OrderBody) -> OrderShown:
    """Register the order that complaints are checked against; the same again changes nothing.

    Complaints that wait for it are verified at once: `verified` and `not_verified` say what came of each. Send it again
    when one could not be reached.
    """
    shop, facts = caller.at_shop, body.facts()
    index = desk.index.order(shop, order)
    await _refuse_other_currency(desk, shop, facts)
    words = body.customer.words() if body.customer is not None else {}
    customer = (await subject_for(desk, shop, body.customer, f"order {index}")).subject if words else None
    boxes = await seal(desk, shop, customer, words) if customer is not None else {}
    try:
        async with desk.database.writing() as session:
            version = await put_order(session, shop, index, facts, boxes, customer, datetime.now(UTC))
    except OrderBelowPaid as below:
        raise BelowPaid(field="lines", line=below.line, promised=below.promised) from None
    shown = order_shown(order, version, facts, customer)
    await _verify_waiting(desk, caller, index, facts, shown)
    return shown


@router.get(
    "/orders/{order}",
    operation_id="read_order",
    summary="An order as registered",
    responses=responses(401, 403, 404, 422, 503),
)
@open_to(
    Role.INTEGRATION,
    Role.ADMINISTRATOR,
    Role.AGENT,
    Role.SUPERVISOR,
    Role.CENTRE_MANAGER,
    Role.WAREHOUSE,
    Role.FINANCE,
    Role.AUDITOR,
)
async def read_order(desk: DeskNow, caller: Asker, order: Number) -> OrderShown:
    """The facts that complaints about this order are checked against."""
    shop = caller.at_shop
    async with desk.database.reading() as session:
        found = await find_order(session, shop, desk.index.order(shop, order))
    if found is None:
        raise NoSuchThing(what="order")
    return order_shown(order, found.version, found.facts, found.customer)


async def _refuse_other_currency(desk: Desk, shop: str, facts: OrderFacts) -> None:
    async with desk.database.reading() as session:
        pinned = await desk.policies.for_new_case(session, shop, datetime.now(UTC))
    expected = pinned.policy.currency
    for position, line in enumerate(facts.lines):
        if line.paid.currency != expected:
            wrong = f"the shop's money is in {expected}, as its policy says"
            raise FieldsUnfit((f"lines[{position}].paid.currency", wrong))


async def _verify_waiting(desk: Desk, caller: Caller, index: str, facts: OrderFacts, shown: OrderShown) -> None:
    """Tell each waiting complaint of its order; the key follows from the content, so that repeats count once."""
    async with desk.database.reading() as session:
        waiting = await cases_waiting_for_order(session, caller.at_shop, index)
    content = hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    for view in waiting:
        home = desk.homes.remember(CaseHome(view.case, view.shop, view.kind, view.customer))
        actor = Actor(caller.person, caller.role, caller.name)
        press = Press(view.case, f"order-{index[:16]}-{content}")
        try:
            step = VerifyOrder(actor=actor, order_index=index, order_facts=facts)
            await send(desk, caller, home, press, step=step, asked=content)
        except RefusedByCase as refused:
            record = refused.record
            shown.not_verified.append(NotVerified(case=view.case, code=record.code, sentence=record.sentence))
        except (EdgeRefusal, Refusal, CaseEnded) as refusal:
            shown.not_verified.append(_not_reached(view.case, refusal))
        else:
            shown.verified.append(view.case)


def _not_reached(case: str, refusal: Exception) -> NotVerified:
    if isinstance(refusal, Refusal):
        return NotVerified(case=case, code=refusal.code, sentence=refusal.sentence)
    return NotVerified(case=case, code="case_closed", sentence="The case has ended.")

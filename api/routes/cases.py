"""Reading cases: the list, one case live, its payments and messages."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.caller import Caller
from api.case_homes import CaseHome
from api.commands import CaseEnded, Look
from api.desk import Desk
from api.edge_refusals import CaseUnknown
from api.headers import etag
from api.problems import responses
from api.rights import BY_REQUEST, Reach, reach, within_reach
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, checked_by, open_to
from api.schemas.case import CaseAnswer, MarkShown, answered, shown
from api.schemas.cases_asked import CasesAsked
from api.schemas.lists import (
    CasePage,
    CostShown,
    DeliveryList,
    PaymentList,
    PaymentShown,
)
from api.schemas.messages import message_shown
from api.schemas.money import MoneyBody
from api.searching import filters_of, promised_today
from api.texts import Line
from db.case_lists import list_cases
from db.deliveries import deliveries_of_case
from db.ledger_reads import costs_of_case, payments_of_case
from db.marks import marks_of
from db.reads import find_case
from db.replacements import complaints_about_replacement
from db.sessions import DatabaseUnavailable
from db.stuck import with_stuck
from domain.complaint.replaced.from_story import replaces
from domain.payment.purposes import PURPOSES
from domain.people import Role
from domain.view import CaseView, Kind

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["cases"])

STAFF = tuple(role for role in Role if role not in {Role.CUSTOMER, Role.DESK, Role.ADMINISTRATOR})
SEE_ALL = tuple(role for role in STAFF if role not in BY_REQUEST)
"""Who may read a register over all cases; the others see a case only because it asked them."""
MONEY_READERS = (
    Role.AGENT,
    Role.SUPERVISOR,
    Role.FINANCE,
    Role.CENTRE_MANAGER,
    Role.AUDITOR,
    Role.INTEGRATION,
)

Cursor = Annotated[Line | None, Query(max_length=1000, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
Word = Annotated[Line | None, Query(max_length=64)]


def _anybody_of_a_shop(caller: Caller) -> None:
    _ = caller.at_shop


@router.get(
    "/cases",
    operation_id="list_cases",
    summary="The shop's cases: by words, narrowed, sorted",
    responses=responses(401, 403, 422, 503),
)
@open_to(*STAFF)
async def read_cases(desk: DeskNow, caller: Asker, asked: Annotated[CasesAsked, Query()]) -> CasePage:
    """Cases of the read model; phone and order are looked up by blind index, exactly. All that is asked has to hold."""
    filters = filters_of(desk, caller, asked, datetime.now(UTC))
    async with desk.database.reading() as session:
        if asked.promised is not None:
            filters = await promised_today(desk, session, caller.at_shop, filters, datetime.now(UTC))
        page = await list_cases(session, caller.at_shop, filters, asked.cursor, asked.limit, asked.sort)
        views = await with_stuck(session, page.items)
    return CasePage(items=[shown(within_reach(caller, view, ())[0]) for view in views], next=page.next)


@router.get(
    "/cases/{case}",
    operation_id="read_case",
    summary="One case as it stands, with your steps",
    responses=responses(401, 403, 404, 422, 503),
)
@checked_by(_anybody_of_a_shop)
async def read_case(
    desk: DeskNow,
    caller: Asker,
    case: str,
    response: Response,
    source: Annotated[
        Literal["live", "list"], Query(alias="from", description="`list`: the read model's copy, without steps")
    ] = "live",
) -> CaseAnswer:
    """Asked of the case itself; with `from=list` of the read model, which also answers when no worker does."""
    home = await desk.homes.enter(caller, case, Reach.OWN_ANSWERS)
    asked = _as_listed(desk, home) if source == "list" else _live(desk, home, caller)
    look, marks = await asyncio.gather(asked, marks_shown(desk, home, caller))
    response.headers["ETag"] = etag(look.view.version)
    answer = answered(look.view, look.offers, to=caller)
    if reach(caller, look.view) is Reach.ALL:
        answer.marks, answer.about_its_replacement = marks, await _about_its(desk, look.view, caller)
    return answer


async def _live(desk: Desk, home: CaseHome, caller: Caller) -> Look:
    try:
        return await desk.commands.look(home.case, home.actor(caller))
    except CaseEnded:
        raise CaseUnknown from None


async def _as_listed(desk: Desk, home: CaseHome) -> Look:
    return Look(await kept_view(desk, home), ())


async def marks_shown(desk: Desk, home: CaseHome, caller: Caller) -> list[MarkShown] | None:
    """Colleagues who have the case on their screen now; None for a customer, and while the database is away."""
    if caller.role is Role.CUSTOMER:
        return None
    try:
        async with desk.database.reading() as session:
            found = await marks_of(session, home.shop, home.case, datetime.now(UTC))
    except DatabaseUnavailable:
        return None
    return [MarkShown.model_validate(each, from_attributes=True) for each in found if each.person != caller.person]


async def _about_its(desk: Desk, view: CaseView, caller: Caller) -> list[str] | None:
    """Complaints about what the case sent; by the register, since an ended case hears of no link any more."""
    if caller.role is Role.CUSTOMER or view.kind is not Kind.COMPLAINT:
        return None
    if not replaces(view):
        return []
    try:
        async with desk.database.reading() as session:
            return await complaints_about_replacement(session, view.shop, view.case)
    except DatabaseUnavailable:
        return None


async def kept_view(desk: Desk, home: CaseHome) -> CaseView:
    """The read model's copy of a case; one that cannot go on says so by a task.

    Raises:
        CaseUnknown: it has none yet.
    """
    async with desk.database.reading() as session:
        view = await find_case(session, home.shop, home.case)
        if view is None:
            raise CaseUnknown
        return (await with_stuck(session, [view]))[0]


@router.get(
    "/cases/{case}/payments",
    operation_id="list_payments",
    summary="The money of a case",
    responses=responses(401, 403, 404, 503),
)
@open_to(*MONEY_READERS)
async def read_payments(desk: DeskNow, caller: Asker, case: str) -> PaymentList:
    """Every slip that was ever reserved for the case, with what became of it, from the ledger."""
    home = await desk.homes.enter(caller, case)
    async with desk.database.reading() as session:
        slips = await payments_of_case(session, home.shop, home.case)
        costs = await costs_of_case(session, home.shop, home.case)
    return PaymentList(
        items=[
            PaymentShown(
                payment=slip.refund_key,
                slip=f"{slip.slip_year}-{slip.slip_number:06d}",
                purpose=slip.purpose.value,
                direction=PURPOSES[slip.purpose].direction.value,
                line=slip.line,
                amount=MoneyBody(amount=slip.amount.amount(), currency=slip.amount.currency),
                state=slip.state.value,
                requested_at=slip.requested_at,
                settled_at=slip.settled_at,
                reference=slip.reference,
                paid_by=slip.paid_by,
            )
            for slip in slips
        ],
        costs=[
            CostShown(
                key=cost.key,
                kind=cost.kind.value,
                line=cost.line,
                amount=MoneyBody(amount=cost.amount.amount(), currency=cost.amount.currency),
                state=cost.state.value,
                held_at=cost.held_at,
                settled_at=cost.settled_at,
            )
            for cost in costs
        ],
    )


@router.get(
    "/cases/{case}/deliveries",
    operation_id="list_deliveries",
    summary="The messages of a case",
    responses=responses(401, 403, 404, 503),
)
@open_to(*STAFF)
async def read_deliveries(desk: DeskNow, caller: Asker, case: str) -> DeliveryList:
    """Every message to the customer with each attempt and receipt, from the delivery ledger; no address is in it."""
    home = await desk.homes.enter(caller, case)
    async with desk.database.reading() as session:
        deliveries = await deliveries_of_case(session, home.shop, home.case)
    return DeliveryList(items=[message_shown(each) for each in deliveries])

"""The day's cash list, and one slip to print (domain.md, "Money", "Registers")."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.caller import Caller
from api.commands import CaseEnded
from api.edge_refusals import CaseUnknown, DeskUnavailable, FieldsUnfit
from api.printed_slip import printed
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import Cursor, Limit, kept_view
from api.schemas.cash import CashLineShown, CashPage, DayTotalShown
from api.schemas.money import MoneyBody
from db.cash import cash_of, totals_of
from db.cursors import BadCursor
from db.sessions import ReadSession
from domain.money import Money
from domain.people import Role
from domain.view import Kind

router = APIRouter(prefix="/v1", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["registers"])

SEE_CASH = (Role.FINANCE, Role.SUPERVISOR, Role.CENTRE_MANAGER, Role.AUDITOR)
PRINT_SLIPS = (*SEE_CASH, Role.AGENT, Role.LOGISTICS)
Day = Annotated[date | None, Query(description="A date of the shop's calendar; left out: today")]
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
NOTHING_LOADED = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@router.get(
    "/registers/cash",
    operation_id="read_cash",
    summary="The day's cash, in and out",
    responses=responses(401, 403, 422, 503),
)
@open_to(*SEE_CASH)
async def read_cash(
    *, desk: DeskNow, caller: Asker, day: Day = None, cursor: Cursor = None, limit: Limit = 50
) -> CashPage:
    """Every slip that finance signed on the shop's day, in the order of signing, with totals by what it was for.

    Coupons, and what the platform paid by itself, stand beside it as cost: no cash of the shop's moved.
    """
    async with desk.database.snapshot() as session:
        return await cash_page(session, desk=desk, caller=caller, day=day, cursor=cursor, limit=limit)


async def cash_page(
    session: ReadSession, *, desk: DeskNow, caller: Caller, day: date | None, cursor: str | None, limit: int
) -> CashPage:
    """Return a page of the day's cash with the day's totals, which agree if the session sees one moment.

    Raises FieldsUnfit: the day or the cursor.
    """
    now = datetime.now(UTC)
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise FieldsUnfit(("day", f"a date from {FIRST_DAY} to {LAST_DAY}"))
    calendar = (await desk.policies.for_new_case(session, caller.at_shop, now)).calendar
    day = day or calendar.local_date(now)
    between = calendar.day_of(calendar.instant_of(day, 12 * 60))
    try:
        page = await cash_of(session, caller.at_shop, between, cursor, limit)
    except BadCursor as bad:
        raise FieldsUnfit(("cursor", str(bad))) from None
    totals = await totals_of(session, caller.at_shop, between)
    return CashPage(
        day=day,
        since=between[0],
        until=between[1],
        totals=[DayTotalShown(way=t.way, what=t.what, amount=_body(t.amount), count=t.count) for t in totals],
        items=[
            CashLineShown(
                way=line.way,
                what=line.what,
                key=line.key,
                case=line.case,
                amount=_body(line.amount),
                at=line.at,
                slip=line.slip,
                reference=line.reference,
                signed_by=line.signed_by,
                signed_name=line.signed_name,
            )
            for line in page.items
        ],
        next=page.next,
    )


@router.get(
    "/payments/{slip}/print",
    operation_id="print_slip",
    summary="One slip as a page to print",
    response_class=HTMLResponse,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}, **responses(401, 403, 404, 503)},
)
@open_to(*PRINT_SLIPS)
async def print_slip(desk: DeskNow, caller: Asker, slip: str) -> HTMLResponse:
    """Amount, reason, rule, remark, asker, approvers and finance's signature, or a line to sign on; no customer's name.

    A slip that came to nothing is printed with its number and why.
    """
    home = await desk.homes.enter(caller, slip)
    if home.kind is not Kind.PAYMENT:
        raise CaseUnknown
    try:
        view = (await desk.commands.look(home.case, home.actor(caller))).view
    except CaseEnded:
        raise CaseUnknown from None
    except DeskUnavailable:
        view = await kept_view(desk, home)
    return HTMLResponse(printed(view), headers=NOTHING_LOADED)


def _body(money: Money) -> MoneyBody:
    return MoneyBody(amount=money.amount(), currency=money.currency)

"""GET /v1/registers/…/print: each register as a page to print (domain.md, "Registers": each a list, printable)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.caller import Caller
from api.printed_register import Column, Listed, Sheet, printed_register
from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes import cash, parcels, recall_slips, registers
from api.routes.cases import SEE_ALL
from api.schemas.cash import CashPage
from api.schemas.registers import ParcelLine, PlatformLine, PlatformPage
from domain.instants import minute

router = APIRouter(prefix="/v1/registers", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["registers"])

PAGE = 200
MOST = 2_000
"""Lines on one print; a register with more says so."""
PRINTS: dict[str, Any] = {
    "response_class": HTMLResponse,
    "responses": {200: {"content": {"text/html": {"schema": {"type": "string"}}}}, **responses(401, 403, 422, 503)},
}


class PageOf(Protocol):
    """A page of any register."""

    @property
    def items(self) -> Any:
        """Its lines."""
        ...

    @property
    def next(self) -> str | None:
        """The cursor of the page after it."""
        ...


def _checks(line: ParcelLine) -> str:
    return "\n".join(f"{minute(check.at)} {check.result} {check.note}".rstrip() for check in line.checks)


def _reminders(line: PlatformLine) -> str:
    return "\n".join(f"{minute(each.at)} {each.by.name} → {each.whom}" for each in line.reminders)


CASH = Sheet(
    "Cash list of the day 当日现金表",
    (
        Column("Signed 签字", lambda x: x.at),
        Column("Way 方向", lambda x: x.way),
        Column("For 用途", lambda x: x.what),
        Column("Slip 单号", lambda x: x.slip),
        Column("Case 工单", lambda x: x.case),
        Column("Amount 金额", lambda x: x.amount),
        Column("Reference 付款编号", lambda x: x.reference),
        Column("Finance 财务", lambda x: x.signed_name or x.signed_by),
    ),
)
PLATFORM = Sheet(
    "Refund requests and disputes under way 进行中的退款与纠纷",
    (
        Column("Due 截止", lambda x: x.due_at),
        Column("Overdue 超时", lambda x: x.overdue),
        Column("Kind 类别", lambda x: x.kind),
        Column("Reference 平台编号", lambda x: x.reference),
        Column("Case 工单", lambda x: x.case),
        Column("Owner 负责人", lambda x: x.handler),
        Column("Amount 金额", lambda x: x.amount, sums=True),
        Column("Opened 提出", lambda x: x.opened_at),
        Column("Reminders 提醒", _reminders),
    ),
)
OUTSTANDING = Sheet(
    "To be recovered 待追回",
    (
        Column("Case 工单", lambda x: x.case),
        Column("Item 项目", lambda x: x.key),
        Column("Why 原因", lambda x: x.why),
        Column("Owner 负责人", lambda x: x.owner),
        Column("Amount 金额", lambda x: x.amount, sums=True),
        Column("Not back yet 未追回", lambda x: x.rest, sums=True),
        Column("Asked for 已要求", lambda x: x.asked, sums=True),
    ),
)
CLAIMS = Sheet(
    "Claims on couriers 快递索赔",
    (
        Column("Filed 提出", lambda x: x.filed_at),
        Column("Open 未结", lambda x: x.open),
        Column("Case 工单", lambda x: x.case),
        Column("Carrier 快递公司", lambda x: x.carrier),
        Column("Tracking 运单", lambda x: x.tracking),
        Column("Reason 事由", lambda x: x.reason),
        Column("Claimed 索赔", lambda x: x.amount, sums=True),
        Column("Granted 认赔", lambda x: x.granted, sums=True),
        Column("Not in yet 未到账", lambda x: x.rest, sums=True),
        Column("Answer 答复", lambda x: x.answer),
    ),
)
RECALLS = Sheet(
    "Recall slips 追回单",
    (
        Column("Asked 提出", lambda x: x.asked_at),
        Column("Slip 单号", lambda x: x.slip),
        Column("State 状态", lambda x: x.state.value),
        Column("Case 工单", lambda x: x.case),
        Column("Carrier 快递公司", lambda x: x.carrier),
        Column("Tracking 运单", lambda x: x.tracking),
        Column("Part one with 第一联", lambda x: x.part_one_with.value if x.part_one_with is not None else None),
        Column("Since 自", lambda x: x.since),
        Column("Original received 原件收到", lambda x: x.received_at),
        Column("Signed 签字", lambda x: x.signed),
    ),
)
PARCELS = Sheet(
    "Parcels under way 在途包裹",
    (
        Column("Next check 下次核查", lambda x: x.next_check_at),
        Column("Tracking 运单", lambda x: x.tracking),
        Column("Carrier 快递公司", lambda x: x.carrier),
        Column("Case 工单", lambda x: x.case),
        Column("Owner 负责人", lambda x: x.handler),
        Column("Why 原因", lambda x: x.why),
        Column("Stubborn 疑难件", lambda x: x.stubborn),
        Column("Checks 核查", _checks),
    ),
)
PROMISES = Sheet(
    "Promises 承诺",
    (
        Column("Until 截止", lambda x: x.until),
        Column("Who 承诺人", lambda x: x.who.name),
        Column("Promise 内容", lambda x: x.words),
        Column("Case 工单", lambda x: x.case),
        Column("Owner 负责人", lambda x: x.handler),
        Column("Made 作出", lambda x: x.made_at),
        Column("Broken 违约", lambda x: x.broken_at),
    ),
)
UNIDENTIFIED = Sheet(
    "Unidentified parcels 无主包裹",
    (
        Column("Received 收到", lambda x: x.received_at),
        Column("Hours here 在库小时", lambda x: x.hours_here),
        Column("Parcel 编号", lambda x: x.parcel),
        Column("Tracking 运单", lambda x: x.seen.get("tracking")),
        Column("Carrier 快递公司", lambda x: x.seen.get("carrier")),
        Column("Owner 负责人", lambda x: x.owner),
        Column("Due 截止", lambda x: x.due_at),
        Column("Escalated to 已上报", lambda x: x.escalated_to),
    ),
)


@router.get("/cash/print", operation_id="print_cash", summary="The day's cash as a page to print", **PRINTS)
@open_to(*cash.SEE_CASH)
async def print_cash(*, desk: DeskNow, caller: Asker, day: cash.Day = None) -> HTMLResponse:
    """Every movement of the day with the day's totals by way, purpose and currency."""

    def on_top(first: CashPage, listed: Listed) -> Listed:
        sums = ((f"{t.way} {t.what} ({t.count})", f"{t.amount.amount} {t.amount.currency}") for t in first.totals)
        return replace(listed, about=f"Day 日期: {first.day:%Y-%m-%d}", totals=tuple(sums))

    async with desk.database.snapshot() as session:
        return await _register(CASH, partial(cash.cash_page, session), desk, caller, on_top, day=day)


@router.get(
    "/platform-clocks/print",
    operation_id="print_platform_clocks",
    summary="Refund requests and disputes under way as a page to print",
    **PRINTS,
)
@open_to(*SEE_ALL)
async def print_platform_clocks(desk: DeskNow, caller: Asker) -> HTMLResponse:
    """The supervisor's daily list on paper, with the news about orders without a complaint [S]."""

    def on_top(first: PlatformPage, listed: Listed) -> Listed:
        nobodys = "; ".join(
            f"{each.reference} ({each.said}{f', {minute(each.due_at)}' if each.due_at is not None else ''})"
            for each in first.without_case
        )
        return replace(listed, about=f"Without a complaint 尚无工单: {nobodys}" if nobodys else "")

    return await _register(PLATFORM, registers.read_platform_clocks, desk, caller, on_top)


@router.get(
    "/outstanding/print", operation_id="print_outstanding", summary="What is to be recovered, printed", **PRINTS
)
@open_to(*SEE_ALL)
async def print_outstanding(desk: DeskNow, caller: Asker) -> HTMLResponse:
    """Money and goods that are out, with sums by currency."""
    return await _register(OUTSTANDING, registers.read_outstanding, desk, caller)


@router.get("/parcels-under-way/print", operation_id="print_parcels", summary="Parcels under way, to print", **PRINTS)
@open_to(*SEE_ALL)
async def print_parcels_under_way(desk: DeskNow, caller: Asker) -> HTMLResponse:
    """Every parcel under watch with its checks [S]."""
    return await _register(PARCELS, registers.read_parcels_under_way, desk, caller)


@router.get("/promises/print", operation_id="print_promises", summary="Promises to keep, to print", **PRINTS)
@open_to(*SEE_ALL)
async def print_promises(desk: DeskNow, caller: Asker) -> HTMLResponse:
    """Promises of open cases, due first [D]."""
    return await _register(PROMISES, registers.read_promises, desk, caller)


@router.get("/recall-slips/print", operation_id="print_recall_slips", summary="Recall slips, to print", **PRINTS)
@open_to(*recall_slips.WITH_RECALLS)
async def print_recall_slips(desk: DeskNow, caller: Asker, waits: recall_slips.Waits = None) -> HTMLResponse:
    """Every recall, with whom part one is [S]."""
    return await _register(RECALLS, recall_slips.read_recall_slips, desk, caller, waits=waits)


@router.get(
    "/courier-claims/print", operation_id="print_courier_claims", summary="Claims on couriers, printed", **PRINTS
)
@open_to(*recall_slips.WITH_CLAIMS)
async def print_courier_claims(desk: DeskNow, caller: Asker, waits: recall_slips.Waits = None) -> HTMLResponse:
    """Every claim, with sums by currency [S]."""
    return await _register(CLAIMS, recall_slips.read_courier_claims, desk, caller, waits=waits)


@router.get(
    "/unidentified-parcels/print",
    operation_id="print_unidentified_parcels",
    summary="Unidentified parcels, to print",
    **PRINTS,
)
@open_to(*parcels.FINDERS)
async def print_unidentified_parcels(desk: DeskNow, caller: Asker) -> HTMLResponse:
    """Parcels of which nobody knows whose they are [S]."""
    return await _register(UNIDENTIFIED, parcels.read_unidentified_parcels, desk, caller)


async def _register(
    sheet: Sheet,
    read: Callable[..., Awaitable[PageOf]],
    desk: DeskNow,
    caller: Caller,
    on_top: Callable[[Any, Listed], Listed] = lambda _first, listed: listed,
    **which: Any,
) -> HTMLResponse:
    """Every line, page by page, up to the most that is printed. on_top: adds what the first page says beside them."""
    first = page = await read(desk=desk, caller=caller, cursor=None, limit=PAGE, **which)
    lines: list[object] = [*page.items]
    while page.next is not None and len(lines) < MOST:
        page = await read(desk=desk, caller=caller, cursor=page.next, limit=PAGE, **which)
        lines.extend(page.items)
    listed = on_top(first, Listed(lines, more=page.next is not None))
    printed = printed_register(sheet, listed, caller.at_shop, datetime.now(UTC))
    return HTMLResponse(printed, headers=cash.NOTHING_LOADED)

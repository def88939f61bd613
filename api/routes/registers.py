"""GET /v1/registers/…: what is under way over all cases, line by line (domain.md, "Registers")."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter

from api.problems import responses
from api.route import IDENTIFIED, Asker, DeskNow, DeskRoute, open_to
from api.routes.cases import SEE_ALL, Cursor, Limit
from api.schemas.registers import (
    NewsWithoutCase,
    OutstandingLine,
    OutstandingPage,
    ParcelLine,
    ParcelPage,
    PlatformLine,
    PlatformPage,
    PromiseLine,
    PromisePage,
)
from db.kept_news import KeptNews, platform_news_without_case
from db.registers import RegisterLine, outstanding, parcels_under_way, platform_clocks, promises

router = APIRouter(prefix="/v1/registers", route_class=DeskRoute, dependencies=[IDENTIFIED], tags=["registers"])


@router.get(
    "/parcels-under-way",
    operation_id="read_parcels_under_way",
    summary="Parcels that open cases wait for, with each check",
    responses=responses(401, 403, 422, 503),
)
@open_to(*SEE_ALL)
async def read_parcels_under_way(
    *, desk: DeskNow, caller: Asker, cursor: Cursor = None, limit: Limit = 50
) -> ParcelPage:
    """Every parcel under watch, the next check first.

    With each planned check, made or missed, stand the shifts on duty; `GET /v1/roster` has the people.
    """
    now = datetime.now(UTC)
    async with desk.database.reading() as session:
        page = await parcels_under_way(session, caller.at_shop, cursor, limit)
    lines = [
        ParcelLine.model_validate(
            {
                "chases": [],
                "checks": [],
                **line.told,
                "case": line.case,
                "problem": line.problem,
                "handler": line.handler,
                "next_check_at": line.due_at,
                "overdue": line.due_at is not None and line.due_at < now,
            }
        )
        for line in page.items
    ]
    return ParcelPage(items=lines, next=page.next)


@router.get(
    "/promises",
    operation_id="read_promises",
    summary="Promises to keep, and broken ones that wait for the supervisor",
    responses=responses(401, 403, 422, 503),
)
@open_to(*SEE_ALL)
async def read_promises(*, desk: DeskNow, caller: Asker, cursor: Cursor = None, limit: Limit = 50) -> PromisePage:
    """Promises of open cases, due first; those that were kept or dealt with stand in the story of their case."""
    async with desk.database.reading() as session:
        page = await promises(session, caller.at_shop, cursor, limit)
    lines = [
        PromiseLine.model_validate(
            {
                "planned": False,
                "renewals": 0,
                **line.told,
                "case": line.case,
                "problem": line.problem,
                "handler": line.handler,
            }
        )
        for line in page.items
    ]
    return PromisePage(items=lines, next=page.next)


@router.get(
    "/platform-clocks",
    operation_id="read_platform_clocks",
    summary="Refund requests and disputes under way on the platform, with each reminder",
    responses=responses(401, 403, 422, 503),
)
@open_to(*SEE_ALL)
async def read_platform_clocks(
    *, desk: DeskNow, caller: Asker, cursor: Cursor = None, limit: Limit = 50
) -> PlatformPage:
    """The supervisor's daily list: what the platform decides by itself when nobody answers, due first [S].

    `remind_of_platform` records that its owner was reminded. News about an order without a complaint stand beside it.
    """
    now = datetime.now(UTC)
    async with desk.database.reading() as session:
        page = await platform_clocks(session, caller.at_shop, cursor, limit)
        nobodys = await platform_news_without_case(session, caller.at_shop, limit) if cursor is None else ()
    lines = [_platform_line(line, now) for line in page.items]
    return PlatformPage(items=lines, without_case=[_without_case(each) for each in nobodys], next=page.next)


@router.get(
    "/outstanding",
    operation_id="read_outstanding",
    summary="Money and goods to be recovered, each with its owner",
    responses=responses(401, 403, 422, 503),
)
@open_to(*SEE_ALL)
async def read_outstanding(
    *, desk: DeskNow, caller: Asker, cursor: Cursor = None, limit: Limit = 50
) -> OutstandingPage:
    """What was paid twice, what the platform paid while the goods are out, lost goods that turned up after a refund."""
    async with desk.database.reading() as session:
        page = await outstanding(session, caller.at_shop, cursor, limit)
    lines = [OutstandingLine.model_validate({**line.told, "case": line.case}) for line in page.items]
    return OutstandingPage(items=lines, next=page.next)


def _platform_line(line: RegisterLine, now: datetime) -> PlatformLine:
    due, look = line.due_at, line.told.get("next_look_at")
    told: dict[str, Any] = {
        "reminders": [],
        **line.told,
        "case": line.case,
        "handler": line.handler,
        "due_at": due,
        "overdue": due is not None and due < now,
        "reminded_today": bool(line.told.get("reminders")) and look is not None and datetime.fromisoformat(look) > now,
    }
    return PlatformLine.model_validate(told)


def _without_case(kept: KeptNews) -> NewsWithoutCase:
    says = {name: kept.said["says"].get(name) for name in ("kind", "reference", "said", "due_at")}
    return NewsWithoutCase.model_validate({**says, "news": kept.news, "received_at": kept.received_at})

"""Read cases: one case, and the few that belong to a number. Every read is bound to one shop."""

from __future__ import annotations

from sqlalchemy import Select, Text, cast, select

from db.sessions import ReadSession
from db.tables.cases import case_tracking, cases
from db.views import VIEWS
from domain.view import CaseView, Kind

_VIEW = cast(cases.c.view, Text).label("told")


async def find_case(session: ReadSession, shop: str, case: str) -> CaseView | None:
    """Return the case as it was last kept, or None if this shop has none of that number. One statement."""
    told = (await session.execute(select(_VIEW).where(cases.c.case == case, cases.c.shop == shop))).scalar()
    return None if told is None else VIEWS.validate_json(told)


async def cases_by_tracking(session: ReadSession, shop: str, tracking: str) -> list[CaseView]:
    """Return the shop's cases that wait for news of this tracking number, newest opened first."""
    numbers = case_tracking.c
    wanted = select(numbers.case).where(numbers.shop == shop, numbers.tracking == tracking)
    return await _views(session, select(_VIEW).where(cases.c.shop == shop, cases.c.case.in_(wanted)))


async def cases_waiting_for_order(session: ReadSession, shop: str, order_index: str) -> list[CaseView]:
    """Return the open complaints about this order that wait for its facts: their story says `verified` false."""
    unverified = cases.c.view["story"]["verified"].as_boolean().is_(False)
    asked = select(_VIEW).where(
        cases.c.shop == shop,
        cases.c.order_index == order_index,
        cases.c.kind == Kind.COMPLAINT.value,
        cases.c.closed_at.is_(None),
        unverified,
    )
    return await _views(session, asked)


async def children_of(session: ReadSession, shop: str, case: str) -> list[CaseView]:
    """Return the cases that this one started, newest opened first."""
    return await _views(session, select(_VIEW).where(cases.c.shop == shop, cases.c.parent == case))


async def _views(session: ReadSession, asked: Select[str]) -> list[CaseView]:
    told = await session.execute(asked.order_by(cases.c.opened_at.desc(), cases.c.case.desc()))
    return [VIEWS.validate_json(row) for row in told.scalars()]

"""Which complaints sent replacements, and which complain of one. Bound to one shop."""

from __future__ import annotations

from sqlalchemy import Text, cast, literal, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from db.sessions import ReadSession
from db.tables.cases import REPLACEMENT, cases
from db.views import VIEWS
from domain.view import CaseView, Kind

MOST_OF_AN_ORDER = 200
"""So many complaints of one order are looked at, the newest."""
MOST_SHOWN = 100
_TOLD = cast(cases.c.view, Text).label("told")
_SENT = literal_column("((cases.view -> 'story') -> 'fulfilments')", JSONB)
_ABOUT = literal_column(REPLACEMENT, JSONB)


async def replacements_of_order(session: ReadSession, shop: str, order_index: str) -> list[CaseView]:
    """Return the complaints of the order that carry out a remedy by hand, or are about a replacement, newest first."""
    asked = select(_TOLD).where(
        cases.c.shop == shop,
        cases.c.order_index == order_index,
        cases.c.kind == Kind.COMPLAINT.value,
        or_(_SENT.is_not(None), _ABOUT.is_not(None)),
    )
    asked = asked.order_by(cases.c.opened_at.desc(), cases.c.case.desc()).limit(MOST_OF_AN_ORDER)
    return [VIEWS.validate_json(told) for told in (await session.execute(asked)).scalars()]


async def complaints_about_replacement(session: ReadSession, shop: str, case: str) -> list[str]:
    """Return the numbers of the complaints about what that case sent, the one opened first first."""
    about = _ABOUT.contains(literal({"case": case}, JSONB))
    asked = select(cases.c.case).where(cases.c.shop == shop, _ABOUT.is_not(None), about)
    return list((await session.execute(asked.order_by(cases.c.opened_at, cases.c.case).limit(MOST_SHOWN))).scalars())

"""Complaints that may be about the same matter: by order line, by customer, by photo. Bound to one shop."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Text, cast, select, text

from db.sessions import ReadSession
from db.tables.cases import cases
from db.views import VIEWS
from domain.complaint.linking.likely import AlikePhoto, Found
from domain.complaint.replaced.from_story import about_of
from domain.evidence import LOOKS_ALIKE_BITS
from domain.view import CaseView, Kind

MOST_FOUND = 50
"""Of each sort; the newest, and of photos the most alike."""

_ALIKE = text("""
    SELECT other."case", mine.photo AS mine, other.photo AS theirs, min(bit_count(mine.look # other.look)) AS apart
    FROM photo_looks AS mine
    JOIN photo_looks AS other ON other.shop = mine.shop AND other.band = mine.band AND other."case" <> mine."case"
    WHERE mine."case" = :case AND mine.shop = :shop AND bit_count(mine.look # other.look) <= :alike
    GROUP BY other."case", mine.photo, other.photo
    ORDER BY apart, other."case" DESC
    LIMIT :most
""")
_TOLD = cast(cases.c.view, Text).label("told")


async def likely_duplicates(session: ReadSession, view: CaseView, within: timedelta) -> list[Found]:
    """Return other complaints of the shop that share something with this one, each once, in no order.

    within: how far apart two complaints of one customer may have come in. Four statements at most.
    """
    lines = await _of_the_order(session, view)
    customers = await _of_the_customer(session, view, within)
    photos = await _alike(session, view)
    missing = sorted(photos.keys() - lines.keys() - customers.keys())
    known = {**lines, **customers, **await _by_number(session, view.shop, missing)}
    return [
        Found(
            view=other,
            same_line=number in lines and _line(view) is not None and _line(other) == _line(view),
            same_order=number in lines,
            same_customer=number in customers,
            photos=tuple(photos.get(number, ())),
            replaced=about_of(view) == number or about_of(other) == view.case,
        )
        for number, other in known.items()
    ]


async def _of_the_order(session: ReadSession, view: CaseView) -> dict[str, CaseView]:
    if view.order_index is None:
        return {}
    same = (cases.c.shop == view.shop, cases.c.order_index == view.order_index)
    return await _newest(session, view, *same)


async def _of_the_customer(session: ReadSession, view: CaseView, within: timedelta) -> dict[str, CaseView]:
    near = cases.c.opened_at.between(view.opened_at - within, view.opened_at + within)
    return await _newest(session, view, cases.c.shop == view.shop, cases.c.customer == view.customer, near)


async def _newest(session: ReadSession, view: CaseView, *same: ColumnElement[bool]) -> dict[str, CaseView]:
    asked = select(_TOLD).where(*same, cases.c.kind == Kind.COMPLAINT.value, cases.c.case != view.case)
    asked = asked.order_by(cases.c.opened_at.desc(), cases.c.case.desc()).limit(MOST_FOUND)
    return _read(list((await session.execute(asked)).scalars()))


async def _alike(session: ReadSession, view: CaseView) -> dict[str, list[AlikePhoto]]:
    given = {"case": view.case, "shop": view.shop, "alike": LOOKS_ALIKE_BITS, "most": MOST_FOUND}
    found: dict[str, list[AlikePhoto]] = {}
    for row in await session.execute(_ALIKE, given):
        found.setdefault(row.case, []).append(AlikePhoto(row.mine, row.theirs, row.apart))
    return found


async def _by_number(session: ReadSession, shop: str, numbers: list[str]) -> dict[str, CaseView]:
    if not numbers:
        return {}
    asked = select(_TOLD).where(cases.c.shop == shop, cases.c.case.in_(numbers))
    return _read(list((await session.execute(asked)).scalars()))


def _read(told: list[str]) -> dict[str, CaseView]:
    views = [VIEWS.validate_json(each) for each in told]
    return {view.case: view for view in views}


def _line(view: CaseView) -> object:
    return (view.story or {}).get("line")

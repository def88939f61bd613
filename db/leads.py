"""Which returns a parcel at the dock may belong to, as the register shows them: whatever agrees in one mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    Text,
    cast,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.sessions import ReadSession
from db.tables.cases import GOODS, OPEN_RETURN, UNIDENTIFIED, case_tracking, cases
from db.tables.search import case_search
from db.views import VIEWS
from domain.dock.matching import MOST_LEADS
from domain.view import CaseView, Kind

_VIEW = cast(cases.c.view, Text).label("told")
_NEWEST = (cases.c.opened_at.desc(), cases.c.case.desc())
_OPEN_FIRST = (cases.c.closed_at.is_not(None), *_NEWEST)


@dataclass(frozen=True)
class ParcelMarks:
    """What a parcel is looked up by; empty or None asks nothing. `card`: a case number, of a return or its complaint.

    `customer` is a subject id, `name` the marks of the words of the sender's name.
    """

    tracking: str = ""
    card: str = ""
    order_index: str | None = None
    customer: str | None = None
    phone_index: str | None = None
    barcodes: tuple[str, ...] = ()
    name: tuple[int, ...] = ()


@dataclass(frozen=True)
class FoundReturn:
    """A return of the shop, and whether the sender's name is among its customer's words."""

    view: CaseView
    same_name: bool


async def returns_like(session: ReadSession, shop: str, marks: ParcelMarks) -> list[FoundReturn]:
    """Return what agrees in any mark, those that still wait first, the newest first, at most `MOST_LEADS`."""
    named = set((await session.execute(_by_name(shop, marks.name))).scalars()) if marks.name else set[str]()
    parts = [*_parts(shop, marks), *([select(cases.c.case).where(cases.c.case.in_(named))] if named else [])]
    if not parts:
        return []
    chosen = union(*parts).subquery("chosen")
    asked = select(cases.c.case, _VIEW).join(chosen, chosen.c.case == cases.c.case)
    asked = asked.where(cases.c.shop == shop, cases.c.kind == Kind.RETURN.value)
    rows = await session.execute(asked.order_by(*_OPEN_FIRST).limit(MOST_LEADS))
    return [FoundReturn(VIEWS.validate_json(row.told), row.case in named) for row in rows]


async def returns_named(session: ReadSession, shop: str, numbers: tuple[str, ...]) -> list[CaseView]:
    """Return the shop's returns with these numbers; what is none is left out."""
    asked = select(_VIEW).where(cases.c.case.in_(numbers), cases.c.shop == shop, cases.c.kind == Kind.RETURN.value)
    return [VIEWS.validate_json(told) for told in (await session.execute(asked)).scalars()]


async def parcels_with_a_new_lead(session: ReadSession, limit: int = 200) -> list[tuple[CaseView, CaseView]]:
    """Return unidentified parcels, each with an open return that knows its tracking number and that it does not know.

    Over all shops; a return of which the parcel has heard already is not told again.
    """
    parcel, other = cases.alias("parcel"), cases.alias("other")
    mine, theirs = case_tracking.alias("mine"), case_tracking.alias("theirs")
    known = parcel.c.view["story"]["same_number"]
    asked = (
        select(cast(parcel.c.view, Text).label("parcel_told"), cast(other.c.view, Text).label("return_told"))
        .join(mine, mine.c.case == parcel.c.case)
        .join(theirs, (theirs.c.shop == mine.c.shop) & (theirs.c.tracking == mine.c.tracking))
        .join(other, other.c.case == theirs.c.case)
        .where(
            text(UNIDENTIFIED.format("parcel.")),
            other.c.kind == Kind.RETURN.value,
            other.c.closed_at.is_(None),
            not_(known.has_key(other.c.case)),
        )
        .order_by(parcel.c.case, other.c.case)
        .limit(limit)
    )
    rows = await session.execute(asked)
    return [(VIEWS.validate_json(row.parcel_told), VIEWS.validate_json(row.return_told)) for row in rows]


def _parts(shop: str, marks: ParcelMarks) -> Iterator[Select[tuple[str]]]:
    if marks.tracking:
        numbers = case_tracking.c
        yield select(numbers.case).where(numbers.shop == shop, numbers.tracking == marks.tracking)
    if marks.card:
        yield select(cases.c.case).where(or_(cases.c.case == marks.card, cases.c.parent == marks.card))
    exact: dict[ColumnElement[str | None], str | None] = {
        cases.c.order_index: marks.order_index,
        cases.c.customer: marks.customer,
        cases.c.phone_index: marks.phone_index,
    }
    for column, mark in exact.items():
        if mark is not None:
            yield _newest(select(cases.c.case).where(cases.c.shop == shop, column == mark, _a_return()))
    for barcode in marks.barcodes:
        same = literal_column(GOODS, JSONB).bool_op("@>")(cast([{"barcode": barcode}], JSONB))
        yield _newest(select(cases.c.case).where(cases.c.shop == shop, same, OPEN_RETURN))


def _by_name(shop: str, name: tuple[int, ...]) -> Select[tuple[str]]:
    same = case_search.c.marks.bool_op("@>")(cast(literal(list(name), ARRAY(BigInteger)), ARRAY(BigInteger)))
    asked = select(cases.c.case).join(case_search, case_search.c.case == cases.c.case)
    return asked.where(case_search.c.shop == shop, same, _a_return()).order_by(*_OPEN_FIRST).limit(MOST_LEADS)


def _a_return() -> ColumnElement[bool]:
    return cases.c.kind == Kind.RETURN.value


def _newest(asked: Select[tuple[str]]) -> Select[tuple[str]]:
    """The last ones of a customer or a product with very many; in brackets, so that each part has its own end."""
    some = asked.order_by(*_NEWEST).limit(MOST_LEADS).subquery()
    return select(some.c.case)

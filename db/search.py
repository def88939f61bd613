"""How cases are found by words: what is looked for, whose marks are owed, and that a forgotten customer's are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, BigInteger, ColumnElement, FromClause, Text, cast, literal, or_, select, text, update
from sqlalchemy.dialects.postgresql import TSQUERY

from db.sessions import ReadSession, WriteSession
from db.tables.cases import cases
from db.tables.search import case_search
from db.views import VIEWS
from domain.listing import trait
from domain.search_words import Asked, Term
from domain.view import CaseView

_MARKS = ARRAY(BigInteger)


@dataclass(frozen=True)
class Sought:
    """One term of a search: it is found in words that stand in clear, or where all marks of one of the ways are."""

    term: Term
    marks: tuple[tuple[int, ...], ...] = ()


def found(rows: FromClause, sought: Sequence[Sought], traits: Sequence[tuple[str, str]]) -> list[ColumnElement[bool]]:
    """What has to hold of rows of `case_search`: every term and every trait (name and value)."""
    clear = [_clear(each.term) for each in sought if not each.marks]
    clear += [_lexeme(Asked(trait(name, value))) for name, value in traits]
    wanted = [_in_words(rows, " & ".join(clear))] if clear else []
    marked = [each for each in sought if each.marks]
    return [*wanted, *(or_(_in_words(rows, _clear(each.term)), *_in_marks(rows, each)) for each in marked)]


async def marks_owed(session: ReadSession, after: str = "", limit: int = 200) -> list[CaseView]:
    """Return cases whose marks were made from other boxes than they have now, by their number, those behind `after`."""
    asked = (
        select(cast(cases.c.view, Text))
        .join(case_search, case_search.c.case == cases.c.case)
        .where(case_search.c.marked.is_distinct_from(case_search.c.boxes), case_search.c.case > after)
        .order_by(case_search.c.case)
        .limit(limit)
    )
    return [VIEWS.validate_json(told) for told in (await session.execute(asked)).scalars()]


async def every_view(session: ReadSession, after: str = "", limit: int = 200) -> list[CaseView]:
    """Return cases by their number, those behind `after`; ask again with the last one."""
    asked = select(cast(cases.c.view, Text)).where(cases.c.case > after).order_by(cases.c.case).limit(limit)
    return [VIEWS.validate_json(told) for told in (await session.execute(asked)).scalars()]


async def clear_marks(session: WriteSession, shop: str, subject: str) -> None:
    """Clear what this customer's cases are found by in the customer's words; no sweep makes it again."""
    mine = (case_search.c.shop == shop, case_search.c.customer == subject, text("marks <> '{}'"))
    await session.execute(update(case_search).where(*mine).values(marks=[]))


def _in_words(rows: FromClause, query: str) -> ColumnElement[bool]:
    return rows.c.words.bool_op("@@")(cast(literal(query, Text), TSQUERY))


def _in_marks(rows: FromClause, sought: Sought) -> list[ColumnElement[bool]]:
    return [rows.c.marks.bool_op("@>")(cast(literal(list(way), _MARKS), _MARKS)) for way in sought.marks]


def _clear(term: Term) -> str:
    ways = [" & ".join(_lexeme(word) for word in way) for way in term.ways]
    return "(" + " | ".join(f"({way})" for way in ways) + ")"


def _lexeme(asked: Asked) -> str:
    # Quotes and backslashes are no letters, so that no word has one; doubled all the same, as the notation asks.
    told = asked.word.replace("\\", "\\\\").replace("'", "''")
    return f"'{told}':*" if asked.beginning else f"'{told}'"

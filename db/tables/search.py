"""What cases are found by: their words, marks of sealed words, and open promises. It is made anew from the views."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from db.tables.ground import instant, metadata

case_search = Table(
    "case_search",
    metadata,
    Column("case", Text, primary_key=True),
    Column("shop", Text, nullable=False),
    instant("opened_at"),
    Column("customer", Text, nullable=False),
    Column("words", TSVECTOR, nullable=False),
    Column("marks", ARRAY(BigInteger), nullable=False),
    Column("boxes", Text, nullable=False),
    Column("marked", Text, nullable=True),
)
"""`boxes` tells which sealed boxes the case has, `marked` from which its marks were made: where they differ, marks are
owed."""

case_promises = Table(
    "case_promises",
    metadata,
    Column("case", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("shop", Text, nullable=False),
    instant("until"),
    Index("case_promises_by_until", "shop", "until", "case"),
)
"""Promises that are not kept yet."""

_MANY_AT_ONCE: dict[str, Any] = {"postgresql_using": "gin", "postgresql_with": {"gin_pending_list_limit": 256}}
Index("case_search_by_word", case_search.c.words, **_MANY_AT_ONCE)
Index("case_search_by_mark", case_search.c.marks, **_MANY_AT_ONCE)
Index("case_search_by_opening", case_search.c.shop, case_search.c.opened_at.desc(), case_search.c.case.desc())
Index(
    "case_search_by_customer",
    case_search.c.shop,
    case_search.c.customer,
    postgresql_where=text("marks <> '{}'"),
)
Index("case_search_owed", case_search.c.case, postgresql_where=text("marked IS DISTINCT FROM boxes"))

"""News from outside, kept from the moment they come: told to their case at once, or when there is one."""

from sqlalchemy import Column, Index, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.ground import instant, metadata

kept_news = Table(
    "kept_news",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("news", Text, primary_key=True),
    # What finds the case: the order's mark, or the tracking number.
    Column("about", Text, nullable=False),
    Column("matter", Text, nullable=False, server_default=""),
    Column("said", JSONB, nullable=False),
    Column("way", Text, nullable=False),
    instant("received_at", told=False),
    Column("case", Text, nullable=True),
    instant("told_at", nullable=True),
    # The case that was over when it was to be told; another one may still take it.
    Column("turned_away", Text, nullable=False, server_default=""),
)
_OPEN = kept_news.c.told_at.is_(None)
Index("kept_news_to_tell", kept_news.c.shop, kept_news.c.received_at, postgresql_where=_OPEN)
Index("kept_news_by_matter", kept_news.c.shop, kept_news.c.source, kept_news.c.matter)

"""Cases that cannot go on, as the watch found them; a case that goes on again leaves this table."""

from sqlalchemy import Column, Index, Table, Text

from db.tables.ground import instant, metadata

stuck_cases = Table(
    "stuck_cases",
    metadata,
    Column("case", Text, primary_key=True),
    Column("shop", Text, nullable=False),
    Column("kind", Text, nullable=True),
    instant("since"),
    Column("because", Text, nullable=False),
    Column("fault", Text, nullable=False),
    Column("place", Text, nullable=False),
)
Index("stuck_cases_by_shop", stuck_cases.c.shop, stuck_cases.c.since, stuck_cases.c.case)

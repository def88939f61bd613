"""Who works when; and who looks at a case just now."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text

from db.tables.ground import instant, metadata
from db.tables.people import people

roster = Table(
    "roster",
    metadata,
    Column("person", Text, ForeignKey(people.c.person), primary_key=True),
    instant("begins", primary_key=True),
    instant("ends"),
    Column("shop", Text, nullable=False),
    CheckConstraint("begins < ends", name="shift_runs_forward"),
)
Index("roster_by_shop", roster.c.shop, roster.c.ends, roster.c.begins)

case_marks = Table(
    "case_marks",
    metadata,
    Column("case", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("shop", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    instant("until"),
)
Index("case_marks_by_until", case_marks.c.until)
"""Not in any history: a mark says who has the case on the screen, and is over in minutes."""

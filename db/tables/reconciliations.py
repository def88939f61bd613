"""What each day's reconciliation found: the ledger of the books' differences."""

from sqlalchemy import Column, Date, Table
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.ground import instant, metadata

reconciliations = Table(
    "reconciliations",
    metadata,
    Column("day", Date, primary_key=True),
    instant("begun_at"),
    instant("ended_at", nullable=True),
    Column("found", JSONB, nullable=True),
)

"""The promise that a key opens one case, kept for good."""

from sqlalchemy import Column, Index, Integer, Sequence, Table, Text

from db.tables.ground import instant, metadata

case_numbers = Sequence("case_numbers", metadata=metadata)
"""One row of numbers for the installation; the year stands before it only to be read by people."""

openings = Table(
    "openings",
    metadata,
    # No foreign key to shops: it would take a lock on the shop's one row for every case opened.
    Column("shop", Text, primary_key=True),
    Column("key_hash", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case", Text, nullable=False, unique=True),
    Column("claims", Integer, nullable=False),
    instant("claimed_at", told=False),
    instant("started_at", nullable=True),
    Index("openings_by_claim", "claimed_at"),
)

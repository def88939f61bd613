"""Every policy a shop ever published, and which one is in force for new cases."""

from sqlalchemy import Column, ForeignKeyConstraint, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from db.tables.ground import instant, metadata

policies = Table(
    "policies",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("pinned", JSONB, nullable=False),
    instant("published_at"),
    Column("published_by", Text, nullable=False),
)

policies_in_force = Table(
    "policies_in_force",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("version", Text, nullable=False),
    ForeignKeyConstraint(["shop", "version"], ["policies.shop", "policies.version"]),
)

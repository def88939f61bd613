"""Customers under opaque names, the keys of their sealed words, and who read those words."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, SmallInteger, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from db.tables.ground import instant, metadata

customers = Table(
    "customers",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("customer_index", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    instant("created_at", told=False),
    Column("level", SmallInteger, nullable=True),
    Index("customers_by_subject", "shop", "subject", unique=True),
)

subject_keys = Table(
    "subject_keys",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("box", Text, nullable=True),
    instant("created_at", told=False),
    instant("destroyed_at", nullable=True),
    CheckConstraint("(box IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed_key_is_gone"),
)
Index(
    "subject_keys_one_live",
    subject_keys.c.shop,
    subject_keys.c.subject,
    unique=True,
    postgresql_where=subject_keys.c.destroyed_at.is_(None),
)

disclosures = Table(
    "disclosures",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("shop", Text, nullable=False),
    Column("case", Text, nullable=True),
    Column("subject", Text, nullable=False),
    Column("fields", ARRAY(Text), nullable=False),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    instant("disclosed_at"),
    Index("disclosures_by_case", "shop", "case"),
    Index("disclosures_by_subject", "shop", "subject"),
)
"""Append-only: a trigger refuses to change or delete a row."""

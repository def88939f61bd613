"""Shops, the people who work in them, their roles and their keys."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from db.tables.ground import instant, metadata

shops = Table(
    "shops",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("currency", Text, nullable=False),
    instant("created_at", told=False),
)

people = Table(
    "people",
    metadata,
    Column("person", Text, primary_key=True),
    # An administrator of the whole installation belongs to no shop.
    Column("shop", Text, ForeignKey(shops.c.shop), nullable=True, index=True),
    Column("name", Text, nullable=False),
    # Which unit of the departments the person belongs to; others belong to none.
    Column("unit", Text, nullable=True),
    instant("created_at", told=False),
    instant("disabled_at", nullable=True),
    Column("team", Text, nullable=True),
    Column("skills", ARRAY(Text), nullable=True),
)

person_roles = Table(
    "person_roles",
    metadata,
    Column("person", Text, ForeignKey(people.c.person), primary_key=True),
    Column("role", Text, primary_key=True),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("person", Text, ForeignKey(people.c.person), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("secret_sha256", LargeBinary, nullable=False),
    instant("created_at", told=False),
    instant("last_used_at", nullable=True),
    instant("revoked_at", nullable=True),
)

stand_ins = Table(
    "stand_ins",
    metadata,
    Column("stand_in", Text, primary_key=True),
    Column("shop", Text, ForeignKey(shops.c.shop), nullable=False),
    Column("person", Text, ForeignKey(people.c.person), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("stands_for", Text, ForeignKey(people.c.person), nullable=False),
    instant("since"),
    instant("until"),
    Column("reason", Text, nullable=False),
    Column("named_by", Text, nullable=False),
    instant("named_at"),
    instant("ended_at", nullable=True),
    Column("ended_by", Text, nullable=True),
    CheckConstraint("until > since", name="has_days"),
    CheckConstraint("person <> stands_for", name="not_for_oneself"),
    Index("stand_ins_by_shop", "shop", "since"),
)
"""Who acts in a role that is another's, within given dates; rows are never deleted."""

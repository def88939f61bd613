"""Every letter the desk sent, every attempt at it, and what the shop's gateway told of it afterwards."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Table, Text

from db.tables.ground import instant, metadata

letters = Table(
    "letters",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("case", Text, primary_key=True),
    Column("letter", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("recipient_index", Text, nullable=False),
    Column("state", Text, nullable=False),
    instant("first_tried_at"),
    instant("changed_at"),
    Column("round", Integer, nullable=False, server_default="1"),
)
Index(
    "letters_not_sent",
    letters.c.changed_at,
    postgresql_include=["state"],
    postgresql_where=(letters.c.state != "sent") & (letters.c.state != "delivered"),
)

letter_attempts = Table(
    "letter_attempts",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("case", Text, primary_key=True),
    Column("letter", Integer, primary_key=True),
    Column("round", Integer, primary_key=True, server_default="1"),
    Column("channel", Text, primary_key=True, server_default="email"),
    Column("attempt", Integer, primary_key=True),
    instant("tried_at"),
    Column("outcome", Text, nullable=False),
    Column("answer_code", Text, nullable=False),
    Column("asked_by", Text, nullable=False, server_default=""),
    ForeignKeyConstraint(["shop", "case", "letter"], ["letters.shop", "letters.case", "letters.letter"]),
)
"""Append-only: a trigger refuses to change or delete a row."""

letter_receipts = Table(
    "letter_receipts",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("case", Text, primary_key=True),
    Column("letter", Integer, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("result", Text, primary_key=True),
    instant("told_at", primary_key=True),
    Column("code", Text, nullable=False),
    Column("medium", Text, nullable=False),
    instant("received_at", told=False),
    ForeignKeyConstraint(["shop", "case", "letter"], ["letters.shop", "letters.case", "letters.letter"]),
)
"""Append-only likewise: what the gateway told of a message, each word once."""

"""Every letter the desk sent and every attempt at it."""

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
)
Index(
    "letters_not_sent", letters.c.changed_at, postgresql_include=["state"], postgresql_where=letters.c.state != "sent"
)

letter_attempts = Table(
    "letter_attempts",
    metadata,
    Column("shop", Text, primary_key=True),
    Column("case", Text, primary_key=True),
    Column("letter", Integer, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    instant("tried_at"),
    Column("outcome", Text, nullable=False),
    Column("answer_code", Text, nullable=False),
    ForeignKeyConstraint(["shop", "case", "letter"], ["letters.shop", "letters.case", "letters.letter"]),
)
"""Append-only: a trigger refuses to change or delete a row."""

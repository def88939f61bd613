"""How far each connector of a platform was asked."""

from sqlalchemy import Column, Table, Text

from db.tables.ground import instant, metadata

platform_polls = Table(
    "platform_polls",
    metadata,
    Column("webhook", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("said", Text, nullable=False),
    instant("asked_at", told=False),
    instant("read_at", nullable=True),
)

"""Which tracking numbers a shop's tracking service was asked to follow."""

from sqlalchemy import Column, Integer, Table, Text

from db.tables.ground import instant, metadata

tracking_registrations = Table(
    "tracking_registrations",
    metadata,
    Column("webhook", Text, primary_key=True),
    Column("tracking", Text, primary_key=True),
    instant("first_tried_at", told=False),
    Column("tries", Integer, nullable=False),
    Column("said", Text, nullable=False),
    instant("taken_at", nullable=True),
)

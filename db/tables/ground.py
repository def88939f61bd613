"""The ground all tables stand on: one metadata with spoken constraint names, and the two column types of the desk."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, MetaData, func

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "ck": "%(table_name)s_%(constraint_name)s",
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
    }
)
"""Every table of the desk; migrations are compared with it."""


def instant(name: str, *, nullable: bool = False, told: bool = True, primary_key: bool = False) -> Column[datetime]:
    """Return a column for an instant in UTC; with `told=False` the database's own clock fills it when left out."""
    clock: Any = None if told else func.now()
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=clock, primary_key=primary_key)


def minor_units(name: str) -> Column[int]:
    """Return a column for money in minor units of a currency that stands beside it."""
    return Column(name, BigInteger, nullable=False)

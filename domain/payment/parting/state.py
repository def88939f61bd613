"""A part of a slip's payment, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.money import Money
from domain.people import Actor


@dataclass(frozen=True)
class PaidPart:
    """One movement of a slip that was paid in several; `booked`: whether the ledger knows it."""

    number: int
    amount: Money
    reference: str
    at: datetime
    by: Actor
    booked: bool = False

"""What a slip is for: which way the money goes, and under which ceiling it counts (domain.md, "Money" [T])."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a sum is for."""

    REFUND = "refund"
    COMPENSATION = "compensation"
    FREIGHT = "freight"
    PRICE_DIFFERENCE = "price_difference"
    """Of an exchange for cheaper goods, to the customer."""
    SURCHARGE = "surcharge"
    """What the customer pays on top: of an exchange for dearer goods, or what they bear of a repair."""
    REPAYMENT = "repayment"
    """What the customer, the courier or another party pays back."""


class Direction(StrEnum):
    """Which way the money goes, as the desk sees it."""

    OUT = "out"
    IN = "in"


class Ceiling(StrEnum):
    """What bounds a sum: what was paid for the order line, the cap of the return's freight, or nothing here."""

    LINE = "line"
    FREIGHT = "freight"
    NONE = "none"


@dataclass(frozen=True)
class PurposeRow:
    """One purpose: direction, ceiling, and the rule books that ask for the slip."""

    direction: Direction
    ceiling: Ceiling
    source: str


PURPOSES: dict[Purpose, PurposeRow] = {
    Purpose.REFUND: PurposeRow(Direction.OUT, Ceiling.LINE, "T"),
    Purpose.COMPENSATION: PurposeRow(Direction.OUT, Ceiling.LINE, "T"),
    Purpose.FREIGHT: PurposeRow(Direction.OUT, Ceiling.FREIGHT, "T,S,O"),
    Purpose.PRICE_DIFFERENCE: PurposeRow(Direction.OUT, Ceiling.LINE, "T,S"),
    Purpose.SURCHARGE: PurposeRow(Direction.IN, Ceiling.NONE, "T,S"),
    Purpose.REPAYMENT: PurposeRow(Direction.IN, Ceiling.NONE, "T"),
}
"""Every purpose's row. Money that comes in never opens a line again: what went out of it stays counted [O]."""

UNDER_THE_LINE = tuple(purpose for purpose, row in PURPOSES.items() if row.ceiling is Ceiling.LINE)
"""The purposes that share the line's ceiling with coupons and with what the platform paid by itself [T][O]."""

COMING_IN = frozenset(purpose for purpose, row in PURPOSES.items() if row.direction is Direction.IN)


def comes_in(purpose: str) -> bool:
    """Whether a slip of this purpose takes money in."""
    return Purpose(purpose) in COMING_IN

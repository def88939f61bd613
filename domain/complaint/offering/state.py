"""The parts of a remedy, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.problems import RemedyKind
from domain.limits import Length, Says
from domain.money import Money


@dataclass(frozen=True)
class Part:
    """One part of a remedy: what it pays, or what it costs the shop otherwise."""

    kind: RemedyKind
    refund: Annotated[Money | None, Says("The sum that it pays; only for a compensation.")] = None
    worth: Annotated[
        Money | None, Says("A coupon's value; for goods sent or work done, what it costs the shop with its freight.")
    ] = None
    what: Annotated[str, Length(0, 200), Says("What is sent or put right, for the desk that does it; no names.")] = ""

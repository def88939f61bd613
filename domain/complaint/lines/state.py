"""Claimed lines, and what is counted of them, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from domain.limits import Between, Length, Says


@dataclass(frozen=True)
class ClaimedLine:
    """So many units of one line of the order, with the fault to look for if it has one of its own [S]."""

    line: Annotated[int, Between(1, 100_000), Says("Line of the order.", 2)]
    quantity: Annotated[int, Between(1, 100_000), Says("Units of it.", 1)]
    fault: Annotated[
        str, Length(0, 400), Says("The fault to look for; empty: as it was judged.", "chip at the rim")
    ] = ""
    place: Annotated[str, Length(0, 200), Says("Where on the goods it is.", "left side")] = ""


class CountState(StrEnum):
    """What the register of returned goods says of a line that is to come back."""

    ASKED = "asked"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True)
class LineCount:
    """The complaint's knowledge of what the register counts of a line: `quantity` units as gone back or on their way.

    `announced` is how many were to come back; the count follows what became of them.
    """

    return_case: str
    proposal: int
    line: int
    announced: int
    quantity: int
    state: CountState = CountState.ASKED

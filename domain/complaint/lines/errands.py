"""What a complaint has to set going about the units of its lines: the register's word, and the lines of its return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.complaint.lines import events as e
from domain.complaint.lines import questions as claims
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.state import Complaint
from domain.goods_return.state import ReturnLine
from domain.people import DESK


@dataclass(frozen=True)
class HoldUnits:
    """Ask the register whether so many units may go back, before the customer is told to send them [S][O]."""

    return_case: str
    proposal: int
    lines: tuple[ClaimedLine, ...]

    def done(self, now: datetime) -> Event:
        """The event once it is asked; the answer is another one."""
        return e.UnitsAsked(at=now, by=DESK, return_case=self.return_case, proposal=self.proposal, lines=self.lines)


@dataclass(frozen=True)
class CountUnits:
    """Tell the register how many units really went back, whatever that makes in sum."""

    return_case: str
    lines: tuple[ClaimedLine, ...]

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return e.UnitsCounted(at=now, by=DESK, return_case=self.return_case, lines=self.lines)


def units(case: Complaint) -> Iterator[HoldUnits | CountUnits]:
    """Which units the register is still to be asked for, and which it counts otherwise than they stand."""
    agreed, waiting = case.accepted, claims.to_hold(case)
    if agreed is not None and waiting:
        runs = next((part.case for part in case.returns if part.proposal == agreed.number), None)
        yield HoldUnits(runs or claims.return_name(case), agreed.number, waiting)
    for return_case, lines in claims.to_count(case):
        yield CountUnits(return_case, lines)


def return_lines(case: Complaint, claimed: tuple[ClaimedLine, ...]) -> tuple[ReturnLine, ...]:
    """Claimed lines as the warehouse will look for them."""
    found = ((claim, case.facts.find(claim.line) if case.facts is not None else None) for claim in claimed)
    return tuple(
        ReturnLine(
            line=line.line,
            product=line.product,
            quantity=claim.quantity,
            fault=claim.fault,
            place=claim.place,
            barcode=line.barcode,
            grams=line.grams,
        )
        for claim, line in found
        if line is not None
    )

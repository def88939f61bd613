"""What the ledger's answers mean for a complaint: a coupon may be issued or not, the platform paid too much [T][O]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event, TroubleArose
from domain.complaint.errands import BookPlatformPayment, HoldCost, LedgerErrand
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling import rules as parts
from domain.complaint.lines import rules as lines
from domain.complaint.lines.errands import CountUnits, HoldUnits
from domain.complaint.state import Complaint
from domain.complaint.sums.events import LineGaveTooMuch
from domain.money import Money
from domain.people import DESK


@dataclass(frozen=True)
class LedgerSays:
    """`no`: why the ledger refuses, empty if it does not. `over`: what the line gave back beyond what it cost."""

    no: str = ""
    over: Money | None = None


def ledgers_answer(case: Complaint, errand: LedgerErrand, says: LedgerSays, now: datetime) -> tuple[Event, ...]:
    """The events that an answer causes; none when there is nothing to say."""
    match errand:
        case HoldCost(part=number):
            part = fulfil.find(case, number)
            return () if part is None else parts.answered(case, part, says.no, now)
        case HoldUnits(return_case=name, proposal=proposal):
            return lines.answered(name, proposal, says.no, now)
        case CountUnits():
            return lines.counted(says.no, now)
        case BookPlatformPayment(number=number, reference=reference, amount=amount):
            return _platform(number, f"the platform's payment {reference} of {amount}", says, now)
        case _:
            return ()


def _platform(number: int, paid: str, says: LedgerSays, now: datetime) -> tuple[Event, ...]:
    """What is too much becomes an item to recover: see `on_platform/questions.py`."""
    if says.no:
        return (_trouble("platform_payment_not_counted", f"{paid} is not counted: {says.no}", now),)
    if says.over is not None:
        return (LineGaveTooMuch(at=now, by=DESK, number=number, over=says.over),)
    return ()


def _trouble(code: str, sentence: str, now: datetime) -> Event:
    return TroubleArose(at=now, by=DESK, code=code, sentence=sentence)

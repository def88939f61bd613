"""How each event changes a slip. One door for each change of state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from domain.casefile import Event
from domain.money import Money
from domain.payment import events as e
from domain.payment.gateway.chapter import CHAPTER as GATEWAY
from domain.payment.parting.chapter import CHAPTER as PARTS
from domain.payment.parting.state import PaidPart
from domain.payment.purposes import Direction
from domain.payment.state import Approval, Change, Payment
from domain.taking_charge import ChargeTaken


def evolve(case: Payment, event: Event) -> Payment:
    """The slip after an event."""
    change = CHANGES.get(type(event))
    return case if change is None else change(case, event)


def _reserved(case: Payment, event: e.SumReserved) -> Payment:
    return replace(case, slip_number=event.slip_number, asked_today=event.asked_today, in_ledger=case.amount)


def _refused(case: Payment, event: e.ReservationRefused) -> Payment:
    return replace(case, closed_at=event.at, outcome="above_ceiling", note=event.sentence, booked=True)


def _approved(case: Payment, event: e.SlipApproved) -> Payment:
    signed = replace(case, approvals=(*case.approvals, Approval(event.by, event.at, case.amount)))
    enough = len(signed.approvals) >= signed.approvals_needed
    return replace(signed, handed_at=event.at) if enough else signed


def _changed(case: Payment, event: e.AmountChanged) -> Payment:
    change = Change(event.was, event.by, event.at, event.reason, case.approvals)
    less = 0 if case.direction is Direction.IN else event.was.minor - event.amount.minor
    case_sum = Money(case.case_sum.minor - less, case.case_sum.currency)
    return replace(case, amount=event.amount, case_sum=case_sum, approvals=(), changes=(*case.changes, change))


def _ended(case: Payment, event: e.SlipEnded) -> Payment:
    return replace(case, closed_at=event.at, outcome=event.outcome, note=event.reason)


def _paid(case: Payment, event: e.SlipPaid) -> Payment:
    signed = replace(case, reference=event.reference, paid_at=event.at, paid_by=event.by)
    if case.parts and case.rest.minor:
        last = PaidPart(len(case.parts) + 1, case.rest, event.reference, event.at, event.by)
        signed = replace(signed, parts=(*case.parts, last))
    return replace(signed, closed_at=event.at, outcome="paid")


CHANGES: dict[type[Event], Callable[[Payment, Any], Payment]] = {
    e.SumReserved: _reserved,
    e.ReservationRefused: _refused,
    e.CaseSumGrew: lambda case, event: replace(case, case_sum=event.case_sum),
    e.SlipHeld: lambda case, event: replace(case, held=event.held, holds_told=event.told),
    e.SlipApproved: _approved,
    e.AmountChanged: _changed,
    e.AmountBooked: lambda case, event: replace(case, in_ledger=event.amount),
    e.AmountTold: lambda case, event: replace(case, amount_told=event.amount),
    e.SlipEnded: _ended,
    e.SlipPaid: _paid,
    # Money may have come back while the ledger was told that it left: then there is more to book.
    e.LedgerSettled: lambda case, event: replace(case, booked=event.outcome == case.outcome),
    ChargeTaken: lambda case, event: replace(case, charge=event.charge),
    e.ComplaintTold: lambda case, event: replace(case, reported=event.result),
    **GATEWAY.changes,
    **PARTS.changes,
}

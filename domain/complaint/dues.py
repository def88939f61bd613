"""What an agreed remedy pays by slip, before anything is taken off it: pure questions about a complaint."""

from __future__ import annotations

from domain.complaint import freight
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.offering.state import Part
from domain.complaint.problems import PAYS, RemedyKind
from domain.complaint.recall import questions as recalls
from domain.complaint.state import Complaint
from domain.complaint.sums import questions as sums
from domain.money import Money
from domain.payment.purposes import Purpose

Due = tuple[str, Money]
"""Purpose and amount."""


def agreed_sums(case: Complaint) -> tuple[Due, ...]:
    """What the agreed remedy pays now; nothing while it waits for goods."""
    agreed = case.accepted
    if agreed is None:
        return ()
    if not fulfil.goods_in(case, agreed):
        # Of an exchange that the supervisor lets go first, the difference is settled before the label all the same [S].
        return _difference_due(case) if case.shipped_first == agreed.number else ()
    due = [
        ("compensation" if part.kind is RemedyKind.COMPENSATION else "refund", _sum_of(case, part, part.refund))
        for part in agreed.parts
        if part.kind in PAYS
        and part.refund is not None
        and not (part.kind is RemedyKind.REFUND and recalls.ground_lost(case))
    ]
    prepaid = freight.freight_due(case)
    if agreed.freight and prepaid is not None:
        due.append(("freight", prepaid))
    return (*due, *_difference_due(case))


def _difference_due(case: Complaint) -> tuple[Due, ...]:
    difference = sums.due_to_customer(case)
    return () if difference is None else ((Purpose.PRICE_DIFFERENCE.value, difference),)


def _sum_of(case: Complaint, part: Part, offered: Money) -> Money:
    """The sum of a part; a refund counts only what arrived and was accepted."""
    last = case.returns[-1] if case.returns else None
    if part.kind is RemedyKind.RETURN_AND_REFUND and last is not None and last.result == "passed":
        return offered.share(min(last.accepted, last.announced), last.announced)
    return offered

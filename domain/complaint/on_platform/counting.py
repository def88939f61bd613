"""What the platform paid counts against what was agreed: money leaves once, by whichever door [S][T].

A sum that was proposed before the platform's payment was heard of was agreed in ignorance of it, so the payment is
taken off it; one that was proposed later was meant beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.complaint.children import PaymentOf
from domain.complaint.dues import Due, agreed_sums
from domain.complaint.freight import CAME_TO_NOTHING
from domain.complaint.problems import PAYS
from domain.complaint.state import Complaint, Proposal, ProposalState
from domain.complaint.sums.questions import by_platform
from domain.money import Money
from domain.payment.purposes import UNDER_THE_LINE, Purpose

COUNTS = ("refund", "compensation")
"""Purposes of slips off which the platform's payments are taken; freight and differences stand apart."""


def since_agreed(case: Complaint) -> int:
    """What the platform paid, as heard since the agreed proposal was made, in minor units."""
    agreed = case.accepted
    return 0 if agreed is None else _heard(case, agreed.platform_known, None)


def sums_left(case: Complaint) -> tuple[Due, ...]:
    """What the agreed remedy pays once the platform's payments are taken off, in the order of its parts."""
    return _less(since_agreed(case), agreed_sums(case))


def overtaken(case: Complaint, slip: PaymentOf) -> bool:
    """Whether a slip that pays, or was to pay, an agreed sum is too large now: the platform was faster."""
    agreed = case.accepted
    if agreed is None or slip.proposal != agreed.number or slip.purpose not in COUNTS or not since_agreed(case):
        return False
    if slip.result is not None and slip.result not in CAME_TO_NOTHING:
        return False
    left = (due.amount.minor for due in sums_left(case) if (due.purpose, due.line) == (slip.purpose, slip.line))
    return slip.amount.minor > sum(left)


def about_to_leave(case: Complaint) -> bool:
    """Whether a refund was agreed to or approved on the platform and its payment was not heard of: slips wait [S]."""
    return any(matter.money_to_come for matter in case.platform_matters)


def paid_beyond(case: Complaint) -> int:
    """What slips and platform paid together beyond what was agreed, over all that was ever agreed, in minor units."""
    agreed = [proposal for proposal in case.proposals if proposal.state is ProposalState.ACCEPTED]
    ends = [*(proposal.platform_known for proposal in agreed[1:]), None]
    return sum(_beyond(case, proposal, until) for proposal, until in zip(agreed, ends, strict=False))


def _beyond(case: Complaint, agreed: Proposal, until: int | None) -> int:
    """Of one agreement: what was paid by the platform between it and the next one, and by its own slips."""
    platform = _heard(case, agreed.platform_known, until)
    offered = sum(part.refund.minor for part in agreed.parts if part.kind in PAYS and part.refund is not None)
    if not platform or not offered:
        return 0  # money was no part of it: nothing was paid twice
    mine = (p for p in case.payments if p.proposal == agreed.number and p.purpose in COUNTS and p.result == "paid")
    paid = sum(slip.amount.minor for slip in mine)
    due = agreed_sums(case) if agreed is case.accepted else ()
    named = sum(each.amount.minor for each in due if each.purpose in COUNTS)
    return max(paid + platform - (named or offered), 0)


def beyond_line(case: Complaint) -> int:
    """What this case alone gave back, where the platform had a part in it, beyond what was paid for the line."""
    line = case.order_line
    if line is None or not case.platform_payments:
        return 0
    slips = sum(p.amount.minor for p in case.payments if p.result == "paid" and Purpose(p.purpose) in UNDER_THE_LINE)
    return max(slips + by_platform(case) - line.paid.minor, 0)


def _heard(case: Complaint, known: int, until: int | None) -> int:
    return sum(payment.amount.minor for payment in case.platform_payments[known:until])


def _less(pool: int, due: Iterable[Due]) -> tuple[Due, ...]:
    rest: list[Due] = []
    for each in due:
        cut = min(pool, each.amount.minor) if each.purpose in COUNTS else 0
        pool -= cut
        if each.amount.minor > cut:
            rest.append(replace(each, amount=Money(each.amount.minor - cut, each.amount.currency)))
    return tuple(rest)

"""Whether a parcel is being called back, and what stop and recall together mean for a remedy."""

from __future__ import annotations

from domain.complaint.looking_into import questions as looking
from domain.complaint.problems import BRINGS_GOODS, PROBLEMS, RemedyKind
from domain.complaint.recall.state import Recall, RecallState
from domain.complaint.state import Complaint
from domain.complaint.stopping import questions as stops


def running(case: Complaint) -> Recall | None:
    """The recall by which the parcel may still come back."""
    last = case.recalls[-1] if case.recalls else None
    return last if last is not None and last.running else None


def with_the_courier(case: Complaint) -> bool:
    """Whether the courier was told to bring the parcel back, and has neither done so nor given up."""
    recall = running(case)
    return recall is not None and recall.state is not RecallState.ASKED


def fits(case: Complaint, kind: RemedyKind) -> bool:
    """Whether a remedy fits where the order is: held back, back, on its way, or with the customer [S]."""
    if PROBLEMS[case.problem].stop is None:
        return True
    if kind is RemedyKind.REFUND:
        return case.original_received or stops.secured(case)
    if kind in BRINGS_GOODS:
        return stops.gone(case) and running(case) is None and not case.original_received
    return True


def ground_lost(case: Complaint) -> bool:
    """Whether the agreed refund rests on an order that is no longer held back, and is not paid yet.

    What was promised outside binds the shop all the same [S][O].
    """
    agreed = case.accepted
    if agreed is None or agreed.kind is not RemedyKind.REFUND or fits(case, agreed.kind):
        return False
    paid = any(p.result == "paid" and p.proposal == agreed.number for p in case.payments if p.purpose == "refund")
    return not paid and looking.promise_for(case, agreed.kind, agreed.refund) is None


def comes_first(case: Complaint) -> bool:
    """Whether the label desk or the courier has the next word, before the agent judges or proposes."""
    if PROBLEMS[case.problem].stop is None or (case.accepted is not None and not ground_lost(case)):
        return False
    return stops.to_ask(case) or stops.pending(case) or stops.to_change(case) or running(case) is not None


def stage(case: Complaint) -> str:
    """Whose word it is that comes first, as a state of the case."""
    if running(case) is not None:
        return "recalling"
    if stops.to_ask(case):
        return "to_stop"
    return "stopping" if stops.pending(case) else "changing"


def original_unpaid(case: Complaint) -> bool:
    """Whether the order is in our hands and its money not back yet: nobody files the case over that in silence."""
    return (case.original_received or stops.secured(case)) and not stops.refunded(case)

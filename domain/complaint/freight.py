"""The freight that a customer prepaid for a return: paid by its receipt, under a cap of its own [S][T]."""

from __future__ import annotations

from domain.complaint.children import PaymentOf, ReturnOf
from domain.complaint.problems import BRINGS_GOODS, PROBLEMS, RemedyKind
from domain.complaint.state import Complaint
from domain.goods_return.state import KEPT
from domain.money import Money
from domain.shipment import Shipment

CAME_TO_NOTHING = ("rejected", "void", "not_paid", "above_ceiling", "refused", "reversed")
GOODS_NOT_OURS = ("not_sent", "lost", "called_off", "sent_back", "given_back")
REPAYS = BRINGS_GOODS | {RemedyKind.PART_REFUND}
"""Remedies that repay freight wherever the goods are; a compensation does so once the goods are ours."""


def goods_are_ours(part: ReturnOf | None) -> bool:
    """Whether the goods of a return came in and stay with the shop."""
    return part is not None and (part.result == "passed" or part.settled_as in KEPT)


def may_repay(case: Complaint, kind: RemedyKind) -> bool:
    """Whether a remedy of this kind may carry the freight, if it is agreed to."""
    promised = any(promise.freight and promise.kind is kind for promise in case.outside_promises)
    if PROBLEMS[case.problem].customer_pays_return and not promised:
        return False
    last = case.returns[-1] if case.returns else None
    return kind in REPAYS or (kind is RemedyKind.COMPENSATION and goods_are_ours(last))


def of_this_return(case: Complaint) -> tuple[Shipment, ...]:
    """The parcels of the last return: reported since the one before it, or before the first."""
    return case.shipments[case.returns[-1].first_shipment if case.returns else 0 :]


def freight_due(case: Complaint) -> Money | None:
    """What was prepaid for this return and is proved by a receipt, up to the policy's cap; None when nothing is."""
    cap = case.pinned.policy.freight_cap.value
    proved = sum(s.freight.minor for s in of_this_return(case) if s.freight is not None and s.receipt is not None)
    return Money(min(proved, cap.minor), cap.currency) if proved else None


def slips(case: Complaint) -> tuple[PaymentOf, ...]:
    """This return's freight slips that stand: paid, under way, or come to nothing and with the agent for an answer."""
    agreed, last = case.accepted, case.returns[-1].case if case.returns else ""
    return tuple(
        p
        for p in case.payments
        if p.purpose == "freight"
        and p.return_case == last
        and (
            p.result in {None, "paid"}
            or (p.result in CAME_TO_NOTHING and agreed is not None and p.proposal == agreed.number)
        )
    )


def to_ask(case: Complaint) -> Money | None:
    """What is due beyond the slips that stand: a further slip is asked for the difference."""
    due = freight_due(case)
    if due is None:
        return None
    rest = due.minor - sum(p.amount.minor for p in slips(case))
    return Money(rest, due.currency) if rest > 0 else None


def proof(case: Complaint) -> tuple[str, tuple[str, ...]]:
    """The return that a freight slip is for, and the receipts that no standing slip used: each proves one slip only."""
    of_return = case.returns[-1].case if case.returns else ""
    used = {receipt for p in slips(case) for receipt in p.receipts}
    proving = (s.receipt for s in of_this_return(case) if s.freight is not None and s.receipt is not None)
    return of_return, tuple(sorted(set(proving) - used))


def without_receipt(case: Complaint) -> tuple[Shipment, ...]:
    """Parcels whose freight would be repaid if its receipt came; empty when none was promised or the cap is reached."""
    agreed, due = case.accepted, freight_due(case)
    at_cap = due is not None and due == case.pinned.policy.freight_cap.value
    last = case.returns[-1] if case.returns else None
    gone = last is not None and (last.result in GOODS_NOT_OURS or last.settled_as == "send_back")
    if agreed is None or not agreed.freight or at_cap or gone:
        return ()
    return tuple(s for s in of_this_return(case) if s.freight is not None and s.receipt is None)

"""For whom a complaint waits: while it does, the clocks stand still whose policy rows say so [O]."""

from __future__ import annotations

from domain.clock import PauseCause
from domain.complaint import situation as at
from domain.complaint.state import Complaint


def pause_causes(case: Complaint) -> frozenset[PauseCause]:
    """The customer, as long as something is owed in time; another desk, while the return or a slip is under way.

    Once the customer's time is up the desk has to call, so the next move is the desk's again.
    """
    if case.closed_at is not None:
        return frozenset()
    under_way = at.return_under_way(case)
    holds = {
        PauseCause.CUSTOMER: any(clock.breached_at is None for clock in at.waits_for_customer(case))
        or (under_way and not _sent(case)),
        PauseCause.ANOTHER_DESK: (under_way and _sent(case)) or bool(at.live_payments(case)),
    }
    return frozenset(cause for cause, waits in holds.items() if waits)


def _sent(case: Complaint) -> bool:
    """Whether the customer has reported a parcel of the last return."""
    last = at.return_of(case)
    return last is not None and len(case.shipments) > last.first_shipment

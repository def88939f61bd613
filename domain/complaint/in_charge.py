"""How urgent a complaint is and in whose charge it lies, as its returns and slips are told."""

from __future__ import annotations

from domain.charge import Charge
from domain.complaint.priority.questions import priority_of
from domain.complaint.state import Complaint


def charge_of(case: Complaint) -> Charge:
    """Priority, handler, team and who stands in."""
    return Charge(priority=priority_of(case).level, handler=case.handler)

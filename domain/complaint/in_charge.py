"""How urgent a complaint is and in whose charge it lies, as its returns and slips are told."""

from __future__ import annotations

from domain.charge import Charge
from domain.complaint.assigning.questions import assignment
from domain.complaint.priority.questions import priority_of
from domain.complaint.state import Complaint


def charge_of(case: Complaint) -> Charge:
    """Priority, handler, team and who stands in."""
    last, acting = assignment(case), case.stand_in
    return Charge(
        priority=priority_of(case).level,
        handler=case.handler,
        team=last.team if last is not None else "",
        stand_in=acting.person if acting is not None else None,
        stand_in_until=acting.until if acting is not None else None,
    )

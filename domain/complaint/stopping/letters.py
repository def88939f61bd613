"""Which letters the stopping of an order sends."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint.problems import StopWish
from domain.complaint.state import Complaint
from domain.complaint.stopping import events as e
from domain.complaint.stopping import questions as ask
from domain.complaint.stopping.state import Finding, Found

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """That the order is being held back, that it is, that it left before, that it was changed; the case is after it."""
    match event:
        case e.StopAsked():
            return (("stopping", {"wish": event.request.wish.value, "due": _due(case, "label_desk_answer")}),)
        case e.StopConfirmed(answer=finding) if case.closed_at is None and not ask.called_off(case):
            return _answered(case, finding)
        case e.OrderChanged(change=change):
            return (("order_changed", {"tracking": change.tracking}),)
        case _:
            return ()


def _answered(case: Complaint, finding: Finding) -> Drafts:
    """Told once a state: how papers and parcel are fetched is the desk's own matter."""
    earlier = case.stops[-1].findings[:-1]
    if finding.found is Found.GONE:
        return (("parcel_gone", {"due": _next(case)}),)
    if not finding.secured or (earlier and earlier[-1].secured) or ask.refunded(case):
        return ()
    wish = case.stops[-1].wish
    due = _due(case, "label_desk_change") if wish is StopWish.CHANGE else _next(case)
    return (("order_held", {"wish": wish.value, "due": due}),)


def _next(case: Complaint) -> str:
    return _due(case, "judgement") or _due(case, "proposal")


def _due(case: Complaint, clock: str) -> str:
    due = case.due(clock)
    return due.isoformat() if due is not None else ""

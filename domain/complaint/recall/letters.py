"""Which letters a recall sends."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint.recall import events as e
from domain.complaint.state import Complaint

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """That the parcel is called back, that it is in, that it could not be called back; a closed case tells nothing."""
    if case.closed_at is not None:
        return ()
    match event:
        case e.RecallRegistered():
            recall = case.recalls[-1]
            says = {"carrier": recall.carrier, "tracking": recall.tracking, "due": _due(case, "recall_arrival")}
            return (("recall_registered", says),)
        case e.OriginalReceived():
            return (("original_received", {"due": _next(case)}),)
        case e.RecallFailed():
            return (("recall_failed", {"due": _next(case)}),)
        case _:
            return ()


def _next(case: Complaint) -> str:
    return _due(case, "judgement") or _due(case, "proposal")


def _due(case: Complaint, clock: str) -> str:
    due = case.due(clock)
    return due.isoformat() if due is not None else ""

"""Which letters merging sends: the customer hears where the matter goes on, once that is sure [F]."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint.linking import events as e
from domain.complaint.state import Complaint

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """That the matter goes on within another case; and that it goes on by itself again."""
    match event:
        case e.MergeConfirmed(other_case=other):
            due = case.merges[-1].due
            return (("merged", {"other": other, "due": due.isoformat() if due is not None else ""}),)
        case e.Unmerged(other_case=other) if case.merges[-1].taken_in_at is not None:
            return (("handled_apart", {"other": other, "due": _next_due(case)}),)
        case _:
            return ()


def _next_due(case: Complaint) -> str:
    running = [clock.due_at for clock in case.clocks if clock.ended_at is None]
    return min(running).isoformat() if running else ""

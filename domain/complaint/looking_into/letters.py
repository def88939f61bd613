"""Which letters the looking-into sends."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint.looking_into import events as e
from domain.complaint.looking_into.state import Finding
from domain.complaint.problems import Check, Problem
from domain.complaint.state import Complaint

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """An explanation; and that a second parcel is under way, which the customer hears at once [T]."""
    match event:
        case e.Explained(explanation=told):
            return (("explanation", {"words": told.words}),)
        case e.CheckRecorded(made=made) if _second_parcel(case, made.check, made.finding):
            return (("second_parcel", {}),)
        case _:
            return ()


def _second_parcel(case: Complaint, check: Check, finding: Finding) -> bool:
    found = check is Check.TRACKING and finding is Finding.UNDER_WAY
    return found and case.problem is Problem.SHORT_OR_MISSING

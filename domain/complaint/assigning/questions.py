"""Questions about the hands in which a complaint lies."""

from __future__ import annotations

from datetime import datetime

from domain.complaint.assigning.state import Assignment, Because
from domain.complaint.state import Complaint


def assignment(case: Complaint) -> Assignment | None:
    """Where the case was put last; None for one that nobody ever put anywhere."""
    return case.assignments[-1] if case.assignments else None


def is_theirs(case: Complaint, person: str, now: datetime) -> bool:
    """Whether the case is this person's: as handler, or standing in for the handler now."""
    stands_in = case.stand_in is not None and case.stand_in.person == person and now < case.stand_in.until
    return person == case.handler or stands_in


def waits_for_the_head(case: Complaint) -> bool:
    """Whether an important customer's case still lies where the desk put it [S]."""
    last = assignment(case)
    return last is not None and last.because is Because.IMPORTANT_CUSTOMER


def with_the_one_concerned(case: Complaint) -> bool:
    """Whether the complaint is about the very person in whose hands it lies [O]."""
    return case.handler is not None and case.handler == case.concerned

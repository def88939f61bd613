"""Which promises run, which were broken, and who waits for an answer: pure questions about a complaint."""

from __future__ import annotations

from domain.complaint.promises.state import Contact, Promise
from domain.complaint.state import Complaint


def running(case: Complaint) -> tuple[Promise, ...]:
    """Promises still to be kept; a closed case has none."""
    return () if case.closed_at is not None else tuple(each for each in case.promises if each.running)


def broken(case: Complaint) -> tuple[Promise, ...]:
    """Broken promises that wait for the supervisor, or to be kept late."""
    return tuple(each for each in case.promises if each.to_deal_with)


def promise(case: Complaint, number: int) -> Promise | None:
    """The promise of that number."""
    return case.promises[number - 1] if 0 < number <= len(case.promises) else None


def unanswered(case: Complaint) -> Contact | None:
    """The first contact of the customer that nobody has answered."""
    return next((each for each in case.contacts if each.answered_at is None), None)

"""Questions about the cases that a complaint belongs together with."""

from __future__ import annotations

from domain.complaint.linking.state import Merge, TakenIn
from domain.complaint.state import Complaint

MERGED = "merged"
"""The outcome of a case that goes on within another."""


def merge_of(case: Complaint) -> Merge | None:
    """The merge that holds now, if the case goes on within another."""
    last = case.merges[-1] if case.merges else None
    return last if last is not None and last.undone_at is None else None


def may_part(case: Complaint) -> bool:
    """Whether the merge can still be undone: until the other case is over."""
    merge = merge_of(case)
    return merge is not None and merge.over_at is None


def taken_in_now(case: Complaint) -> tuple[TakenIn, ...]:
    """The cases that go on within this one."""
    return tuple(each for each in case.taken_in if each.parted_at is None)


def paid_within(case: Complaint) -> int:
    """What was paid in the cases that go on within this one, in minor units: splitting does not help [T]."""
    return sum(each.paid.minor for each in taken_in_now(case))


def refunded_within(case: Complaint) -> int:
    """What went back for this case's order line in the cases within it, freight apart, in minor units [O]."""
    mine = (case.order_index, case.line)
    same_line = (each for each in taken_in_now(case) if (each.order_index, each.line) == mine)
    return sum(each.refunded.minor for each in same_line)


def over(case: Complaint) -> bool:
    """Whether the matter is over for good: closed, no window left open, and, if it went on elsewhere, over there."""
    if case.closed_at is None or case.reopen_until is not None:
        return False
    return case.outcome != MERGED or not may_part(case)

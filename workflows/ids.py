"""Names by which workflows find one another. A workflow's id is its case number, for every kind of case."""

from __future__ import annotations

TASK_QUEUE = "cases"
"""The queue of all cases; the setting REDRESS_TASK_QUEUE gives a desk of its own another one."""


def letter_key(case: str, number: int) -> str:
    """The name of one message to the customer, the same for each attempt: a mail server sees a repeat as one."""
    return f"{case}/letter/{number}"

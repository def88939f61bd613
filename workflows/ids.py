"""Names made from a case. A workflow's id is its case number, for every kind of case."""

from __future__ import annotations


def letter_key(case: str, number: int) -> str:
    """The name of one message to the customer, the same for each attempt: a mail server sees a repeat as one."""
    return f"{case}/letter/{number}"

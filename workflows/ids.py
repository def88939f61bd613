"""Names made from a case. A workflow's id is its case number, for every kind of case."""

from __future__ import annotations

import re

_MESSAGE = re.compile(r"msg_([A-Za-z0-9][A-Za-z0-9-]{0,63})_([1-9][0-9]{0,5})_([1-9][0-9]{0,5})", re.ASCII)


def letter_key(case: str, number: int) -> str:
    """The name of one message to the customer, the same for each attempt: a mail server sees a repeat as one."""
    return f"{case}/letter/{number}"


def gateway_message(case: str, number: int, round_: int) -> str:
    """The id of one message at the shop's gateway: the same for each try, another when it is sent anew."""
    return f"msg_{case}_{number}_{round_}"


def read_gateway_message(message: str) -> tuple[str, int, int] | None:
    """Case, number and round of a message's id; None if it is none of ours."""
    found = _MESSAGE.fullmatch(message)
    return (found[1], int(found[2]), int(found[3])) if found is not None else None

"""What people say to the desk in a measurement: orders, complaints, judgements. All invented."""

from __future__ import annotations

import secrets
from typing import Any

STEPS_A_CASE = 12
"""A case, and a bare workflow likewise, gets so many messages before the next one's turn comes, as in a real story."""
PRICE = {"amount": "89.00", "currency": "CNY"}
SMALL_SUM = {"amount": "5.00", "currency": "CNY"}
"""A compensation so small that one agent may ask for a hundred of them a day."""

FEEDBACK = {
    "process": "We look at it today.",
    "expected_by": "tomorrow evening",
    "next_step": "We write to you with a proposal.",
}


def customer(reference: str, *, email: bool) -> dict[str, str]:
    """A customer of the shop, who can be reached by e-mail or only by a person."""
    known = {"reference": reference, "name": "Li Hua", "phone": f"138{secrets.randbelow(10**8):08d}"}
    return {**known, "email": f"{reference.lower()}@example.com"} if email else known


def order(buyer: dict[str, str]) -> dict[str, Any]:
    """An order of one cup."""
    line = {"line": 1, "product": "Tea cup, blue", "quantity": 1, "paid": PRICE}
    return {"lines": [line], "customer": buyer}


def complaint(number: str, buyer: dict[str, str]) -> dict[str, Any]:
    """A complaint about that cup, with every fact that is needed."""
    return {
        "order": number,
        "line": 1,
        "quantity": 1,
        "problem": "quality",
        "channel": "web",
        "description": "The handle came off at the first wash.",
        "customer": buyer,
    }


def judgement(number: int) -> dict[str, Any]:
    """A judgement that differs from the one before it."""
    return {
        "fault": "handle broken off",
        "place": f"left side, {number} mm from the rim",
        "responsible": "shop",
        "severity": "minor",
        "fault_confirmed": True,
        "reason": f"looked at it again, {number}",
    }

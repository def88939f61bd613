"""Who takes which step of which kind of case, from the product's own rulebooks; and what clients try out of turn."""

from __future__ import annotations

from random import Random
from typing import Any

from domain.casework import Rulebook
from domain.complaint.book import BOOK as COMPLAINT
from domain.dock.book import BOOK as PARCEL
from domain.goods_return.book import BOOK as RETURN
from domain.payment.book import BOOK as PAYMENT

BOOKS: dict[str, Rulebook[Any]] = {"complaint": COMPLAINT, "return": RETURN, "payment": PAYMENT, "parcel": PARCEL}
BY_PEOPLE: dict[str, dict[str, tuple[str, ...]]] = {
    kind: {
        name: tuple(role.value for role in rule.step.roles)
        for name, rule in book.rules.items()
        if not rule.step.by_machine
    }
    for kind, book in BOOKS.items()
}
"""Roles by kind of case and step."""

FINANCE_ALONE = {"sign_paid", "sign_part", "report_not_paid", "report_reversed", "settle_unknown"}
NEVER_BLINDLY = {*FINANCE_ALONE, "add_evidence"}
"""Finance signs only what it has paid, and says otherwise only of what it has not; photos have a door of their own."""

INSTEAD: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "accept_proposal": (("accept_proposal", "decline_proposal", "counter_propose"), (70, 15, 15)),
    "approve_proposal": (("approve_proposal", "reject_proposal"), (85, 15)),
    "report_part_sent": (("report_part_sent", "report_part_failed"), (90, 10)),
    "report_repaired": (("report_repaired", "report_part_failed"), (85, 15)),
    "settle_recovery": (("settle_recovery", "write_off_recovery"), (85, 15)),
    "approve_slip": (("approve_slip", "reject_slip", "void_slip"), (88, 6, 6)),
    "sign_paid": (("sign_paid", "report_not_paid"), (92, 8)),
    "refuse_claim": (("refuse_claim", "judge"), (80, 20)),
    "propose_remedy": (("propose_remedy", "allow_despite_inspection"), (92, 8)),
}
"""What people do with a task besides what it asks for, and how often."""


def way_of(dice: Random, step: str) -> str:
    """What this person does with a task that asks for the step."""
    choices, weights = INSTEAD.get(step, ((step,), (1,)))
    return dice.choices(choices, weights)[0]


def wild(dice: Random, kind: str) -> str:
    """Any step of the kind, open or not."""
    return dice.choice(sorted(set(BY_PEOPLE[kind]) - NEVER_BLINDLY))


def home_of(step: str, kind: str) -> str:
    """Whose book the step is in: the case's own, or else the complaint's."""
    return kind if step in BY_PEOPLE[kind] else "complaint"


def role_for(dice: Random, kind: str, step: str, view: dict[str, Any]) -> str:
    """Who takes the step: mostly the first that may, the second approver where one has signed; seldom anybody."""
    roles = BY_PEOPLE[kind][step]
    if step == "approve_slip" and view.get("story", {}).get("approvals"):
        return "centre_manager"
    if step in {"reject_slip", "void_slip", "settle_recovery"}:
        return "supervisor"
    return roles[0] if dice.random() < 0.8 else dice.choice(roles)

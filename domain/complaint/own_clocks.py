"""Which of the policy's clocks a problem's own way may start; the rest may run in every complaint."""

from __future__ import annotations

from domain.complaint.fulfilling.questions import CLOCK
from domain.complaint.problems import BESIDE_ANYTHING, BRINGS_GOODS, PAYS, PROBLEMS, PhotoRule, Problem, StopWish

EVERYWHERE = frozenset({
    "acknowledgement", "first_reply", "first_feedback", "missing_facts", "verification", "judgement", "proposal",
    "proposal_answer", "proposal_approval", "telling", "call_back", "broken_promise", "contact_answer", "arrival_call",
    "department", "trace", "resolution", "refund_request", "dispute",
    "courier_claim",
}) | {CLOCK[kind] for kind in BESIDE_ANYTHING if kind in CLOCK}  # fmt: skip
"""Clocks of what may happen in every complaint: a desk is asked, a parcel traced, a coupon put beside a remedy."""
_GOODS = frozenset({"return_tracking", "arrival", "inspection", "after_inspection", "goods_on_hold"})
_MONEY = frozenset({"slip_approval", "payment"})


def own_clocks(problem: Problem) -> frozenset[str]:
    """The rows of the policy's clocks that this problem asks for: evidence, other desks, and what its remedies need."""
    row = PROBLEMS[problem]
    kinds = frozenset(row.remedies)
    asked = {
        "evidence": row.photo is not PhotoRule.NEVER,
        "department": row.asks_unit is not None,
        "trace": row.traced,
        "label_desk_answer": row.stop is not None,
        "label_desk_change": row.stop is StopWish.CHANGE,
        "recall_registration": row.recalls,
        "recall_arrival": row.recalls,
    }
    parts = {CLOCK[kind] for kind in kinds if kind in CLOCK}
    goods = _GOODS if kinds & BRINGS_GOODS else frozenset[str]()
    money = _MONEY if kinds & PAYS or goods else frozenset[str]()
    return frozenset(name for name, holds in asked.items() if holds) | parts | goods | money

"""What is said with each step: sensible more often than not, drawn from the story's dice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from tests.builders import it_goes_on
from tests.faults.load.words import Words

View = dict[str, Any]
Money = dict[str, str]
CURRENCY = "CNY"
REASON = "for a good reason"
TENTH = 0.1
PROBLEMS = ("quality", "not_as_imagined", "service", "short_or_missing", "late_delivery", "damaged", "other")
"""Problems that the stories are about."""
USUAL = ("return_and_refund", "return_and_refund", "compensation", "compensation", "apology", "coupon", "exchange")
REMEDIES = {
    "quality": (*USUAL, "return_and_refund", "compensation", "repair"),
    "short_or_missing": ("refund", "compensation", "apology", "reshipment"),
    "late_delivery": ("compensation", "compensation", "apology", "refund"),
    "damaged": ("return_and_refund", "compensation", "refund"),
}
"""What is proposed where the goods are not simply sent back."""


@dataclass(frozen=True)
class Told:
    """What a body is made from: the case as it was answered last, the complaint's words, and the dice."""

    dice: Random
    view: View
    words: Words
    paid: Decimal
    """What was paid for the order's line."""
    by_link: bool = False
    receipt: str | None = None

    @property
    def proposal(self) -> int:
        """Number of the last proposal, seldom another one."""
        return self._last("proposals") + (1 if self.dice.random() < TENTH / 2 else 0) or 1

    @property
    def held(self) -> int:
        """Number of the proposal that waits for its approval, seldom another one."""
        return self._last("proposals_held") + (1 if self.dice.random() < TENTH / 2 else 0) or 1

    def _last(self, which: str) -> int:
        made = self.view.get("story", {}).get(which) or ()
        return int(made[-1]["number"]) if made else 0

    def heard(self) -> dict[str, str]:
        """Where an agent heard the customer's word; the customer says it by the link."""
        return {} if self.by_link else {"heard_on": "phone"}

    def most_often(self) -> bool:
        """True nine times of ten."""
        return self.dice.random() >= TENTH


def yuan(amount: Decimal) -> Money:
    """An amount as the API takes it."""
    return {"amount": f"{amount:.2f}", "currency": CURRENCY}


def body_of(step: str, told: Told) -> dict[str, Any]:
    """A body for this step; an empty one for a step that asks nothing."""
    make = _BODIES.get(step)
    return make(told) if make is not None else {}


def _supply(told: Told) -> dict[str, Any]:
    body: dict[str, Any] = {"line": 1, "quantity": 1, "order": told.words.order}
    return body | {"description": told.words.description, "phone": told.words.phone}


def _judge(told: Told) -> dict[str, Any]:
    confirmed = told.most_often()
    party = told.dice.choice(("shop", "shop", "supplier", "courier", "warehouse"))
    body: dict[str, Any] = {"fault_confirmed": confirmed, "responsible": party, "reason": REASON}
    if party == "courier" and told.most_often():
        body["shares"] = [{"party": "courier", "percent": 70}, {"party": "shop", "percent": 30}]
    return body | {"severity": told.dice.choice(("minor", "serious")), "fault": "handle off" if confirmed else ""}


def _propose(told: Told) -> dict[str, Any]:
    if told.view.get("state") == "inspection_failed":
        kind = told.dice.choice(("part_refund", "send_back"))
    else:
        kind = told.dice.choice(REMEDIES.get(str(told.view.get("problem")), USUAL))
    body: dict[str, Any] = {"kind": kind, "words": "We are sorry."}
    if kind in {"coupon", "exchange", "repair", "reshipment"}:
        body["worth"] = yuan(told.dice.choice((Decimal(10), Decimal(25), Decimal(600))))
    if kind != "coupon" and told.dice.random() < 2 * TENTH:
        body["also"] = [{"kind": "coupon", "worth": yuan(Decimal(5))}]
    if told.dice.random() < TENTH:
        body["goodwill"] = True
    if kind in {"return_and_refund", "compensation", "part_refund", "refund"}:
        # A coupon beside it counts under the same ceiling.
        most = () if "also" in body else (Decimal(1), Decimal(1))
        share = told.dice.choice((*most, Decimal("0.5"), Decimal("0.25")))
        body["refund"] = yuan((told.paid * share).quantize(Decimal("0.01")) + (0 if told.most_often() else 1))
    return body


def _check(told: Told) -> dict[str, Any]:
    """The first check that is missing, as the task names them."""
    reasons = [str(t["reason"]) for t in told.view.get("tasks", ()) if t["key"] == "check"]
    missing = reasons[0].partition(": ")[2].split(", ") if reasons else ["order"]
    finding = told.dice.choice(("in_order", "in_order", "our_fault", "under_way", "their_fault"))
    return {"check": missing[0], "finding": finding, "note": "looked it up"}


def _record(told: Told) -> dict[str, Any]:
    return {"kind": "conversation", "title": "the evening's chat", "words": told.words.answer}


def _another_class(told: Told) -> dict[str, Any]:
    return {"problem": told.dice.choice(PROBLEMS), "reason": REASON}


def _tracking(told: Told, key: str) -> str:
    """The number of a parcel that waits for such a task."""
    numbers = [t["key"].removeprefix(key) for t in told.view.get("tasks", ()) if t["key"].startswith(key)]
    return told.dice.choice(numbers) if numbers else "SF000009"


def _look(told: Told) -> dict[str, Any]:
    result = told.dice.choices(("arrived", "moving", "not_moving", "refused", "lost"), (70, 15, 8, 4, 3))[0]
    return {"tracking": _tracking(told, "check-"), "result": result}


def _arrival(told: Told) -> dict[str, Any]:
    facts = {"condition": "whole", "manner": "good", "signed_by_customer": True}
    return {"tracking": _tracking(told, "arrival-"), "arrived_at": "2026-01-05T08:00:00Z", **facts}


def _part(told: Told) -> dict[str, Any]:
    """A part that lies with a desk; seldom one that is not there."""
    return {"part": _waiting(told, "part-")}


def _owing(told: Told) -> str:
    parties = [t["key"].removeprefix("recover-") for t in told.view.get("tasks", ()) if t["key"].startswith("recover-")]
    return told.dice.choice(parties) if parties else "courier"


def _recovery(told: Told) -> dict[str, Any]:
    """What a party still owes, seldom a cent more."""
    party = _owing(told)
    owed: list[dict[str, Any]] = told.view.get("story", {}).get("owed") or []
    rest = next((Decimal(item["rest"]["amount"]) for item in owed if item["party"] == party), Decimal(1))
    amount = rest if told.most_often() else rest + Decimal("0.01")
    return {"party": party, "amount": yuan(amount), "reference": f"SF-{told.dice.randrange(10**6):06d}"}


def _counter(told: Told) -> dict[str, Any]:
    body = {"proposal": told.proposal, "kind": "compensation", "refund": yuan(told.paid), "words": told.words.answer}
    return body | told.heard()


def _shipment(told: Told) -> dict[str, Any]:
    known: list[str] = told.view.get("tracking") or []
    tracking = known[0] if known else f"SF{told.dice.randrange(10**12):012d}"
    body: dict[str, Any] = {"carrier": "SF Express", "tracking": tracking}
    if told.receipt is not None:
        body |= {"freight": yuan(Decimal(12)), "receipt": told.receipt}
    elif told.dice.random() < 5 * TENTH:
        body["freight"] = yuan(Decimal("11.50"))
    return body


def _parcel(told: Told) -> dict[str, Any]:
    known = told.view.get("tracking") or ["SF0000000000"]
    return {"tracking": told.dice.choice(known), "card_found": told.most_often()}


def _inspect(told: Told) -> dict[str, Any]:
    fine = told.dice.random() >= 2 * TENTH
    found: dict[str, Any] = {"quantity": 1 if told.most_often() else 0, "intact": fine, "packaging_whole": True}
    more: dict[str, Any] = {}
    if told.dice.random() < TENTH:
        more["disposition"] = told.dice.choice(("repair", "to_supplier", "scrap"))
    if told.dice.random() < TENTH / 2:
        more["others"] = [{"quantity": 1, "barcode": "6909"}]
    return found | more | {"fault_found": fine, "grade": told.dice.choice(("A", "B", "C")), "signed": "Zhao"}


def _call_back(told: Told) -> dict[str, Any]:
    result = told.dice.choices(("satisfied", "not_satisfied", "not_reached"), (17, 2, 1))[0]
    return {"result": result, **({"words": told.words.answer} if result == "not_satisfied" else {})}


def _waiting(told: Told, key: str) -> int:
    """Number of a task such as tell-3 or trouble-1."""
    numbers = [int(t["key"].removeprefix(key)) for t in told.view.get("tasks", ()) if t["key"].startswith(key)]
    return told.dice.choice(numbers) if numbers else 99


def _on_platform(told: Told) -> str:
    """What the platform calls a request or dispute that waits for its answer."""
    matters: list[dict[str, Any]] = told.view.get("story", {}).get("platform") or []
    waiting = [matter["reference"] for matter in matters if matter["open"]]
    return told.dice.choice(waiting) if waiting else "RQ-none"


def _outstanding(told: Told) -> str:
    items: list[dict[str, Any]] = told.view.get("story", {}).get("outstanding") or []
    return told.dice.choice(items)["key"] if items else "paid_twice"


def _failed_slip(told: Told) -> str:
    slips = [t["key"].removeprefix("slip-") for t in told.view.get("tasks", ()) if t["key"].startswith("slip-")]
    return told.dice.choice(slips) if slips else f"{told.view.get('case', '')}-P9"


def _amount(told: Told) -> Money:
    """The slip's amount, seldom another one, which must be refused."""
    right: Money = told.view.get("amount") or yuan(told.paid)
    return right if told.most_often() else yuan(Decimal(right["amount"]) + 1)


_BODIES: dict[str, Callable[[Told], dict[str, Any]]] = {
    "supply_facts": _supply,
    "give_feedback": lambda _told: it_goes_on("We look into it."),
    "record_call": lambda told: {"reached": told.most_often()},
    "declare_no_answer": lambda _told: {"reason": REASON, "message": "Please write to us."},
    "judge": _judge,
    "record_check": _check,
    "attach_record": _record,
    "explain": lambda _told: {"words": "The glaze is made by hand and differs from piece to piece."},
    "report_effect": lambda told: {"helped": not told.most_often(), **told.heard()},
    "reclassify": _another_class,
    "add_remark": lambda _told: {"words": "ask the courier first"},
    "refuse_claim": lambda _told: {"reason": REASON},
    "propose_remedy": _propose,
    "accept_proposal": lambda told: {"proposal": told.proposal, **told.heard()},
    "decline_proposal": lambda told: {"proposal": told.proposal, "reason": told.words.answer, **told.heard()},
    "counter_propose": _counter,
    "report_shipment": _shipment,
    "allow_despite_inspection": lambda _told: {"reason": REASON},
    "request_slip": lambda told: {"slip": _failed_slip(told), "reason": REASON},
    "record_call_back": _call_back,
    "approve_proposal": lambda told: {"proposal": told.held},
    "reject_proposal": lambda told: {"proposal": told.held, "reason": REASON},
    "report_part_sent": lambda told: (
        _part(told) | {"carrier": "SF Express", "tracking": f"SF{told.dice.randrange(10**9)}7"}
    ),
    "report_repaired": lambda told: _part(told) | {"note": "a new handle, fired"},
    "record_correction": lambda told: _part(told) | {"words": "The invoice is right now."},
    "report_coupon": lambda told: _part(told) | {"code": f"SORRY-{told.dice.randrange(10**9):09d}"},
    "report_part_failed": lambda told: _part(told) | {"reason": REASON},
    "record_parcel_check": _look,
    "chase_courier": lambda told: {"tracking": _tracking(told, "chase-"), "answer": "it goes out this afternoon"},
    "confirm_arrival": _arrival,
    "ask_repayment": lambda _told: {"payer": "customer", "amount": yuan(Decimal("0.50")), "reason": REASON},
    "name_difference": lambda told: {
        "paid_by": told.dice.choice(("shop", "customer")),
        "amount": yuan(Decimal(2)),
        "reason": REASON,
    },
    "record_platform_payment": lambda told: {
        "amount": yuan(Decimal(3)),
        "reference": f"TM-{told.dice.randrange(10**9):09d}",
        "paid_at": "2026-01-01T00:00:00Z",
    },
    "answer_claim": lambda told: {"claim": _waiting(told, "claim-"), "answer": REASON},
    "record_platform_news": lambda told: {
        "kind": "refund_request",
        "reference": f"RQ-{told.dice.randrange(10**9):09d}",
        "said": "opened",
        "when": "2026-01-01T00:00:00Z",
        "due_at": "2027-01-01T00:00:00Z",
        "amount": yuan(Decimal(3)),
    },
    "answer_platform": lambda told: {
        "reference": _on_platform(told),
        "verdict": "refused",
        "words": "the goods are not back",
    },
    "remind_of_platform": lambda told: {"reference": _on_platform(told)},
    "settle_outstanding": lambda told: {"item": _outstanding(told), "how": "money_back", "reason": REASON},
    "change_amount": lambda _told: {"amount": yuan(Decimal("0.75")), "reason": REASON},
    "ship_first": lambda _told: {"reason": REASON},
    "settle_recovery": _recovery,
    "write_off_recovery": lambda told: {"party": _owing(told), "reason": REASON},
    "close_case": lambda _told: {"reason": REASON},
    "withdraw": lambda told: {"reason": told.words.answer},
    "report_telling": lambda told: {"number": _waiting(told, "tell-"), "how": "phone"},
    "settle_trouble": lambda told: {"number": _waiting(told, "trouble-"), "how": REASON},
    "receive_parcel": _parcel,
    "dispose_goods": lambda told: {"disposition": told.dice.choice(("restock", "scrap")), "reason": REASON},
    "inspect": _inspect,
    "send_goods_back": lambda told: {"carrier": "SF Express", "tracking": f"SF{told.dice.randrange(10**10):010d}"},
    "extend_wait": lambda told: {"days": told.dice.randint(1, 5), "reason": REASON},
    "give_up_return": lambda _told: {"reason": REASON},
    "approve_slip": lambda told: {"amount": _amount(told)},
    "reject_slip": lambda _told: {"reason": REASON},
    "void_slip": lambda _told: {"reason": REASON},
    "report_not_paid": lambda _told: {"reason": REASON},
    "ask_gateway": lambda _told: {},
    "settle_mismatch": lambda _told: {"number": 1, "how": REASON},
    "agree_means": lambda _told: {
        "means": "original",
        "with_whom": "the customer, by phone",
        "proof": "",
        "reason": REASON,
    },
}

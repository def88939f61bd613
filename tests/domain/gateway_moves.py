"""Slips of a shop that pays by gateway, for the stories and refusals of the payment gateway."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.complaint.paying_out.steps import AgreeMeans
from domain.money import Money
from domain.payment.gateway.state import Heard, Stands
from domain.payment.means import Means
from domain.payment.state import Payment
from domain.policy import PinnedPolicy, Sourced
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

NOWHERE = Heard(Stands.NOT_FOUND, certain=True)
NO_ANSWER = Heard(Stands.UNSURE, reply="timeout")
NO = Heard(Stands.REFUSED, reply="account_closed")


def by_gateway(**changes: Any) -> PinnedPolicy:
    """A policy by which what goes back as it was paid goes by gateway."""
    pinned = b.policy()
    chosen = {"gateway_means": Sourced(("original",), "O"), **{name: Sourced(v, "O") for name, v in changes.items()}}
    return replace(pinned, policy=replace(pinned.policy, **chosen))


def paid(amount: str = "50.00", reference: str = "GW-1", account: str = "") -> Heard:
    """The gateway says that it paid."""
    return Heard(Stands.PAID, reference=reference, amount=b.yuan(amount), account=account)


def back(amount: Money | None = None, reference: str = "REV-1") -> Heard:
    """The gateway says that the money came back."""
    return Heard(Stands.REVERSED, reference=reference, amount=amount, reply="account closed")


def approved(*answers: Heard, amount: str = "50.00", **policy: Any) -> tuple[Desk, str]:
    """A compensation that its approver has just signed, with what the gateway answers in turn."""
    d = desk(pinned=by_gateway(**policy))
    d.gateway_says = list(answers)
    slip = m.compensated(d, amount)
    d.take(m.approve(amount), slip)
    return d, slip


def slip_of(d: Desk, slip: str) -> Payment:
    """The slip as it stands."""
    return d.payments[slip]


PROOF = b.photo("card")


def other_account(**changes: Any) -> AgreeMeans:
    """The money goes to another account, proved by a photo."""
    said: dict[str, Any] = {
        "means": Means.ACCOUNT,
        "account": b.sealed("account"),
        "account_mark": "mark-2",
        "with_whom": "the customer, by phone",
        "proof": PROOF.photo,
        "reason": "the old account was closed",
    }
    return AgreeMeans(actor=b.LIN, **{**said, **changes})


def proved(d: Desk) -> Desk:
    """The photo that proves the other account is in the case."""
    d.take(m.photos(PROOF, purpose="receipt"))
    return d


def with_finance(amount: str = "50.00") -> tuple[Desk, str]:
    """A compensation whose approved slip lies with finance, which pays by hand."""
    d = desk()
    slip = m.compensated(d, amount)
    d.take(m.approve(amount), slip)
    return d, slip

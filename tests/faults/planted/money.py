"""Bugs in how money moves: I3."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from activities import money_ledger
from db import ledger
from domain.money import Money
from domain.payment import events as e
from domain.payment.book import BOOK
from domain.payment.state import Payment
from tests.faults.planted.desk import PlantedDesk
from tests.faults.planted.plant import Plant

LARGE = {"amount": "300.00", "currency": "CNY"}
HUNDRED = {"amount": "100.00", "currency": "CNY"}


async def _agreed(desk: PlantedDesk, refund: Any = None, paid: str = "138.00") -> str:
    await desk.register("T", paid)
    return await desk.agree(await desk.open("T"), refund)


async def asked_to_pay_again(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """The first signature is answered and forgotten, so finance pays again."""
    slip = await _agreed(desk)
    assert (await desk.approve(slip)).status_code == 200
    with pytest.MonkeyPatch.context() as forgetful:
        forgetful.setitem(BOOK.rules, "sign_paid", replace(BOOK.rules["sign_paid"], decide=lambda *_: ()))
        assert (await desk.sign(slip, "PAY-first")).status_code == 200
    assert (await desk.sign(slip, "PAY-second")).status_code == 200


async def two_slips_for_one_sum(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    def none_yet(case: Any, *_about: object) -> Any:
        return case.payments[-1] if len(case.payments) > 1 else None

    broken.setattr("domain.complaint.situation.slip_for", none_yet)
    slip = await _agreed(desk)
    await desk.pay(slip)
    await desk.pay(slip.replace("-P1", "-P2"))


async def paid_without_finance(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    approve = BOOK.rules["approve_slip"]

    def approve_and_pay(case: Payment, step: Any, now: Any) -> Any:
        return (*approve.decide(case, step, now), e.SlipPaid(at=now, by=step.actor, reference="by itself"))

    broken.setitem(BOOK.rules, "approve_slip", replace(approve, decide=approve_and_pay))
    slip = await _agreed(desk)
    assert (await desk.approve(slip)).status_code == 200
    await desk.in_state(slip, "paid")


async def signature_never_booked(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    async def book_nothing(*_: object) -> None:
        return

    broken.setattr("activities.money_ledger.book_paid", book_nothing)
    slip = await _agreed(desk)
    await desk.pay(slip)
    await desk.in_state(slip.removesuffix("-P1"), "to_call_back")


async def booked_under_another_reference(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    book = money_ledger.book_paid

    async def book_other(session: Any, key: str, reference: str, by: str, at: Any) -> None:
        await book(session, key, f"{reference}?", by, at)

    broken.setattr("activities.money_ledger.book_paid", book_other)
    slip = await _agreed(desk)
    await desk.pay(slip)
    await desk.in_state(slip.removesuffix("-P1"), "to_call_back")


async def above_the_lines_price(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """Two cases on one line, each within its price, together above it."""
    _no_ceiling(broken)
    await desk.register("T")
    for _ in range(2):
        await desk.pay(await desk.agree(await desk.open("T", quantity=2), HUNDRED))


def _no_ceiling(broken: pytest.MonkeyPatch) -> None:
    async def plenty(_session: Any, _shop: str, _order: str, _line: int, currency: str) -> Money:
        return Money(10**9, currency)

    broken.setattr("db.ledger.left_of_line", plenty)


async def second_approver_skipped(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    broken.setattr(Payment, "approvals_needed", property(lambda _: 1))
    await desk.pay(await _agreed(desk, LARGE, "600.00"))


async def approver_pays_too(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """Nobody is held to be the same person as another, and nothing is held to be unapproved."""
    broken.setattr("domain.payment.book._may_pay", lambda *_: None)
    broken.setitem(BOOK.rules, "sign_paid", replace(BOOK.rules["sign_paid"], may=lambda *_: None))
    slip = await _agreed(desk)
    await desk.in_state(slip, "to_approve")
    assert (await desk.sign(slip)).status_code == 200


async def slip_number_left_out(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    following = ledger._next_number  # pyright: ignore[reportPrivateUsage]  # the bug is planted inside

    async def skip_one(session: Any, asked: Any) -> int:
        await following(session, asked)
        return await following(session, asked)

    await desk.pay(await _agreed(desk))
    broken.setattr("db.ledger._next_number", skip_one)
    await desk.pay(await desk.agree(await desk.open("T")))


async def ledger_row_changed(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    slip = await _agreed(desk)
    await desk.pay(slip)
    await desk.in_state(slip.removesuffix("-P1"), "to_call_back")
    await desk.sql("UPDATE ledger SET amount_minor = amount_minor + 1 WHERE refund_key = :slip", slip=slip)


PLANTS = (
    Plant("finance is asked to pay a second time", "I3", asked_to_pay_again),
    Plant("one sum gets two slips, both paid", "I3", two_slips_for_one_sum),
    Plant("a slip is paid without finance", "I3", paid_without_finance),
    Plant("a signature is never booked", "I3", signature_never_booked),
    Plant("a payment is booked under another reference", "I3", booked_under_another_reference),
    Plant("two cases give back more than was paid for the line", "I3", above_the_lines_price),
    Plant("the second approver is skipped", "I3", second_approver_skipped),
    Plant("a slip is paid that nobody approved", "I3", approver_pays_too),
    Plant("a slip's number is left out", "I3", slip_number_left_out),
    Plant("a sum in the ledger is changed", "I3", ledger_row_changed, tampered=True),
)

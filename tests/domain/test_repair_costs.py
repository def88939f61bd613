"""What an agreed estimate of a repair puts on the customer becomes a slip for money in by itself [T][O]."""

from __future__ import annotations

import pytest

from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.complaint.sums import questions as sums
from domain.money import Money
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk


def mending() -> Desk:
    """A repair agreed, the goods here and passed, and estimated at 12.00 for the customer."""
    d = desk()
    m.exchanged(d, kind=RemedyKind.REPAIR)
    d.take(m.estimate(customer_pays=b.yuan("12.00")))
    return d


def surcharges(d: Desk) -> list[tuple[str, str]]:
    """The slips for what the customer bears: sum and state."""
    slips = (slip for slip in d.payments.values() if slip.purpose == "surcharge")
    return [(slip.amount.amount(), d.view(slip.case).state) for slip in slips]


def test_what_an_agreed_estimate_puts_on_the_customer_becomes_a_slip_by_itself():
    d = mending()
    assert d.complaint.incoming == ()
    d.take(m.answer_estimate())
    (slip,) = d.complaint.incoming
    assert (slip.purpose, slip.payer, slip.amount, slip.asked_by) == (
        "surcharge",
        Party.CUSTOMER,
        b.yuan("12.00"),
        b.ZHAO,
    )
    assert slip.reason == "repair, part 1: a new handle"
    assert surcharges(d) == [("12.00", "to_approve")]
    d.take(m.repaired())
    d.take(m.part_sent())
    assert d.complaint.fulfilments[0].went_out  # the repair does not wait for the money
    m.settle_slip(d, slip.case)
    assert d.complaint.incoming[0].result == "paid"
    assert sums.from_party(d.complaint, Party.CUSTOMER) == 0  # nothing of what was paid to the customer came back


@pytest.mark.parametrize("pays", [None, b.yuan("0.00")])
def test_an_estimate_that_costs_the_customer_nothing_asks_for_nothing(pays: Money | None):
    d = desk()
    m.exchanged(d, kind=RemedyKind.REPAIR)
    d.take(m.estimate(customer_pays=pays))
    d.take(m.answer_estimate())
    assert d.complaint.incoming == ()


def test_a_later_estimate_asks_only_for_what_is_more():
    d = mending()
    d.take(m.answer_estimate())
    d.take(m.estimate(customer_pays=b.yuan("20.00")))
    d.take(m.answer_estimate())
    assert surcharges(d) == [("12.00", "to_approve"), ("8.00", "to_approve")]


def test_a_slip_that_came_to_nothing_is_asked_for_with_the_next_estimate():
    d = mending()
    d.take(m.answer_estimate())
    d.take(m.reject(), d.complaint.incoming[0].case)
    assert "money_did_not_come" in {trouble.code for trouble in d.complaint.troubles}
    d.take(m.estimate(customer_pays=b.yuan("12.00")))
    d.take(m.answer_estimate())
    assert surcharges(d) == [("12.00", "rejected"), ("12.00", "to_approve")]


@pytest.mark.parametrize("how", ["less", "failed", "not agreed"])
def test_what_the_customer_was_asked_too_much_for_is_somebodys(how: str):
    d = mending()
    d.take(m.answer_estimate())
    if how == "failed":
        d.take(m.part_failed(1))
    else:
        d.take(m.estimate(customer_pays=b.yuan("5.00")))
        d.take(m.answer_estimate(agreed=how == "less"))
    (trouble,) = [each for each in d.complaint.troubles if each.code == "repair_asked_too_much"]
    assert trouble.desk is Role.AGENT
    assert f"asked for {'7.00' if how == 'less' else '12.00'} CNY too much" in trouble.sentence
    assert len(d.complaint.incoming) == 1

"""A slip that finance pays in parts: they sum up, and never to more than the slip (domain.md, "Money")."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.payment import refusals as slip_no
from domain.payment import steps as ps
from domain.payment.gateway import refusals as gateway_no
from domain.payment.gateway import steps as gs
from domain.payment.parting import refusals as no
from domain.payment.parting.steps import SignPart
from domain.people import Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk
from tests.domain.gateway_moves import approved, with_finance


def part(amount: str, reference: str) -> SignPart:
    return SignPart(actor=b.QIAN, amount=b.yuan(amount), reference=reference)


def rest(amount: str, reference: str = "PART-9") -> ps.SignPaid:
    return ps.SignPaid(actor=b.QIAN, amount=b.yuan(amount), reference=reference)


def sums(d: Desk, slip: str) -> list[str]:
    return [each.amount.amount() for each in d.payments[slip].parts]


def test_parts_sum_up_and_the_last_one_ends_the_slip():
    d, slip = with_finance()
    d.take(part("20.00", "PART-1"), slip)
    assert d.view(slip).state == "with_finance"
    assert next(task.reason for task in d.view(slip).tasks if task.key == "pay").startswith("pay 30.00 CNY")
    d.take(part("10.00", "PART-2"), slip)
    d.take(rest("20.00"), slip)
    assert sums(d, slip) == ["20.00", "10.00", "20.00"]
    assert all(each.booked for each in d.payments[slip].parts)
    assert (d.payments[slip].outcome, d.payments[slip].reference) == ("paid", "PART-9")
    assert d.paid() == 5_000
    assert d.given_back() == 5_000


def test_the_line_holds_the_whole_slip_until_its_last_part():
    d, slip = with_finance()
    d.take(part("20.00", "PART-1"), slip)
    assert d.given_back() == 5_000


@pytest.mark.parametrize("amount", ["50.00", "50.01", "0.00"])
def test_a_part_is_more_than_nothing_and_less_than_the_rest(amount: str):
    d, slip = with_finance()
    with pytest.raises(no.PartUnfit):
        d.take(part(amount, "PART-1"), slip)


@pytest.mark.parametrize("amount", ["50.00", "29.99", "30.01"])
def test_the_last_signature_is_for_exactly_what_is_left(amount: str):
    d, slip = with_finance()
    d.take(part("20.00", "PART-1"), slip)
    with pytest.raises(slip_no.AmountDiffers) as refused:
        d.take(rest(amount), slip)
    assert refused.value.facts["slip"] == "30.00 CNY"


def test_two_parts_of_one_sum_are_two_payments():
    d, slip = with_finance()
    d.take(part("20.00", "PART-1"), slip)
    d.take(part("20.00", "PART-2"), slip)
    assert sums(d, slip) == ["20.00", "20.00"]


def test_the_same_movement_is_not_signed_twice():
    d, slip = with_finance()
    d.take(part("20.00", "PART-1"), slip)
    for step in (part("10.00", "PART-1"), rest("30.00", "PART-1")):
        with pytest.raises(no.ReferenceKnown):
            d.take(step, slip)


def test_a_rest_that_is_not_paid_leaves_the_slip_at_what_was_and_a_person_settles_it():
    d, slip = with_finance()
    d.take(part("20.00", "PART-1"), slip)
    d.take(ps.ReportNotPaid(actor=b.QIAN, reason="the account was closed in between"), slip)
    ended = d.payments[slip]
    assert (ended.outcome, ended.amount, ended.reference) == ("paid", b.yuan("20.00"), "PART-1")
    assert len(ended.approvals) == 1
    assert d.complaint.payments[0].amount == b.yuan("20.00")
    assert d.given_back() == 2_000
    trouble = next(task for task in d.view(slip).tasks if task.key.startswith("trouble"))
    assert (trouble.desk, "30.00 CNY" in trouble.reason) == (Role.SUPERVISOR, True)


def test_nobody_who_has_a_hand_in_the_slip_signs_a_part():
    d, slip = with_finance()
    with pytest.raises(slip_no.SamePerson):
        d.take(replace(part("20.00", "PART-1"), actor=replace(b.WU, role=Role.FINANCE)), slip)


def test_while_the_gateway_may_pay_no_part_is_paid_by_hand():
    d, slip = approved()
    with pytest.raises(gateway_no.WithGateway):
        d.take(part("20.00", "PART-1"), slip)


def test_a_slip_that_was_paid_in_parts_comes_back_as_a_whole():
    d, slip = with_finance()
    d.take(part("20.00", "PART-1"), slip)
    d.take(rest("30.00"), slip)
    d.take(gs.ReportReversed(actor=b.QIAN, reference="BANK-7", reason="no such account"), slip)
    assert d.given_back() == 0
    assert d.state == "slip_failed"


def test_a_part_before_the_approvals_is_refused():
    d = m.desk()
    slip = m.compensated(d, "50.00")
    with pytest.raises(slip_no.NotApproved):
        d.take(part("20.00", "PART-1"), slip)

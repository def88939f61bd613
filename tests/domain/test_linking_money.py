"""What was paid in cases that go on as one: counted for the second approver and for what may still be offered [T]."""

from dataclasses import replace

import pytest

from domain.complaint import refusals as spine
from domain.complaint import situation as at
from domain.complaint import steps as cs
from domain.complaint.linking.questions import merge_of
from domain.complaint.offering.questions import most_for
from domain.complaint.problems import RemedyKind
from domain.money import Money
from domain.payment import steps as ps
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk, exchange
from tests.domain.intake_moves import earlier, merge, merged, unmerge


def paid_once(d: Desk, amount: str = "150.00") -> None:
    """Something was paid, the customer is not satisfied, and the case goes on."""
    m.settle_slip(d, m.compensated(d, amount))
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))


def test_what_was_paid_in_a_merged_case_counts_towards_the_second_approver():
    first, late = m.judged(earlier()), desk()
    paid_once(late)
    merged(first, late)
    assert first.complaint.taken_in[0].paid == b.yuan("150.00")
    first.take(m.propose(RemedyKind.COMPENSATION, "60.00"))
    first.take(m.accept())
    slip = first.complaint.payments[-1].case
    assert at.case_sum(first.complaint) == b.yuan("210.00")
    assert first.payments[slip].approvals_needed == 2


def test_a_slip_under_way_hears_that_the_sum_grew_with_the_merge():
    first, late = earlier(), desk()
    slip = m.compensated(first, "60.00")
    assert first.payments[slip].approvals_needed == 1
    paid_once(late)
    merged(first, late)
    assert first.payments[slip].approvals_needed == 2
    first.take(ps.ApproveSlip(actor=b.WU, amount=b.yuan("60.00")), slip)
    assert not first.payments[slip].with_finance


def test_no_more_is_offered_than_the_line_has_left_over_both_cases():
    first, late = m.judged(earlier()), desk()
    paid_once(late, "200.00")
    assert most_for(first.complaint) == b.yuan("300.00")
    merged(first, late)
    assert most_for(first.complaint) == b.yuan("100.00")
    with pytest.raises(spine.AboveLinePaid):
        first.take(m.propose(RemedyKind.COMPENSATION, "100.01"))
    late.take(unmerge())
    exchange(first, late)
    assert most_for(first.complaint) == b.yuan("300.00"), "apart again; the ledger still bounds the line"
    other_line = replace(first.complaint, line=2)
    assert most_for(replace(other_line, taken_in=())) == most_for(other_line)


def test_sums_of_a_chain_are_told_on():
    root = desk(case="AS-2025-000009", received_at=b.START - b.DAY)
    root.now = b.START
    first, late = earlier(), desk()
    paid_once(late, "40.00")
    merged(first, late)
    first.take(merge(root.complaint))
    exchange(root, first, late)
    assert root.complaint.taken_in[0].paid == b.yuan("40.00")


def test_nothing_paid_is_nothing():
    first, late = earlier(), desk()
    merged(first, late)
    assert first.complaint.taken_in[0].paid == Money(0, "CNY")
    assert merge_of(late.complaint) is not None

"""Money in and out beside the remedy, one ceiling over every door, limits a day (domain.md, "Money")."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.complaint.refusals import AboveLinePaid
from domain.complaint.situation import filed
from domain.complaint.sums import refusals as no
from domain.complaint.sums.state import PaidBy
from domain.payment import refusals as no_slip
from domain.payment import steps as ps
from domain.people import Actor, Role
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked_by_sums import paid_out, to_exchange
from tests.domain.provoked_in_remedies import owed

COUPON, COMP, EXCHANGE = RemedyKind.COUPON, RemedyKind.COMPENSATION, RemedyKind.EXCHANGE


def incoming(d: Desk) -> str:
    return d.complaint.incoming[-1].case


# -- money that comes in ----------------------------------------------------------------------------------------


def test_money_that_comes_in_has_a_slip_with_approval_and_finances_signature():
    d = paid_out()
    d.take(m.repay(Party.CUSTOMER, "20.00"))
    slip = d.payments[incoming(d)]
    assert (slip.direction.value, slip.purpose, slip.payer, slip.amount) == (
        "in",
        "repayment",
        "customer",
        b.yuan("20.00"),
    )
    assert slip.remark == "repayment_Lin"
    m.settle_slip(d, slip.case)
    assert d.complaint.incoming[-1].result == "paid"
    assert d.complaint.incoming[-1].reference == "PAY-1"
    assert d.payments[slip.case].slip_number


def test_the_slip_for_money_in_is_numbered_on_with_those_for_money_out():
    d = paid_out()
    d.take(m.repay(Party.CUSTOMER, "20.00"))
    assert [p.case for p in d.complaint.payments] == ["AS-2026-000001-P1"]
    assert incoming(d) == "AS-2026-000001-P2"


def test_who_asks_for_money_in_neither_approves_nor_signs_it():
    d = paid_out()
    d.take(m.repay(Party.CUSTOMER, "20.00", b.WU))
    with pytest.raises(no_slip.SamePerson):
        d.take(m.approve("20.00", b.WU), incoming(d))
    d.take(m.approve("20.00", b.SUN), incoming(d))
    with pytest.raises(no_slip.SamePerson):
        d.take(m.pay("20.00", Actor(b.WU.person, Role.FINANCE, "Wu")), incoming(d))


def test_money_that_comes_in_needs_one_approval_whatever_its_size():
    d = desk()
    m.settle_slip(d, m.compensated(d, "290.00"), b.WU, b.SUN)
    d.take(m.repay(Party.CUSTOMER, "290.00"))
    assert d.payments[incoming(d)].approvals_needed == 1


def test_the_customer_pays_back_at_most_what_was_paid_to_them_slips_under_way_counted():
    d = paid_out("50.00")
    d.take(m.repay(Party.CUSTOMER, "30.00"))
    with pytest.raises(no.AboveRepayable):
        d.take(m.repay(Party.CUSTOMER, "20.01"))
    d.take(m.repay(Party.CUSTOMER, "20.00"))


def test_a_courier_that_pays_by_slip_has_settled_what_it_owed():
    d = owed(Party.COURIER)
    d.take(m.repay(Party.COURIER, "50.00", b.LU))
    assert "recover-courier" not in d.tasks()
    m.settle_slip(d, incoming(d))
    owing = d.view().story["owed"][0]  # pyright: ignore[reportOptionalSubscript]  # a view of a case has a story
    assert (owing["settled"]["amount"], owing["rest"]["amount"]) == ("50.00", "0.00")


def test_money_that_did_not_come_comes_back_to_the_desk_that_asked():
    d = owed(Party.COURIER)
    d.take(m.repay(Party.COURIER, "50.00", b.LU))
    d.take(m.approve("50.00"), incoming(d))
    d.take(ps.ReportNotPaid(actor=b.QIAN, reason="nothing on the account"), incoming(d))
    trouble = d.complaint.troubles[-1]
    assert (trouble.code, trouble.desk) == ("money_did_not_come", Role.LOGISTICS)
    assert "recover-courier" in d.tasks()


def test_a_closed_case_asks_for_money_and_is_filed_only_when_it_has_come():
    d = owed(Party.COURIER)
    d.take(m.call_back(m.cs.CallResult.SATISFIED))
    d.take(m.repay(Party.COURIER, "50.00", b.LU))
    d.post()
    assert not filed(d.complaint)
    m.settle_slip(d, incoming(d))
    assert filed(d.complaint)


# -- price difference -------------------------------------------------------------------------------------------


def test_dearer_goods_leave_only_when_the_customer_has_paid_the_difference():
    d = to_exchange()
    d.take(m.difference(PaidBy.CUSTOMER, "30.00"))
    assert d.payments[incoming(d)].purpose == "surcharge"
    with pytest.raises(no.PriceDifferenceOpen):
        d.take(m.part_sent())
    m.settle_slip(d, incoming(d))
    d.take(m.part_sent())


def test_a_difference_for_cheaper_goods_is_paid_under_the_lines_ceiling_before_they_leave():
    d = to_exchange()
    d.take(m.difference(PaidBy.SHOP, "30.00"))
    slip = d.complaint.payments[-1]
    assert (slip.purpose, d.given_back()) == ("price_difference", 3_000)
    with pytest.raises(no.PriceDifferenceOpen):
        d.take(m.part_sent())
    m.settle_slip(d, slip.case)
    d.take(m.part_sent())


def test_a_surcharge_that_came_to_nothing_is_named_anew():
    d = to_exchange()
    d.take(m.difference(PaidBy.CUSTOMER, "30.00"))
    d.take(m.reject(b.WU), incoming(d))
    d.take(m.difference(PaidBy.CUSTOMER, "25.00"))
    m.settle_slip(d, incoming(d))
    d.take(m.part_sent())


def test_what_goes_out_first_waits_for_its_difference_all_the_same():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, worth="40.00"))
    d.take(m.accept())
    d.take(m.difference(PaidBy.SHOP, "30.00"))
    assert d.complaint.payments == ()
    d.take(m.fs.ShipFirst(actor=b.WU, reason="leaves tomorrow"))
    m.settle_slip(d, d.complaint.payments[-1].case)
    d.take(m.part_sent())


# -- one ceiling over every door --------------------------------------------------------------------------------


def test_a_coupon_counts_under_the_ceiling_of_the_line():
    d = m.agreed(desk(), COUPON, worth="100.00")
    assert d.given_back() == 10_000
    d.take(m.coupon())
    assert d.given_back() == 10_000


def test_a_coupon_that_was_not_issued_gives_its_value_back():
    d = m.agreed(desk(), COUPON, worth="100.00")
    d.take(m.part_failed())
    assert d.given_back() == 0


def test_a_coupon_beyond_the_ceiling_is_not_issued_and_comes_back_to_the_agent():
    d = desk()
    d.ceiling = 5_000
    m.agreed(d, COUPON, worth="100.00")
    part = d.complaint.fulfilments[0]
    assert (part.state.value, part.hold.value) == ("failed", "refused")
    assert "propose" in d.tasks()
    assert d.letters()[-1] == "part_failed"


def test_sums_and_coupons_of_one_proposal_are_bounded_together():
    d = m.judged(desk())
    with pytest.raises(AboveLinePaid):
        d.take(m.offer(COMP, m.beside(COUPON, worth="250.01"), refund="50.00"))
    d.take(m.offer(COMP, m.beside(COUPON, worth="250.00"), refund="50.00"))


def test_what_the_platform_paid_counts_for_every_later_sum():
    d = m.judged(desk())
    d.take(m.platform_paid("250.00"))
    assert d.given_back() == 25_000
    with pytest.raises(AboveLinePaid):
        d.take(m.propose(COMP, "50.01"))
    d.take(m.propose(COMP, "50.00"))


def test_what_the_platform_paid_too_much_is_counted_and_to_be_recovered():
    d = desk()
    m.settle_slip(d, m.compensated(d, "100.00"))
    d.take(m.platform_paid("250.00"))
    assert d.given_back() == 35_000
    assert d.complaint.platform_payments[-1].over == b.yuan("50.00")
    assert "outstanding-paid_twice" in d.tasks()


# -- limits, changed amounts ------------------------------------------------------------------------------------


def test_a_changed_amount_needs_every_approval_anew():
    d = desk()
    slip = m.compensated(d, "250.00")
    d.take(m.approve("250.00"), slip)
    d.take(m.lower("240.00"), slip)
    assert d.payments[slip].approvals == ()
    assert [a.by for a in d.payments[slip].changes[0].fallen] == [b.WU]
    with pytest.raises(no_slip.AmountDiffers):
        d.take(m.approve("250.00", b.SUN), slip)
    d.take(m.approve("240.00", b.WU), slip)
    assert not d.payments[slip].with_finance
    d.take(m.approve("240.00", b.SUN), slip)
    d.take(m.pay("240.00"), slip)
    assert d.complaint.payments[0].amount == b.yuan("240.00")


def test_who_changes_an_amount_neither_approves_nor_pays_it():
    d = desk()
    slip = m.compensated(d)
    d.take(m.lower("40.00", b.WU), slip)
    with pytest.raises(no_slip.SamePerson):
        d.take(m.approve("40.00", b.WU), slip)


def test_nobody_signs_before_the_ledger_holds_the_changed_sum():
    d = desk()
    slip = m.compensated(d)
    d.at_once = False
    d.take(m.lower("40.00"), slip)
    with pytest.raises(no_slip.NotReserved):
        d.take(m.approve("40.00"), slip)
    assert [task.key for task in d.view(slip).tasks] == []
    d.change_one()
    assert [task.key for task in d.view(slip).tasks] == ["approve"]


def test_a_sum_with_finance_is_not_changed():
    d = desk()
    slip = m.compensated(d)
    d.take(m.approve("50.00"), slip)
    with pytest.raises(no_slip.WithFinance):
        d.take(m.lower("40.00"), slip)


def test_what_one_person_asks_for_beyond_the_day_needs_a_second_approver():
    d = desk()
    slip = m.compensated(d)
    needed = {
        asked: replace(d.payments[slip], asked_today=b.yuan(asked)).approvals_needed for asked in ("2000.00", "2000.01")
    }
    assert needed == {"2000.00": 1, "2000.01": 2}


def test_an_approver_signs_up_to_the_limit_of_the_day():
    d = desk()
    slip = m.compensated(d)
    d.take(m.approve("50.00", signed_today="19950.00"), slip)
    assert d.payments[slip].with_finance

"""A slip and the payment gateway: sent once, asked after, never sent again blind (domain.md, "Money")."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.payment import refusals as slip_no
from domain.payment import steps as ps
from domain.payment.book import finished
from domain.payment.gateway import refusals as no
from domain.payment.gateway import steps as gs
from domain.payment.gateway.state import Heard, Standing, Stands
from domain.people import Actor, Role
from domain.refusals import CaseClosed
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.gateway_moves import NO, NO_ANSWER, NOWHERE, approved, back, by_gateway, paid, slip_of

MINUTE = timedelta(minutes=1)
SENT = ("SendSlip", "S-1")
ASKED = ("AskAfterSlip", "S-1")


def unknown(d: Desk, slip: str) -> None:
    assert d.view(slip).state == "unknown"
    assert slip_of(d, slip).gateway.standing is Standing.UNKNOWN


def ended(d: Desk, slip: str, outcome: str) -> None:
    assert slip_of(d, slip).outcome == outcome
    assert d.complaint.payments[-1].result == outcome


# -- without a gateway everything is as it was ------------------------------------------------------------------


def test_without_a_chosen_means_finance_pays_and_nothing_is_sent():
    d = desk()
    slip = m.compensated(d, "50.00")
    d.take(m.approve("50.00"), slip)
    assert d.asked_of_gateway == []
    assert d.view(slip).state == "with_finance"
    d.take(m.pay("50.00"), slip)
    ended(d, slip, "paid")


def test_money_that_comes_in_never_goes_to_the_gateway():
    d, _slip = approved(paid())
    d.take(m.repay(m.Party.CUSTOMER, "20.00"))
    incoming = d.complaint.incoming[-1].case
    d.take(m.approve("20.00"), incoming)
    assert d.view(incoming).state == "with_finance"
    assert d.asked_of_gateway == [SENT]


def test_a_shop_without_a_gateway_of_its_own_pays_by_hand_whatever_its_policy_says():
    d, slip = approved(Heard(Stands.NOT_SENT, reply="the shop has no payment gateway"))
    assert d.view(slip).state == "with_finance"
    assert "no payment gateway" in next(task.reason for task in d.view(slip).tasks if task.key == "pay")
    d.take(m.pay("50.00"), slip)
    ended(d, slip, "paid")
    assert d.asked_of_gateway == [SENT]


# -- sent, and answered ---------------------------------------------------------------------------------------


def test_an_approved_slip_is_sent_at_once_and_on_record_before_anything_leaves():
    d, slip = approved()
    assert d.view(slip).state == "sent"
    happened = d.happened(slip)
    assert happened.index("slip_approved") < happened.index("slip_sent") < happened.index("gateway_heard")
    assert d.asked_of_gateway == [SENT]


def test_the_gateways_certain_answer_pays_the_slip_under_its_reference():
    d, slip = approved(paid())
    ended(d, slip, "paid")
    assert slip_of(d, slip).reference == "GW-1"
    assert slip_of(d, slip).paid_by == b.SHOP
    assert d.paid() == 5_000


def test_a_slip_that_waits_for_its_second_signature_or_is_held_is_not_sent():
    d = desk(pinned=by_gateway())
    slip = m.compensated(d, "250.00")
    d.take(m.approve("250.00"), slip)
    assert d.asked_of_gateway == []
    d.take(ps.TakeHold(actor=Actor("desk", Role.DESK), held=True, told=1), slip)
    assert not d.offers(b.SUN, slip)["approve_slip"].open
    d.take(ps.TakeHold(actor=Actor("desk", Role.DESK), held=False, told=2), slip)
    d.take(m.approve("250.00", b.SUN), slip)
    assert d.asked_of_gateway == [SENT]


def test_a_gateway_that_refuses_sends_the_matter_back_to_the_agent():
    d, slip = approved(NO)
    ended(d, slip, "refused")
    assert d.state == "slip_failed"
    assert d.complaint.payments[-1].note == "account_closed"


# -- no certain answer: unknown, asked for, never sent again blind -----------------------------------------------


@pytest.mark.parametrize("answer", [NO_ANSWER, Heard(Stands.UNSURE, reply="500"), NOWHERE])
def test_what_is_not_certain_is_unknown_and_asked_for_and_not_sent_again(answer: Heard):
    d, slip = approved(answer, paid())
    unknown(d, slip)
    d.wait(MINUTE)
    ended(d, slip, "paid")
    assert d.asked_of_gateway == [SENT, ASKED]


def test_an_order_that_is_under_way_there_is_asked_for_too_since_its_notice_may_be_lost():
    d, slip = approved(Heard(Stands.PENDING), Heard(Stands.PENDING), paid())
    assert d.view(slip).state == "sent"
    d.wait(5 * MINUTE)
    ended(d, slip, "paid")
    assert d.asked_of_gateway == [SENT, ASKED, ASKED]


def test_only_after_the_gateway_was_certain_twice_is_it_sent_again_under_the_same_key():
    d, slip = approved(NO_ANSWER, NOWHERE, NOWHERE, paid())
    d.wait(MINUTE)
    assert d.asked_of_gateway == [SENT, ASKED]
    d.wait(4 * MINUTE)
    assert d.asked_of_gateway == [SENT, ASKED, ASKED, SENT]
    ended(d, slip, "paid")
    assert d.paid() == 5_000


@pytest.mark.parametrize("between", [NO_ANSWER, Heard(Stands.NOT_FOUND), Heard(Stands.PENDING)])
def test_any_other_word_between_makes_the_count_begin_again(between: Heard):
    d, slip = approved(NO_ANSWER, NOWHERE, between, NOWHERE)
    d.wait(30 * MINUTE)
    assert d.asked_of_gateway == [SENT, ASKED, ASKED, ASKED]
    assert slip_of(d, slip).outcome is None


def test_an_order_that_may_still_be_on_its_way_is_not_certainly_not_there():
    d, slip = approved(NO_ANSWER, *[NOWHERE] * 4, paid())
    for _ in range(3):
        d.take(gs.AskGateway(actor=b.QIAN), slip)
    assert slip_of(d, slip).gateway.not_found == 0
    d.wait(MINUTE)
    assert slip_of(d, slip).gateway.not_found == 1
    assert d.asked_of_gateway.count(SENT) == 1


def test_sent_to_the_end_and_certainly_not_there_it_falls_to_finance():
    d, slip = approved(NO_ANSWER, NOWHERE, NOWHERE, NO_ANSWER, NOWHERE, NOWHERE, gateway_sendings=2)
    d.wait(10 * MINUTE)
    assert d.asked_of_gateway.count(SENT) == 2
    assert d.view(slip).state == "with_finance"
    d.take(m.pay("50.00"), slip)
    ended(d, slip, "paid")


def test_three_days_without_an_answer_and_the_slip_is_paid_once_it_is_back():
    d, slip = approved(*[NO_ANSWER] * 11, NOWHERE, NOWHERE, paid())
    d.wait(timedelta(hours=72))
    unknown(d, slip)
    d.wait(timedelta(hours=24))
    ended(d, slip, "paid")
    assert d.asked_of_gateway.count(SENT) == 2


def test_when_no_planned_inquiry_settles_it_finance_decides_by_the_gateways_statement():
    d, slip = approved(*[NO_ANSWER] * 14)
    d.wait(timedelta(hours=97))
    task = next(task for task in d.view(slip).tasks if task.key == "gateway")
    assert (task.desk, task.step, task.needs_a_person) == (Role.FINANCE, "settle_unknown", True)
    reason = "stands in the gateway's statement of Thursday"
    d.take(gs.SettleUnknown(actor=b.QIAN, found=gs.Found.PAID, reference="GW-9", reason=reason), slip)
    ended(d, slip, "paid")


def test_finance_may_have_it_asked_at_once_and_the_plan_stays():
    d, slip = approved(NO_ANSWER, NO_ANSWER, NO_ANSWER)
    d.take(gs.AskGateway(actor=b.QIAN), slip)
    assert d.asked_of_gateway == [SENT, ASKED]
    d.wait(MINUTE)
    assert d.asked_of_gateway == [SENT, ASKED, ASKED]
    assert slip_of(d, slip).gateway.asked == 1


def test_what_finance_found_not_paid_goes_back_to_the_agent():
    d, slip = approved(NO_ANSWER)
    d.take(gs.SettleUnknown(actor=b.QIAN, found=gs.Found.NOT_PAID, reason="not in their statement"), slip)
    ended(d, slip, "not_paid")
    assert d.state == "slip_failed"


# -- never by hand and by gateway -----------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [Heard(Stands.PENDING), NO_ANSWER])
def test_while_the_gateway_may_pay_nobody_pays_by_hand(answer: Heard):
    d, slip = approved(answer)
    for step in (m.pay("50.00"), ps.ReportNotPaid(actor=b.QIAN, reason="not seen")):
        with pytest.raises(no.WithGateway) as refused:
            d.take(step, slip)
        assert "ask_gateway" in refused.value.record().way_out
    assert "pay" not in d.tasks(slip)
    assert d.paid() == 0


@pytest.mark.parametrize("end", [ps.VoidSlip, ps.RejectSlip])
def test_what_was_sent_is_neither_voided_nor_rejected(end: type[ps.VoidSlip | ps.RejectSlip]):
    d, slip = approved()
    with pytest.raises(slip_no.WithFinance):
        d.take(end(actor=b.WU, reason="changed our mind"), slip)


# -- notices: late, twice, first, contradicting ------------------------------------------------------------------


def test_a_notice_settles_what_no_answer_did_and_counts_once():
    d, slip = approved(NO_ANSWER)
    d.gateway_tells(slip, paid())
    ended(d, slip, "paid")
    before = len(d.events[slip])
    d.gateway_tells(slip, paid())
    assert len(d.events[slip]) == before


def test_a_notice_that_is_faster_than_the_answer_is_not_paid_twice_by_it():
    d, slip = approved()
    d.gateway_tells(slip, paid())
    d.gateway_says = [paid()]
    d.wait(timedelta(days=1))
    ended(d, slip, "paid")
    assert d.paid() == 5_000
    assert slip_of(d, slip).gateway.mismatches == ()


WRONG = [
    (paid("60.00"), "amount"),
    (replace(paid(), account="somebody-else"), "account"),
    (replace(paid(), reference=""), "reference"),
]


@pytest.mark.parametrize(("heard", "code"), WRONG)
def test_a_payment_that_does_not_fit_is_no_payment_of_the_slip_but_a_task_with_both_records(heard: Heard, code: str):
    d, slip = approved(heard)
    unknown(d, slip)
    (task,) = (task for task in d.view(slip).tasks if task.key == "mismatch-1")
    assert (task.desk, task.step, task.needs_a_person) == (Role.FINANCE, "settle_unknown", True)
    assert task.reason.startswith(code)
    assert "50.00 CNY" in task.reason
    d.wait(timedelta(days=5))
    assert d.asked_of_gateway == [SENT]
    reason = "the difference was sent back to us"
    d.take(gs.SettleUnknown(actor=b.QIAN, found=gs.Found.PAID, reference="GW-1", reason=reason), slip)
    ended(d, slip, "paid")
    assert d.tasks(slip) == set()


def test_what_the_gateway_paid_after_it_fell_to_finance_stops_the_hand():
    d, slip = approved(Heard(Stands.NOT_SENT))
    d.gateway_tells(slip, paid())
    unknown(d, slip)
    with pytest.raises(no.WithGateway):
        d.take(m.pay("50.00"), slip)
    d.take(gs.SettleUnknown(actor=b.QIAN, found=gs.Found.PAID, reference="GW-1", reason="it did pay"), slip)
    ended(d, slip, "paid")


@pytest.mark.parametrize(
    ("first", "late", "code"),
    [
        (paid(), paid(reference="GW-2"), "paid_twice"),
        (paid(), replace(NO, reference="GW-1"), "refused_here_paid"),
        (NO, paid(), "paid_elsewhere"),
        (NO, back(), "not_ours_to_reverse"),
    ],
)
def test_a_late_notice_that_contradicts_the_end_overwrites_nothing_and_is_a_task_of_finance(
    first: Heard, late: Heard, code: str
):
    d, slip = approved(first)
    before = slip_of(d, slip)
    d.wait(timedelta(days=30))
    d.gateway_tells(slip, late)
    after = slip_of(d, slip)
    assert (after.outcome, after.reference, after.closed_at) == (before.outcome, before.reference, before.closed_at)
    (task,) = (task for task in d.view(slip).tasks if task.key == "mismatch-1")
    assert (task.desk, task.step) == (Role.FINANCE, "settle_mismatch")
    assert task.reason.startswith(code)
    assert not finished(after)
    with pytest.raises(no.MismatchUnknown):
        d.take(gs.SettleMismatch(actor=b.QIAN, number=2, how="their double was sent back"), slip)
    d.take(gs.SettleMismatch(actor=b.QIAN, number=1, how="their double was sent back"), slip)
    assert d.tasks(slip) == set()
    d.wait(timedelta(days=31))
    assert finished(slip_of(d, slip))


def test_a_notice_that_repeats_the_end_in_other_words_is_nothing():
    d, slip = approved(paid())
    d.gateway_tells(slip, Heard(Stands.PAID, reference="GW-1"))
    d.gateway_tells(slip, Heard(Stands.PENDING))
    assert slip_of(d, slip).gateway.mismatches == ()
    assert d.tasks(slip) == set()


# -- money that comes back --------------------------------------------------------------------------------------


def test_money_that_came_back_opens_the_payment_again_and_the_line_with_it():
    d, slip = approved(paid())
    d.gateway_tells(slip, back())
    ended(d, slip, "reversed")
    assert d.given_back() == 0
    assert d.state == "slip_failed"
    d.take(m.cs.RequestSlip(actor=b.LIN, slip=slip, reason="to the other account"))
    again = d.complaint.payments[-1].case
    d.gateway_says = [paid(reference="GW-2")]
    d.take(m.approve("50.00"), again)
    ended(d, again, "paid")
    assert d.paid() == 5_000


def test_finance_reports_what_the_bank_sent_back_of_a_hand_payment():
    d = desk()
    slip = m.compensated(d, "50.00")
    m.settle_slip(d, slip)
    d.wait(timedelta(days=3))
    d.take(gs.ReportReversed(actor=b.QIAN, reference="BANK-7", reason="no such account"), slip)
    ended(d, slip, "reversed")
    assert d.state == "slip_failed"
    with pytest.raises(no.NotPaidOut):
        d.take(gs.ReportReversed(actor=b.QIAN, reference="BANK-8", reason="again"), slip)


def test_an_ended_slip_hears_for_its_days_and_then_is_over():
    d, slip = approved(paid())
    assert not finished(slip_of(d, slip))
    d.wait(timedelta(days=60))
    assert finished(slip_of(d, slip))
    with pytest.raises(CaseClosed):
        d.take(gs.ReportReversed(actor=b.QIAN, reference="BANK-7", reason="no such account"), slip)


def test_a_slip_that_was_never_paid_nor_sent_is_over_at_once():
    d, slip = approved()
    del slip
    d2 = desk()
    slip2 = m.compensated(d2, "50.00")
    d2.take(ps.RejectSlip(actor=b.WU, reason="not like this"), slip2)
    assert finished(d2.payments[slip2])
    assert d.view().state == "paying"

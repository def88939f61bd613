"""Refund requests and disputes on the platform: its own clocks, its news in any order, one payment ("clocks" [S])."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.casefile import ClockActed, ClockBreached, ClockWarned
from domain.complaint import situation
from domain.complaint import steps as cs
from domain.complaint.on_platform import events as e
from domain.complaint.on_platform import questions as ask
from domain.complaint.on_platform.state import Favour, MatterKind, PlatformVerdict, Said, SettledHow
from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.money import Money
from domain.payment import steps as ps
from domain.people import Role
from domain.refusals import Refusal
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.order_world import Entry, OrderDesk, OrderLedger
from tests.domain.provoked_on_platform import asked, ran_out

DUE = b.START + 2 * b.DAY
DISPUTE = MatterKind.DISPUTE


def matter(d: Desk):
    return d.complaint.platform_matters[0]


def acted(d: Desk, clock: str) -> list[ClockActed]:
    return [each for each in d.events[d.complaint.case] if isinstance(each, ClockActed) and each.clock == clock]


def item(d: Desk) -> ask.Outstanding:
    (only,) = ask.open_items(d.complaint)
    return only


# -- the platform's clocks ----------------------------------------------------------------------------------------


def test_a_request_has_the_deadline_that_the_platform_named_with_warnings_at_half_and_three_quarters():
    d = asked()
    d.wait(3 * b.DAY)
    told = [(type(each), each.due) for each in acted(d, "refund_request#1")]
    assert told[:3] == [
        (ClockWarned, b.START + b.DAY),
        (ClockWarned, b.START + timedelta(hours=36)),
        (ClockBreached, DUE),
    ]


def test_without_a_named_deadline_the_policys_own_holds_from_the_platforms_instant():
    d = desk()
    d.wait(timedelta(hours=5))
    d.take(m.told_by_platform(Said.OPENED, b.START + timedelta(hours=1)))
    assert d.complaint.due("refund_request#1") == b.START + timedelta(hours=49)


def test_the_clock_runs_through_night_and_holiday_and_waits_for_nobody():
    d = asked()
    running = d.complaint.running("refund_request#1")
    assert running is not None
    assert (running.hours.value, running.pausable_by) == ("wall", ())


def test_an_extension_moves_the_deadline_and_an_older_one_that_comes_late_does_not():
    d = asked()
    d.wait(timedelta(hours=40))
    d.take(m.told_by_platform(Said.EXTENDED, d.now, due_at=DUE + 2 * b.DAY))
    assert d.complaint.due("refund_request#1") == DUE + 2 * b.DAY
    d.platform("late", m.told_by_platform(Said.EXTENDED, b.START + b.HOUR, due_at=DUE + b.DAY))
    assert d.complaint.due("refund_request#1") == DUE + 2 * b.DAY
    d.wait(timedelta(hours=20))
    assert not any(isinstance(each, ClockBreached) for each in acted(d, "refund_request#1"))


def test_an_answer_ends_the_clock():
    d = asked()
    d.take(m.answered())
    assert d.complaint.running("refund_request#1") is None
    assert {"platform-1", "remind-1"} & d.tasks() == set()
    assert "platform-end-1" in d.tasks()


def test_news_that_a_matter_is_over_may_come_before_those_that_opened_it():
    d = desk()
    d.platform("2", m.told_by_platform(Said.WITHDRAWN, b.START + b.HOUR))
    d.platform("1", m.told_by_platform(Said.OPENED, b.START, due_at=DUE))
    assert matter(d).opened_at == b.START
    assert matter(d).ended_as is Said.WITHDRAWN
    assert d.complaint.running("refund_request#1") is None


def test_news_that_come_after_their_deadline_say_at_once_that_it_has_passed():
    d = desk()
    d.wait(3 * b.DAY)
    d.take(m.told_by_platform(Said.OPENED, b.START, due_at=DUE))
    d.notice()
    assert any(isinstance(each, ClockBreached) and each.due == DUE for each in acted(d, "refund_request#1"))


def test_a_closed_case_keeps_the_platforms_clock_and_takes_the_answer():
    d = asked()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.post()
    assert d.complaint.running("refund_request#1") is not None
    assert not situation.filed(d.complaint)
    d.take(m.answered())
    d.take(m.told_by_platform(Said.WITHDRAWN, d.now))
    assert situation.filed(d.complaint)


def test_a_dispute_is_answered_with_evidence_of_the_case():
    d = asked(kind=DISPUTE)
    d.take(m.photos())
    d.take(m.answered(PlatformVerdict.ANSWERED, evidence=(b.photo().photo,)))
    d.take(m.told_by_platform(Said.DECIDED, d.now, kind=DISPUTE, favour=Favour.SHOP))
    assert (matter(d).ended_as, matter(d).favour) == (Said.DECIDED, Favour.SHOP)


# -- reminders ----------------------------------------------------------------------------------------------------


def test_the_supervisor_looks_daily_and_a_reminder_is_on_record_with_person_and_time():
    d = asked(kind=DISPUTE)
    (look,) = [task for task in d.view().tasks if task.key == "remind-1"]
    assert (look.desk, look.step) == (Role.SUPERVISOR, "remind_of_platform")
    assert look.due_at is not None
    d.wait(look.due_at - d.now)
    d.take(m.reminded())
    (again,) = [task for task in d.view().tasks if task.key == "remind-1"]
    assert again.due_at == look.due_at + b.DAY
    assert [(each.by, each.at) for each in matter(d).reminders] == [(b.WU, look.due_at)]


def test_a_dispute_that_ran_out_without_a_reminder_is_recorded_against_the_supervisor():
    d = asked(kind=DISPUTE)
    d.wait(3 * b.DAY)
    (missing,) = [each for each in d.events[d.complaint.case] if isinstance(each, e.ReminderMissing)]
    assert (missing.due, matter(d).unreminded_at) == (DUE, DUE)


@pytest.mark.parametrize("kind", MatterKind)
def test_a_reminder_in_time_leaves_the_breach_with_the_owner_alone(kind: MatterKind):
    d = asked(kind=kind)
    if kind is DISPUTE:
        d.take(m.reminded())
    d.wait(3 * b.DAY)
    assert "reminder_missing" not in d.happened()


# -- a refund that ran out ----------------------------------------------------------------------------------------


def test_a_refund_that_ran_out_keeps_the_case_open_until_the_goods_are_back():
    d = m.judged(ran_out())
    assert item(d).key == "refund_request#1"
    assert d.given_back() == 15_000
    d.take(m.propose(refund="150.00"))
    d.take(m.accept())
    m.send(d, freight="12.00")
    name = d.complaint.returns[-1].case
    d.take(m.receive(), name)
    assert not situation.carried_out(d.complaint)
    d.take(m.inspect(), name)
    assert not ask.open_items(d.complaint)


def test_it_is_kept_open_until_the_money_is_back():
    d = ran_out()
    d.take(m.repay(Party.CUSTOMER, "150.00"))
    assert not any(key.startswith("outstanding") for key in d.tasks())
    m.settle_slip(d, d.complaint.incoming[-1].case)
    assert not ask.open_items(d.complaint)
    d.take(m.close())


def test_or_until_the_supervisor_bears_it():
    d = ran_out()
    d.take(m.recovered("refund_request#1", SettledHow.BORNE, b.WU))
    assert not ask.open_items(d.complaint)
    assert d.complaint.outstanding_settled[0].amount == b.yuan("150.00")


def test_a_request_that_the_shop_agreed_to_has_not_run_out():
    d = asked()
    d.take(m.answered(PlatformVerdict.AGREED))
    d.take(m.told_by_platform(Said.PAID, d.now))
    assert not matter(d).ran_out
    assert not ask.open_items(d.complaint)


def test_a_closed_case_with_a_refund_that_ran_out_is_not_filed():
    d = m.apologised(desk())
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    d.platform("1", m.told_by_platform(Said.PAID, d.now))
    assert not situation.filed(d.complaint)
    assert "outstanding-refund_request#1" in d.tasks()
    d.take(m.recovered("refund_request#1"))
    assert situation.filed(d.complaint)


# -- one payment --------------------------------------------------------------------------------------------------


def test_a_slip_that_is_not_with_finance_is_void_once_the_platform_has_paid():
    d = desk()
    slip = m.compensated(d, "150.00")
    d.platform("1", m.told_by_platform(Said.PAID, d.now))
    assert (d.payments[slip].outcome, d.payments[slip].note) == ("void", "the platform paid it by itself")
    assert d.state == "to_call_back"
    assert d.paid() + 15_000 == d.given_back()


def test_of_a_sum_that_the_platform_paid_in_part_the_rest_gets_a_slip_of_its_own():
    d = desk()
    m.compensated(d, "200.00")
    d.platform("1", m.told_by_platform(Said.PAID, d.now))
    assert [(p.result, p.amount) for p in d.complaint.payments] == [("void", b.yuan("200.00")), (None, b.yuan("50.00"))]
    m.settle_slip(d, d.complaint.payments[-1].case)
    assert d.state == "to_call_back"
    assert not ask.open_items(d.complaint)


def test_with_finance_it_is_held_and_finance_says_that_nothing_was_paid():
    d = desk()
    slip = m.compensated(d, "150.00")
    d.take(m.approve("150.00"), slip)
    d.platform("1", m.told_by_platform(Said.APPROVED, d.now))
    assert d.payments[slip].held
    d.platform("2", m.told_by_platform(Said.PAID, d.now))
    d.take(ps.ReportNotPaid(actor=b.QIAN, reason="the platform was faster"), slip)
    assert d.state == "to_call_back"
    assert d.paid() == 0


def test_paid_one_second_before_the_platform_it_is_money_to_recover_with_an_owner():
    d = desk()
    m.settle_slip(d, m.compensated(d, "150.00"))
    d.wait(timedelta(seconds=1))
    d.platform("1", m.told_by_platform(Said.PAID, d.now))
    assert (item(d).why, item(d).amount, item(d).owner) == (ask.Why.PAID_TWICE, b.yuan("150.00"), b.LIN.person)
    assert "outstanding-paid_twice" in d.tasks()


def test_the_ledger_counts_what_the_platform_paid_before_it_holds_a_slip_for_what_is_left():
    ledger = OrderLedger({1: b.yuan("300.00").minor})
    ledger.hold("another", Entry("another", 1, b.yuan("66.66").minor, bounded=True, slip=True))
    d = OrderDesk(b.complaint(), ledger=ledger)
    m.compensated(d, "249.99")
    d.platform("1", m.told_by_platform(Said.PAID, d.now, amount=b.yuan("60.00")))
    asked = [(part.amount.amount(), part.result) for part in d.complaint.payments]
    assert asked == [("249.99", "above_ceiling"), ("189.99", "above_ceiling")]
    assert ledger.left(1) == b.yuan("173.34").minor


def test_approved_and_withdrawn_lets_the_slip_go_on():
    d = desk()
    slip = m.compensated(d, "150.00")
    d.platform("1", m.told_by_platform(Said.APPROVED, d.now))
    assert d.payments[slip].held
    d.platform("2", m.told_by_platform(Said.WITHDRAWN, d.now))
    m.settle_slip(d, slip)
    assert d.state == "to_call_back"


def test_what_is_proposed_in_knowledge_of_the_platforms_payment_comes_beside_it():
    d = m.judged(ran_out())
    d.take(m.propose(RemedyKind.COMPENSATION, "50.00"))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[-1].case)
    assert d.paid() == 5_000


def test_a_payment_recorded_by_hand_and_told_by_the_platform_counts_once():
    d = desk()
    d.take(m.platform_paid("150.00"))
    d.platform("1", m.told_by_platform(Said.PAID))
    assert [paid.reference for paid in d.complaint.platform_payments] == ["TM-1"]
    assert d.given_back() == 15_000


def test_the_same_payment_told_with_another_sum_needs_a_person():
    d = desk()
    d.platform("1", m.told_by_platform(Said.PAID))
    d.platform("2", m.told_by_platform(Said.PAID, amount=b.yuan("99.00")))
    assert d.given_back() == 15_000
    assert [each.code for each in d.complaint.troubles] == ["platform_payment_differs"]


def test_a_payment_in_another_currency_needs_a_person():
    d = desk()
    d.platform("1", m.told_by_platform(Said.PAID, amount=Money(900, "USD")))
    assert d.given_back() == 0
    assert [each.code for each in d.complaint.troubles] == ["platform_payment_not_counted"]


def test_a_payment_counts_as_soon_as_the_order_line_is_known():
    d = desk(order_facts=None)
    d.platform("1", m.told_by_platform(Said.PAID))
    assert d.given_back() == 0
    d.take(cs.VerifyOrder(actor=b.SHOP, order_index="ix-order", order_facts=b.order()))
    assert d.given_back() == 15_000


# -- any order ----------------------------------------------------------------------------------------------------

NEWS = (
    ("n1", Said.OPENED, 0, {"due_at": DUE}),
    ("n2", Said.EXTENDED, 40, {"due_at": DUE + b.DAY}),
    ("n3", Said.APPROVED, 72, {}),
    ("n4", Said.PAID, 73, {}),
)
OWN = ("approve", "pay", "pay_all_the_same", "not_paid", "agree", "by_hand")


@settings(max_examples=150, deadline=None)
@given(order=st.permutations([*NEWS, *NEWS, *OWN]))
def test_however_news_and_own_steps_are_shuffled_money_leaves_once_or_is_to_be_recovered(order: list[object]):
    d = desk()
    slip = m.compensated(d, "150.00")
    d.wait(4 * b.DAY)
    for each in order:
        with suppress(Refusal):
            _play(d, slip, each)
    assert {fact.news for fact in matter(d).facts} >= {"n1", "n2", "n3", "n4"}
    assert (matter(d).span[1], matter(d).ended_as, matter(d).opened_at) == (DUE + b.DAY, Said.PAID, b.START)
    assert [paid.reference for paid in d.complaint.platform_payments] == ["TM-1"]
    assert d.costs == {"platform/TM-1": 15_000}
    beyond = [each.amount.minor for each in ask.outstanding(d.complaint) if each.why is ask.Why.PAID_TWICE]
    assert beyond == ([15_000] if d.paid() else [])
    if not d.paid():
        assert d.payments[slip].outcome in {"void", "not_paid"} or d.payments[slip].held


def _play(d: Desk, slip: str, each: object) -> None:
    if isinstance(each, tuple):
        news, said, hours, more = each
        return d.platform(news, m.told_by_platform(said, b.START + timedelta(hours=hours), **more))
    steps = {
        "approve": lambda: d.take(m.approve("150.00"), slip),
        "pay": lambda: d.take(m.pay("150.00"), slip),
        "pay_all_the_same": lambda: d.take(
            ps.SignPaid(actor=b.QIAN, amount=b.yuan("150.00"), reference="PAY-1", despite_hold=True), slip
        ),
        "not_paid": lambda: d.take(ps.ReportNotPaid(actor=b.QIAN, reason="waits"), slip),
        "agree": lambda: d.take(m.answered(PlatformVerdict.AGREED)),
        "by_hand": lambda: d.take(m.platform_paid("150.00")),
    }
    steps[str(each)]()
    return None

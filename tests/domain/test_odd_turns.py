"""Turns that a story seldom takes, each once a hole in the rules: nothing is lost, paid wrongly or left lying."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.casework import take_news
from domain.clock import Escalation, Level
from domain.complaint import book as complaints
from domain.complaint import refusals as no
from domain.complaint import steps as cs
from domain.complaint.problems import RemedyKind
from domain.goods_return import steps as rs
from domain.payment import steps as ps
from domain.people import Role
from domain.shared_steps import SettleTrouble
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk

CALLED = cs.RecordCall(actor=b.LIN, reached=False)
UNANSWERED = cs.DeclareNoAnswer(actor=b.LIN, reason="no answer", message="write to us")


def test_who_asks_again_for_a_slip_cannot_approve_it():
    d = desk()
    slip = m.compensated(d)
    d.take(ps.RejectSlip(actor=b.SUN, reason="wrong line"), slip)
    d.take(cs.RequestSlip(actor=b.WU, slip=slip, reason="line corrected"))
    again = d.complaint.payments[-1].case
    assert not d.offers(b.WU, again)["approve_slip"].open
    assert d.offers(b.SUN, again)["approve_slip"].open


def test_a_refused_claim_takes_an_open_proposal_back():
    d = m.judged(desk())
    d.take(m.propose(RemedyKind.COMPENSATION, "50.00"))
    d.take(m.judge(fault_confirmed=False, fault=""))
    d.take(cs.RefuseClaim(actor=b.LIN, reason="the pattern is meant"))
    with pytest.raises(no.NoProposalOpen):
        d.take(m.accept())


def test_another_order_is_verified_anew():
    d = desk(description=None)
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, order=b.sealed("order"), description=b.sealed("description")))
    assert not d.complaint.verified
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, order=b.sealed("order"), order_facts=b.order("100.00")))
    assert d.complaint.order_line is not None
    assert d.complaint.order_line.paid == b.yuan("100.00")


def test_a_second_return_does_not_wait_for_the_lost_parcel_of_the_first():
    d = desk()
    first = m.returning(d)
    d.take(m.shipped())
    d.wait(timedelta(days=10))
    d.take(rs.GiveUpReturn(actor=b.LU, reason="lost by the courier"), first)
    d.take(m.propose())
    d.take(m.accept(2))
    second = d.complaint.returns[-1].case
    assert second != first
    assert d.returns[second].parcels == ()
    assert d.returns[second].running("return_tracking") is not None


def test_goods_that_are_here_are_not_filed_as_unanswered_but_go_back_when_the_supervisor_closes():
    d = desk()
    name = m.failed(d)
    d.take(m.propose(RemedyKind.PART_REFUND, "60.00"))
    d.wait(timedelta(hours=72))
    d.take(CALLED)
    with pytest.raises(no.GoodsOnTheWay):
        d.take(UNANSWERED)
    assert [t.step for t in d.view().tasks if t.desk is Role.SUPERVISOR and t.step] == ["close_case"]
    d.take(m.close())
    assert "send_back" in d.tasks(name)
    d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF Express", tracking="SF9999"), name)
    assert d.returns[name].outcome == "sent_back"


def test_a_return_called_off_while_its_parcel_travels_waits_for_it_and_sends_it_back():
    d = desk()
    name = m.returning(d)
    d.courier(name, "m-1", "SF7777", rs.CourierStatus.IN_TRANSIT)
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    assert d.returns[name].closed_at is None
    assert d.returns[name].running("arrival") is not None
    assert d.tasks(name) == {"arrival"}
    d.take(m.receive("SF7777"), name)
    assert d.tasks(name) == {"send_back"}
    d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF Express", tracking="SF9999"), name)
    assert d.view(name).state == "sent_back"


def test_goods_that_pass_after_the_closing_are_a_persons_business():
    d = desk()
    name = m.returning(d)
    d.take(m.receive(), name)
    d.at_once = False
    d.take(m.inspect(), name)
    d.take(cs.Withdraw(actor=b.CUSTOMER))  # the complaint does not know yet that the goods are here
    d.at_once = True
    d.settle_down()
    d.post()
    assert d.tasks() == {"trouble-1"}
    assert d.complaint.has_loose_ends
    d.take(SettleTrouble(actor=b.WU, number=1, how="sent back by hand"))
    assert d.tasks() == set()


def test_a_trouble_outlives_the_closing_and_can_still_be_settled():
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    d.courier(name, "m-1", "SF2222", rs.CourierStatus.STUCK)
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    assert d.returns[name].closed_at is not None
    assert d.returns[name].has_loose_ends
    d.take(SettleTrouble(actor=b.LU, number=1, how="it came"), name)
    assert d.view(name).tasks == ()


def test_sending_back_agreed_for_goods_that_passed_meanwhile_returns_to_the_agent():
    d = desk()
    name = m.failed(d, quantity=1)
    d.take(m.propose(RemedyKind.SEND_BACK, None))
    d.wait(timedelta(hours=1))
    d.at_once = False
    d.take(m.inspect(2), name)  # looked at again
    d.take(m.accept(2))
    d.at_once = True
    d.settle_down()
    assert d.state == "to_propose"
    d.take(m.propose(RemedyKind.COMPENSATION, "150.00"))


def test_nobody_closes_or_withdraws_between_the_agreement_and_the_slip():
    d = m.judged(desk())
    d.take(m.propose(RemedyKind.COMPENSATION, "50.00"))
    d.at_once = False
    d.take(m.accept())
    with pytest.raises(no.PaymentUnderWay):
        d.take(m.close())
    with pytest.raises(no.Irreversible):
        d.take(cs.Withdraw(actor=b.CUSTOMER))


def test_a_clock_given_more_time_still_goes_up_the_same_line():
    pinned = b.policy()
    rules = pinned.policy.clocks
    line = (Escalation(timedelta(hours=1), Role.CENTRE_MANAGER),)
    upwards = replace(rules, return_tracking=replace(rules.return_tracking, escalation=line))
    d = desk(pinned=replace(pinned, policy=replace(pinned.policy, clocks=upwards)))
    name = m.returning(d)
    d.take(rs.ExtendWait(actor=b.LIN, days=3, reason="on holiday"), name)
    after = d.returns[name].running("return_tracking")
    assert after is not None
    assert after.due_at == d.now + timedelta(days=3)
    assert after.escalations == (Level(after.due_at + timedelta(hours=1), Role.CENTRE_MANAGER),)


def test_what_a_machine_does_late_stands_after_the_breach():
    d = desk()
    d.sleep(timedelta(hours=2))
    d.post()
    kinds = d.happened()
    assert kinds.index("clock_breached") < kinds.index("letter_sent")


def test_news_that_do_not_fit_are_set_aside_on_record():
    d = desk()
    stray = cs.TakePaymentNews(actor=b.EVERYBODY[0], payment_case="x", result="paid", reference="", note="")
    (event,) = take_news(complaints.BOOK, d.complaint, "n-1", stray, d.now)
    assert type(event).__name__ == "NewsSetAside"
    d.record(d.complaint.case, (event,))
    assert take_news(complaints.BOOK, d.complaint, "n-1", stray, d.now) == ()

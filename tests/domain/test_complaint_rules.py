"""A complaint's rules one by one: intake, remedy, outcome (domain.md, "Intake" and the spine)."""

from datetime import timedelta

import pytest

from domain.complaint import freight
from domain.complaint import refusals as no
from domain.complaint import situation as at
from domain.complaint import steps as cs
from domain.complaint.book import BOOK
from domain.complaint.errands import errands
from domain.complaint.looking_into.questions import has_evidence
from domain.complaint.problems import RemedyKind
from domain.goods_return import steps as rs
from domain.money import Money
from domain.payment import steps as ps
from domain.people import Role
from tests import builders as b
from tests.domain import looks
from tests.domain import moves as m
from tests.domain.desk import desk

COMP = RemedyKind.COMPENSATION


# -- intake ----------------------------------------------------------------------------------------------------


def test_clocks_count_from_the_true_receipt():
    d = desk()
    starts = {clock.name: clock.started_at for clock in d.complaint.clocks}
    assert starts == dict.fromkeys(("acknowledgement", "evidence", "first_feedback", "resolution"), b.START)


def test_a_case_opened_without_any_fact_is_open_and_says_what_is_missing():
    nobody = b.customer(phone=None, email=None)
    d = desk(order=None, order_facts=None, line=None, quantity=None, description=None, customer=nobody)
    assert d.complaint.missing == ("order", "line", "quantity", "description", "contact")
    assert d.complaint.running("verification") is None
    assert d.complaint.running("missing_facts") is not None


def test_facts_supplied_piece_by_piece_end_the_clock_with_their_cause():
    d = desk(line=None, quantity=None, description=None)
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, line=1, order_facts=b.order()))
    d.take(cs.SupplyFacts(actor=b.CUSTOMER, quantity=2))
    assert d.complaint.missing == ("description",)
    d.take(cs.SupplyFacts(actor=b.LIN, description=b.sealed("description")))
    ended = next(clock for clock in d.complaint.clocks if clock.name == "missing_facts")
    assert ended.end_cause == "facts_supplied"
    assert d.complaint.verified


def test_the_acknowledgement_clock_runs_until_the_customer_was_told():
    d = desk()
    assert d.complaint.running("acknowledgement") is not None
    d.post()
    ended = next(clock for clock in d.complaint.clocks if clock.name == "acknowledgement")
    assert (ended.ended_at, ended.end_cause) == (d.now, "letter_sent")


def test_the_first_proposal_is_feedback_too_and_a_second_feedback_changes_no_record():
    d = m.judged(desk())
    d.take(m.propose())
    first = d.complaint.feedback_at
    d.wait(b.HOUR)
    d.take(cs.GiveFeedback(actor=b.LIN, **m.IT_GOES_ON))
    assert d.complaint.feedback_at == first


def test_a_photo_of_the_receipt_is_no_evidence_of_the_fault():
    d = desk()
    d.take(m.photos(purpose="receipt"))
    assert not has_evidence(d.complaint)
    d.take(m.photos(b.photo("fault")))
    assert has_evidence(d.complaint)


def test_the_same_picture_in_one_message_counts_once():
    d = desk()
    d.take(m.photos(b.photo("a"), b.photo("a"), b.photo("b")))
    assert len(d.complaint.photos) == 2


def test_a_customer_who_was_reached_is_not_filed_as_unanswered():
    d = desk()
    d.wait(timedelta(hours=72))
    d.take(cs.RecordCall(actor=b.LIN, reached=True))
    with pytest.raises(no.CallFirst):
        d.take(cs.DeclareNoAnswer(actor=b.LIN, reason="no answer", message="write to us"))


def test_a_warning_comes_ahead_and_a_breach_stands_on_the_supervisors_list():
    d = desk()
    d.post()
    d.wait(timedelta(hours=18))
    assert d.complaint.running("first_feedback").warned_at == b.START + timedelta(hours=18)  # type: ignore[union-attr]
    d.wait(timedelta(hours=6))
    overdue = looks.task(d, "overdue-first_feedback")
    assert (overdue.desk, overdue.due_at) == (Role.SUPERVISOR, b.START + b.DAY)


# -- remedy ----------------------------------------------------------------------------------------------------


def test_the_share_of_the_units_complained_about_is_the_most_that_is_paid_rounded_up():
    d = desk(order_facts=b.order("100.01", 2), quantity=1)
    m.judged(d)
    with pytest.raises(no.AboveLinePaid):
        d.take(m.propose(COMP, "50.02"))
    d.take(m.propose(COMP, "50.01"))


def test_what_the_case_paid_before_lowers_what_it_may_pay():
    d = desk()
    m.settle_slip(d, m.compensated(d, "150.00"))
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    with pytest.raises(no.AboveLinePaid):
        d.take(m.propose(COMP, "150.01"))
    d.take(m.propose(COMP, "150.00"))


def test_a_new_proposal_replaces_one_that_is_unanswered():
    d = m.judged(desk())
    d.take(m.propose(COMP, "10.00"))
    d.take(m.propose(COMP, "20.00"))
    assert [p.state.value for p in d.complaint.proposals] == ["replaced", "open"]
    with pytest.raises(no.OtherProposal):
        d.take(m.accept(1))


def test_a_later_judgement_holds_and_the_earlier_one_stays_on_record():
    d = m.judged(desk())
    d.take(m.judge(b.MEI, fault="chipped rim"))
    assert d.complaint.judgement is not None
    assert d.complaint.judgement.fault == "chipped rim"
    assert len(d.complaint.judgements) == 2


def test_an_apology_needs_neither_photo_nor_confirmed_fault():
    d = desk()
    d.take(m.judge(fault_confirmed=False, fault=""))
    d.take(m.photos())
    d.take(m.propose(RemedyKind.APOLOGY, None))
    d.take(m.accept())
    assert not at.carried_out(d.complaint)
    d.post()
    assert at.carried_out(d.complaint)


def test_a_wish_in_another_currency_is_refused():
    d = m.judged(desk())
    d.take(m.propose())
    with pytest.raises(no.WrongCurrency):
        d.take(m.counter(1, Money(100, "EUR")))


def test_what_the_warehouse_has_to_look_for_travels_with_the_return():
    d = desk()
    name = m.returning(d)
    (line,) = d.returns[name].lines
    assert (line.fault, line.place, line.quantity) == ("cracked handle", "left", 2)


# -- outcome ---------------------------------------------------------------------------------------------------


def test_freight_is_repaid_up_to_the_cap_and_only_when_it_was_promised():
    d = m.judged(desk())
    m.send(d, "SF1111", "45.00")
    assert freight.freight_due(d.complaint) == b.yuan("30.00")
    d.take(m.propose(freight=False))
    d.take(m.accept())
    name = d.complaint.returns[0].case
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    assert [p.purpose for p in d.complaint.payments] == ["refund"]


def test_a_slip_that_was_voided_can_be_replaced_by_another_proposal():
    d = desk()
    slip = m.compensated(d)
    d.take(ps.VoidSlip(actor=b.WU, reason="the sum was wrong"), slip)
    d.take(m.propose(COMP, "70.00"))
    d.take(m.accept(2))
    m.settle_slip(d, d.complaint.payments[-1].case)
    assert d.paid() == 7_000


def test_a_sum_above_the_ledgers_ceiling_comes_back_to_the_agent():
    d = desk()
    d.ceiling = 1_000
    slip = m.compensated(d, "50.00")
    assert d.payments[slip].outcome == "above_ceiling"
    assert d.state == "slip_failed"
    assert f"slip-{slip}" in d.tasks()


def test_a_slip_hears_that_the_payments_of_its_case_have_grown():
    d = desk()
    name = m.returning(d, "190.00")
    d.take(m.shipped(freight=None))
    d.take(m.receive(), name)
    d.take(m.inspect(packaging_whole=False), name)
    d.take(cs.AllowDespiteInspection(actor=b.WU, reason="good customer"))
    refund = d.complaint.payments[0].case
    assert d.payments[refund].approvals_needed == 1
    m.send(d, "SF2222")
    assert d.payments[refund].approvals_needed == 2


def test_the_handler_leaves_the_call_back_to_another_desk():
    d = m.apologised(desk())
    assert d.complaint.handlers == (b.LIN.person,)
    assert d.offers(b.HE)["record_call_back"].open
    assert "record_call_back" not in d.offers(b.LIN)


def test_the_call_back_is_due_24_hours_after_the_outcome_and_again_after_each_try():
    d = m.apologised(desk())
    assert d.complaint.due("call_back") == d.now + b.DAY
    d.wait(b.HOUR)
    d.take(m.call_back(cs.CallResult.NOT_REACHED))
    assert d.complaint.due("call_back") == d.now + b.DAY


def test_three_tries_count_on_three_days_of_the_shop_not_of_utc():
    d = m.apologised(desk())
    d.wait(timedelta(hours=13, minutes=59))  # 23:59 in Shanghai
    d.take(m.call_back(cs.CallResult.NOT_REACHED))
    d.wait(timedelta(minutes=2))
    d.take(m.call_back(cs.CallResult.NOT_REACHED))
    assert len({call.day for call in d.complaint.call_backs}) == 2


def test_nothing_is_left_to_do_for_others_once_everything_is_set_going():
    d = desk()
    m.passed(d)
    assert errands(d.complaint) == ()


def test_an_auditor_is_offered_no_step_and_a_machines_step_is_offered_to_nobody():
    d = desk()
    assert d.offers(b.AUDITOR) == {}
    machines = {slug for slug, rule in BOOK.rules.items() if rule.step.by_machine}
    assert "take_return_news" in machines
    assert not [step for person in b.EVERYBODY for step in d.offers(person) if step in machines]


def test_an_offer_says_until_when_or_why_not():
    d = desk()
    offered = d.offers(b.CUSTOMER)
    assert offered["add_evidence"].until == b.START + timedelta(hours=72)
    assert offered["accept_proposal"].code == "no_proposal_open"


def test_a_return_given_up_as_lost_is_lost_and_not_unsent():
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    d.wait(timedelta(days=10))
    d.take(rs.GiveUpReturn(actor=b.LU, reason="the courier lost it"), name)
    assert d.complaint.returns[0].result == "lost"

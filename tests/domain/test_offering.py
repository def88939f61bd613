"""What is offered: parts, cost, approval, validity, what is made good at once, and the dry run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.schemas.case import as_customers_see_it
from domain.complaint import refusals as no
from domain.complaint import situation as at
from domain.complaint import steps as cs
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.refusals import ExplainFirst
from domain.complaint.looking_into.state import Finding
from domain.complaint.offering import refusals as unoffered
from domain.complaint.offering.weighing import Weighed, weigh
from domain.complaint.parties import Party, Share
from domain.complaint.problems import Check, Problem, RemedyKind
from domain.complaint.state import ProposalState
from domain.people import Role
from domain.refusals import Refusal
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.looks import last_offer
from tests.domain.provoked_while_looking import outside

COMP, COUPON, APOLOGY = RemedyKind.COMPENSATION, RemedyKind.COUPON, RemedyKind.APOLOGY
RESHIP, EXCHANGE, REFUND = RemedyKind.RESHIPMENT, RemedyKind.EXCHANGE, RemedyKind.RETURN_AND_REFUND


def unconfirmed() -> Desk:
    """The photo is in, and shows no fault."""
    d = m.photographed(desk())
    d.take(m.judge(fault_confirmed=False, fault=""))
    return d


def our_own_short_shipment(**opened: object) -> Desk:
    """The order was looked up, and the mistake found on our side."""
    d = desk(problem=Problem.SHORT_OR_MISSING, **opened)
    for check, finding in ((Check.CONVERSATION, Finding.IN_ORDER), (Check.ORDER, Finding.OUR_FAULT)):
        d.take(ls.RecordCheck(actor=b.LIN, check=check, finding=finding, note="two were ordered, one was packed"))
    d.take(m.judge(responsible=Party.WAREHOUSE, fault=""))
    return d


# -- parts and their cost --------------------------------------------------------------------------------------


def test_a_remedy_of_several_parts_costs_their_sum_and_says_who_bears_it_and_by_which_rule():
    d = m.photographed(desk())
    d.take(m.judge(responsible=Party.COURIER, shares=(Share(Party.SHOP, 30), Share(Party.COURIER, 70))))
    d.take(m.offer(COMP, m.beside(COUPON, worth="10.00"), m.beside(APOLOGY), refund="40.00"))
    made = last_offer(d)
    assert [part.kind for part in made.parts] == [COMP, COUPON, APOLOGY]
    assert (made.cost, made.borne_by, made.rule, made.goodwill) == (b.yuan("50.00"), Party.COURIER, "T,S,F", False)
    assert made.valid_until == d.now + timedelta(days=14)


def test_goods_for_which_nothing_is_stated_count_as_what_was_paid_for_them():
    d = our_own_short_shipment(quantity=1)
    d.take(m.offer(RESHIP, m.beside(COUPON, worth="5.00")))
    assert last_offer(d).cost == b.yuan("155.00")
    d = our_own_short_shipment(quantity=1)
    d.take(m.offer(RESHIP, m.beside(COUPON, worth="5.00"), worth="30.00"))
    assert last_offer(d).cost == b.yuan("35.00")


def test_the_sums_of_all_parts_together_stay_within_what_was_paid():
    d = m.judged(desk())
    with pytest.raises(no.AboveLinePaid):
        d.take(m.offer(REFUND, m.beside(COMP, refund="0.01"), refund="300.00"))
    d.take(m.offer(REFUND, m.beside(COMP, refund="100.00"), refund="200.00"))


def test_a_further_part_fits_the_problem_too_unless_it_fits_anywhere():
    d = m.judged(desk())
    with pytest.raises(no.RemedyDoesNotFit):
        d.take(m.offer(COMP, m.beside(RESHIP), refund="1.00"))
    d.take(m.offer(COMP, m.beside(RemedyKind.CORRECTION), refund="1.00"))


def test_the_worth_of_goods_is_in_the_currency_of_the_order():
    d = m.judged(desk())
    with pytest.raises(no.WrongCurrency) as caught:
        d.take(cs.ProposeRemedy(actor=b.LIN, kind=EXCHANGE, worth=b.Money(100, "USD"), words="sorry"))
    assert caught.value.field == "worth"


def test_what_is_paid_beside_a_return_is_paid_with_it_once_the_goods_passed():
    d = m.agreed(desk(), REFUND, m.beside(COMP, refund="20.00"), refund="150.00")
    name = d.complaint.returns[0].case
    assert d.complaint.payments == ()
    d.take(m.shipped(freight=None))
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    assert [(p.purpose, p.amount) for p in d.complaint.payments] == [
        ("refund", b.yuan("150.00")),
        ("compensation", b.yuan("20.00")),
    ]


def test_the_letter_names_every_part_with_its_value_and_not_what_goods_cost_the_shop():
    d = m.judged(desk())
    d.take(m.offer(EXCHANGE, m.beside(COUPON, worth="10.00"), worth="77.00", what="the same cup"))
    told = d.complaint.letters[-1]
    assert (told.kind, told.says["also"], told.says["coupon"]) == ("proposal", "coupon", "10.00 CNY")
    assert "77.00" not in "".join(told.says.values())
    seen = as_customers_see_it(d.view()).story or {}
    assert "77.00" not in str(seen)
    assert "proposal_costs" not in seen
    assert (d.view().story or {})["proposal_costs"] == [
        {
            "number": 1,
            "cost": {"amount": "87.00", "currency": "CNY"},
            "borne_by": "shop",
            "rule": "T,S,F",
            "worth": {"amount": "77.00", "currency": "CNY"},
        }
    ]


def test_an_accepted_proposal_shows_all_that_it_pays():
    d = m.agreed(desk(), REFUND, m.beside(COMP, refund="20.00"), refund="150.00")
    assert d.view().amount == b.yuan("170.00")


# -- goodwill --------------------------------------------------------------------------------------------------


def test_goodwill_by_an_agent_waits_for_the_supervisor_and_is_ours_to_bear():
    d = unconfirmed()
    with pytest.raises(no.FaultNotConfirmed):
        d.take(m.propose(COMP, "10.00"))
    d.take(m.offer(COMP, refund="10.00", goodwill=True))
    made = last_offer(d)
    assert (made.goodwill, made.rule, made.borne_by, made.approver) == (True, "O", Party.SHOP, Role.SUPERVISOR)
    d.take(m.approve_offer())
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case, b.SUN)
    assert d.state == "to_call_back"


def test_goodwill_by_a_supervisor_goes_out_at_once():
    d = unconfirmed()
    d.take(m.offer(COUPON, worth="10.00", goodwill=True, actor=b.WU))
    assert d.state == "waiting_for_customer"


def test_goodwill_without_evidence_stops_asking_for_the_photo_once_it_is_agreed():
    d = desk()
    d.take(m.judge())
    with pytest.raises(no.EvidenceMissing):
        d.take(m.offer(COUPON, worth="10.00"))
    d.take(m.offer(COUPON, worth="10.00", goodwill=True, actor=b.WU))
    assert d.complaint.running("evidence") is not None
    d.take(m.accept())
    assert d.complaint.running("evidence") is None
    assert d.state == "carrying_out"
    d.take(m.coupon())
    assert d.state == "to_call_back"


def test_what_the_rule_allows_is_no_goodwill_whatever_it_is_called():
    d = m.judged(desk())
    d.take(m.offer(COMP, refund="10.00", goodwill=True))
    assert (last_offer(d).goodwill, last_offer(d).approver) == (False, None)


def test_no_goodwill_pays_for_an_order_that_nobody_registered():
    d = m.photographed(desk(order_facts=None))
    d.take(m.judge(fault_confirmed=False, fault=""))
    with pytest.raises(no.NotVerified):
        d.take(m.offer(COMP, refund="10.00", goodwill=True))


def test_goodwill_does_not_jump_over_what_has_to_come_first():
    d = desk(problem=Problem.NOT_AS_IMAGINED)
    d.take(m.judge(fault_confirmed=False, fault=""))
    with pytest.raises(ExplainFirst):
        d.take(m.offer(COMP, refund="10.00", goodwill=True))


def test_a_promise_made_outside_is_kept_and_is_no_goodwill():
    d = unconfirmed()
    d.take(outside(COMP, "30.00"))
    d.take(m.propose(COMP, "30.00"))
    assert (last_offer(d).goodwill, last_offer(d).rule, last_offer(d).approver) == (False, "S,O", None)


# -- validity --------------------------------------------------------------------------------------------------


def test_an_expired_proposal_can_be_declined_or_proposed_anew_but_not_accepted():
    d = m.judged(desk())
    d.take(m.propose())
    d.wait(timedelta(days=14) - timedelta(seconds=1))
    assert d.offers(b.CUSTOMER)["accept_proposal"].open
    d.wait(timedelta(seconds=1))
    offered = d.offers(b.CUSTOMER)
    assert (offered["accept_proposal"].code, offered["decline_proposal"].open) == ("proposal_expired", True)
    with pytest.raises(unoffered.ProposalExpired):
        d.take(m.accept())
    d.take(m.propose())
    d.take(m.accept(2))
    assert d.state == "returning"


# -- at once ---------------------------------------------------------------------------------------------------


def test_our_own_short_shipment_is_reshipped_at_once_with_a_coupon_and_no_photo():
    d = our_own_short_shipment()
    d.take(m.offer(RESHIP, m.beside(COUPON, worth="10.00")))
    assert last_offer(d).state is ProposalState.ACCEPTED
    assert last_offer(d).rule == "T"
    assert [part.kind for part in d.complaint.fulfilments] == [RESHIP, COUPON]
    assert d.state == "carrying_out"
    assert d.letters() == ["acknowledged", "at_once"]
    assert d.happened()[-4:] == ["remedy_proposed", "accepted_by_rule", "cost_asked", "cost_held"]
    d.take(m.part_sent(1))
    d.take(m.coupon(2))
    d.take(m.seen())
    assert d.state == "to_call_back"


def test_with_money_in_it_the_customer_is_asked_all_the_same():
    d = our_own_short_shipment()
    d.take(m.offer(RESHIP, m.beside(COMP, refund="10.00")))
    assert d.state == "waiting_for_customer"
    d = our_own_short_shipment()
    d.take(m.offer(COUPON, worth="10.00"))
    assert d.state == "waiting_for_customer"


def test_with_our_side_in_order_the_customer_is_asked_and_has_to_send_the_photo():
    d = desk(problem=Problem.SHORT_OR_MISSING)
    for check in (Check.CONVERSATION, Check.ORDER, Check.TRACKING, Check.STAFF_ERROR):
        d.take(ls.RecordCheck(actor=b.LIN, check=check, finding=Finding.IN_ORDER, note="nothing found"))
    m.photographed(d).take(m.judge(fault=""))
    d.take(m.offer(RESHIP))
    assert d.state == "waiting_for_customer"


def test_what_costs_too_much_is_made_good_at_once_after_its_approval():
    d = our_own_short_shipment()
    d.take(m.offer(RESHIP, worth="600.00"))
    assert d.complaint.fulfilments == ()
    d.take(m.approve_offer())
    assert d.happened()[-2:] == ["proposal_approved", "accepted_by_rule"]
    assert d.letters()[-1] == "at_once"
    assert [part.kind for part in d.complaint.fulfilments] == [RESHIP]


# -- after the inspection ---------------------------------------------------------------------------------------


def test_goods_that_failed_the_inspection_are_settled_first_whatever_is_added():
    d = desk()
    m.failed(d)
    with pytest.raises(no.RemedyDoesNotFit):
        d.take(m.offer(COUPON, worth="10.00"))
    d.take(m.offer(RemedyKind.SEND_BACK, m.beside(COUPON, worth="10.00")))
    d.take(m.accept(2))
    d.take(m.coupon(1))
    assert not at.carried_out(d.complaint)


def test_an_explanation_does_not_settle_goods_that_failed_the_inspection():
    d = desk()
    m.failed(d)
    d.take(m.propose(RemedyKind.PART_REFUND, "10.00"))
    d.take(m.decline(2))
    d.take(ls.Explain(actor=b.LIN, words="it is made by hand"))
    d.take(ls.ReportEffect(actor=b.CUSTOMER, helped=True))
    assert d.state == "inspection_failed"
    d.take(m.propose(RemedyKind.SEND_BACK, None))


# -- the dry run -----------------------------------------------------------------------------------------------


def weighed(d: Desk) -> dict[RemedyKind, Weighed]:
    return {each.kind: each for each in weigh(d.complaint)}


def test_the_dry_run_says_what_each_would_cost_and_why_one_is_not_open():
    d = desk(quantity=1)
    assert {each.refusal.code for each in weigh(d.complaint) if each.refusal} == {"not_judged"}
    m.judged(d)
    found = weighed(d)
    refund = found[REFUND]
    assert (refund.open, refund.most, refund.cost) == (True, b.yuan("150.00"), b.yuan("150.00"))
    assert refund.freight_up_to == b.yuan("30.00")
    assert (found[EXCHANGE].most, found[EXCHANGE].cost) == (None, b.yuan("150.00"))
    assert (found[COUPON].open, found[COUPON].cost) == (True, None)
    assert found[APOLOGY].cost == b.yuan("0.00")
    send_back = found[RemedyKind.SEND_BACK]
    assert not send_back.open
    assert send_back.refusal is not None
    assert send_back.refusal.code == "remedy_does_not_fit"


def test_the_dry_run_says_what_would_be_goodwill_and_who_approves():
    found = weighed(unconfirmed())
    comp = found[COMP]
    assert comp.refusal is not None
    assert (comp.open, comp.goodwill, comp.approver) == (False, True, Role.SUPERVISOR)
    assert comp.refusal.code == "fault_not_confirmed"
    assert (found[APOLOGY].open, found[APOLOGY].approver) == (True, None)
    dear = m.judged(desk(order_facts=b.order(paid="9000.00")))
    assert weighed(dear)[REFUND].approver is Role.CENTRE_MANAGER


def test_the_dry_run_of_a_closed_case_and_of_one_that_paid_all_opens_nothing_that_pays():
    d = desk()
    m.settle_slip(d, m.compensated(d, "300.00"), b.WU, b.SUN)
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    comp = weighed(d)[COMP]
    assert comp.refusal is not None
    assert comp.refusal.code == "above_line_paid"
    assert weighed(d)[COUPON].open
    d.take(m.close())
    assert {each.refusal.code for each in weigh(d.complaint) if each.refusal} == {"case_closed"}
    assert not any(each.open for each in weigh(d.complaint))


def test_what_the_dry_run_opens_can_be_proposed_and_what_it_does_not_is_refused_with_that_code():
    for d in (m.judged(desk()), unconfirmed(), our_own_short_shipment(), desk()):
        for each in weigh(d.complaint):
            money = each.most.amount() if each.most else None
            worth = {"worth": "1.00"} if each.kind is COUPON else {}
            refund = {"refund": money} if money else {}
            trial = Desk(d.complaint)
            step = m.offer(each.kind, **refund, **worth)
            if each.open:
                trial.take(step)
                continue
            assert each.refusal is not None
            with pytest.raises(Refusal) as caught:
                trial.take(step)
            assert caught.value.code == each.refusal.code

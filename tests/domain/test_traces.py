"""Late, wrong and lost delivery: the courier is asked with a deadline, and what was given up may turn up."""

from __future__ import annotations

import pytest

from domain.complaint import situation
from domain.complaint import steps as cs
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.state import Finding
from domain.complaint.problems import Check, Problem, RemedyKind
from domain.complaint.requests import refusals as no
from domain.complaint.requests.state import TraceResult
from domain.people import Actor, Role
from domain.refusals import CaseClosed
from tests import builders as b
from tests.domain import asking as a
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.looks import refused

REFUND = m.propose(RemedyKind.REFUND, "150.00")


def repaid() -> Desk:
    """A lost parcel whose price finance has paid."""
    d = a.lost()
    d.take(m.judge())
    d.take(REFUND)
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    assert d.state == "to_call_back"
    return d


# -- wrong or lost [F][D] -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("problem", [Problem.LOST_DELIVERY, Problem.WRONG_DELIVERY])
def test_the_parcel_is_traced_before_a_remedy_that_costs(problem: Problem):
    d = desk(problem=problem)
    assert "trace" in d.tasks()
    d.take(m.photos())
    d.take(m.judge())
    assert refused(d, REFUND) is no.TraceFirst
    d.take(m.propose(RemedyKind.APOLOGY, None))


def test_the_trace_is_on_the_logistics_list_with_a_deadline_of_a_day_and_the_customer_knows_until_when():
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(a.trace())
    (waits,) = [each for each in d.view().tasks if each.key == "request-1"]
    assert (waits.desk, waits.due_at) == (Role.LOGISTICS, d.now + b.DAY)
    assert d.complaint.letters[-1].kind == "trace_asked"
    assert d.complaint.letters[-1].says == {"tracking": "SF0000000001", "due": waits.due_at.isoformat()}
    assert d.state == "waiting_for_desk"


def test_a_lost_parcel_is_refunded_without_a_return():
    d = repaid()
    assert d.paid() == 15_000
    assert not d.complaint.returns
    assert "trace_result" in d.letters()
    d.take(m.call_back(cs.CallResult.SATISFIED))
    assert d.state == "resolved"


def test_a_courier_who_does_not_answer_in_time_holds_up_the_case_no_longer():
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(a.trace())
    assert refused(d, m.judge()) is no.RequestUnanswered
    d.wait(b.DAY)
    assert d.letters()[-1] == "answer_delayed"
    assert d.state == "to_judge"
    d.take(m.judge())
    d.take(REFUND)
    d.take(a.traced(TraceResult.FOUND))
    (told,) = a.request(d).answers
    assert (told.overdue, told.afterwards) == (True, True)


def test_a_withdrawn_trace_counts_as_none():
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(a.trace())
    d.take(a.withdraw())
    d.take(m.judge())
    assert refused(d, REFUND) is no.TraceFirst
    assert "trace" in d.tasks()


@pytest.mark.parametrize("result", TraceResult)
def test_every_result_of_a_trace_reaches_the_customer_with_until_when_we_decide(result: TraceResult):
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(a.trace())
    d.take(a.traced(result))
    letter = d.complaint.letters[-1]
    assert letter.kind == "trace_result"
    assert letter.says["parcel"] == result.value
    judged_by = d.complaint.due("judgement")
    assert judged_by is not None
    assert letter.says["due"] == judged_by.isoformat()


def test_a_parcel_that_only_moves_again_is_traced_once_more_if_it_does_not_come():
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(a.trace())
    d.take(a.traced(TraceResult.MOVING))
    d.wait(b.DAY)
    d.take(a.send_back())
    assert d.complaint.running("trace#1") is not None
    d.take(a.traced(TraceResult.LOST))
    assert [each.traced for each in a.request(d).answers] == [TraceResult.MOVING, TraceResult.LOST]


# -- late [T][S] --------------------------------------------------------------------------------------------------


def test_of_a_late_parcel_the_courier_is_chased_once_the_lateness_is_found_to_be_the_couriers():
    d = desk(problem=Problem.LATE_DELIVERY)
    assert "trace" not in d.tasks()
    for check, finding in ((Check.TRACKING, Finding.UNDER_WAY), (Check.CAUSE, Finding.THEIR_FAULT)):
        d.take(ls.RecordCheck(actor=b.LU, check=check, finding=finding, note="stands in the depot"))
    assert "trace" in d.tasks()
    d.take(a.trace())
    assert "trace" not in d.tasks()
    d.take(a.traced(TraceResult.MOVING))
    d.take(m.judge())
    d.take(m.propose(RemedyKind.COMPENSATION, "20.00"))


def test_a_late_parcel_that_we_sent_late_is_chased_by_nobody():
    d = desk(problem=Problem.LATE_DELIVERY)
    d.take(ls.RecordCheck(actor=b.LIN, check=Check.TRACKING, finding=Finding.OUR_FAULT, note="printed a day late"))
    assert "trace" not in d.tasks()
    d.take(m.judge())
    d.take(m.propose(RemedyKind.COMPENSATION, "20.00"))


# -- turning up ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("teller", [b.LU, b.LIN, b.SHOP])
def test_lost_goods_that_turn_up_after_the_refund_come_back_to_a_person(teller: Actor):
    d = repaid()
    d.take(a.turned_up(actor=teller))
    (item,) = [each for each in d.view().tasks if each.key == "outstanding-turned_up#1"]
    assert (item.desk, item.needs_a_person) == (Role.AGENT, True)
    assert "refund" in item.reason
    assert a.request(d).turned_up == "handed in at the depot, unopened"
    assert refused(d, a.turned_up()) is no.NothingGivenUp


def test_also_when_the_case_was_closed_weeks_ago_and_it_is_filed_once_that_is_settled():
    d = repaid()
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    d.wait(29 * b.DAY)
    assert not situation.filed(d.complaint)
    d.take(a.turned_up())
    assert not situation.filed(d.complaint)
    d.take(m.recovered("turned_up#1"))
    assert situation.filed(d.complaint)


def test_after_the_last_day_the_closed_case_hears_nothing_any_more():
    d = repaid()
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    d.wait(30 * b.DAY)
    assert situation.filed(d.complaint)
    assert d.complaint.late_news_over


def test_a_case_that_was_closed_with_nothing_in_place_of_the_goods_waits_for_nothing():
    d = a.lost()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.post()
    assert situation.filed(d.complaint)


def test_goods_that_turn_up_before_anything_was_agreed_are_judged_anew():
    d = a.lost()
    d.take(a.turned_up())
    assert "judge anew" in d.complaint.troubles[0].sentence


def test_goods_that_were_never_given_up_do_not_turn_up():
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(a.trace())
    assert refused(d, a.turned_up()) is no.NothingGivenUp
    d.take(a.traced(TraceResult.FOUND))
    assert refused(d, a.turned_up()) is no.NothingGivenUp


def test_a_closed_case_takes_no_other_word_about_its_requests():
    d = repaid()
    d.take(m.call_back(cs.CallResult.SATISFIED))
    assert refused(d, a.send_back()) is CaseClosed
    assert refused(d, a.ask()) is CaseClosed

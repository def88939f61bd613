"""Each problem follows its own flow: what it asks for, in which order, and what is open then."""

from __future__ import annotations

from dataclasses import fields

import pytest

from domain.complaint.book import BOOK
from domain.complaint.looking_into import questions as ask
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.refusals import ChecksMissing, ConversationNotAttached, ExplainFirst
from domain.complaint.looking_into.state import Finding, RecordKind
from domain.complaint.own_clocks import EVERYWHERE, own_clocks
from domain.complaint.problems import PROBLEMS, Check, FaultKind, PhotoRule, Problem, RemedyKind
from domain.complaint.refusals import EvidenceMissing, FaultNotConfirmed, RemedyDoesNotFit, RemedyUnderWay
from domain.complaint.sorting import steps as ss
from domain.complaint.state import Channel
from domain.complaint.steps import CallResult, SupplyFacts
from domain.dock.book import CLOCKS as OF_THE_DOCK
from domain.people import Actor
from domain.policy import ClockRules
from domain.refusals import CaseClosed
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.looks import refused

COMP = RemedyKind.COMPENSATION


def found(check: Check, finding: Finding = Finding.IN_ORDER, actor: Actor = b.LIN) -> ls.RecordCheck:
    return ls.RecordCheck(actor=actor, check=check, finding=finding, note="looked it up")


def explained(d: Desk, *, helped: bool) -> None:
    d.take(ls.Explain(actor=b.LIN, words="hand-made glaze differs from piece to piece"))
    d.take(ls.ReportEffect(actor=b.CUSTOMER, helped=helped))


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_its_row_with_a_source_and_a_way_to_an_outcome(problem: Problem):
    row = PROBLEMS[problem]
    assert set(row.source.split(",")) <= {"D", "T", "E", "S", "F", "O"}
    assert row.remedies
    assert len(set(row.remedies)) == len(row.remedies)
    assert not {RemedyKind.PART_REFUND, RemedyKind.SEND_BACK} & set(row.remedies)


@pytest.mark.parametrize("problem", [p for p, row in PROBLEMS.items() if row.photo is PhotoRule.NEVER])
def test_a_problem_that_no_photo_belongs_to_waits_for_none(problem: Problem):
    d = desk(problem=problem)
    assert "evidence" not in {clock.name for clock in d.complaint.clocks}
    first = d.complaint.letters[0]
    assert first.kind == "acknowledged"
    assert "photos" not in first.says["missing"]


# -- not as imagined [T] ------------------------------------------------------------------------------------------


def test_goods_that_are_not_as_imagined_are_explained_first_and_money_follows_only_in_vain():
    d = desk(problem=Problem.NOT_AS_IMAGINED)
    d.take(m.judge())
    assert refused(d, m.propose(COMP, "20.00")) is ExplainFirst
    explained(d, helped=False)
    d.take(m.propose(COMP, "20.00"))
    assert d.state == "waiting_for_customer"


def test_an_explanation_that_helped_is_the_outcome_and_is_called_back_as_any():
    d = desk(problem=Problem.NOT_AS_IMAGINED)
    d.take(m.judge())
    explained(d, helped=True)
    assert d.state == "to_call_back"
    d.take(m.call_back(CallResult.SATISFIED))
    assert d.state == "resolved"


def test_a_photo_that_comes_after_the_explanation_helped_brings_nobody_to_judge():
    d = desk()
    explained(d, helped=True)
    d.take(m.photos())
    assert d.state == "to_call_back"
    assert "judge" not in d.tasks()


def test_a_customer_who_is_not_satisfied_after_all_is_not_sent_back_to_the_explanation_that_helped():
    d = desk(problem=Problem.NOT_AS_IMAGINED)
    d.take(m.judge())
    explained(d, helped=True)
    d.take(m.call_back(CallResult.NOT_SATISFIED))
    assert d.state == "to_propose"
    assert refused(d, m.propose(COMP, "20.00")) is ExplainFirst
    explained(d, helped=False)
    d.take(m.propose(COMP, "20.00"))


def test_an_effect_is_heard_once_and_an_agent_says_where():
    d = desk(problem=Problem.NOT_AS_IMAGINED)
    d.take(ls.Explain(actor=b.LIN, words="the colour is meant so"))
    assert refused(d, ls.ReportEffect(actor=b.LIN, helped=True)).__name__ == "HeardWhere"
    d.take(ls.ReportEffect(actor=b.LIN, helped=False, heard_on=Channel.PHONE))
    assert refused(d, ls.ReportEffect(actor=b.CUSTOMER, helped=True)).__name__ == "NothingExplained"


# -- service [T][O] -----------------------------------------------------------------------------------------------


def test_the_conversation_is_attached_and_read_before_service_is_judged_and_not_by_whom_it_is_about():
    d = desk(problem=Problem.SERVICE, fault_kind=FaultKind.ATTITUDE)
    assert d.state == "to_look_into"
    assert refused(d, m.judge()) is ChecksMissing
    assert refused(d, found(Check.CONVERSATION, Finding.OUR_FAULT)) is ConversationNotAttached
    d.take(ls.AttachRecord(actor=b.LIN, kind=RecordKind.CONVERSATION, title="chat", words=b.sealed("record")))
    d.take(found(Check.CONVERSATION, Finding.OUR_FAULT))
    d.take(ss.NameConcerned(actor=b.LIN, person=b.LIN.person))
    assert refused(d, m.judge()).__name__ == "ConcernedMayNotJudge"
    d.take(m.judge(b.MEI))
    d.take(m.propose(COMP, "20.00"))


def test_a_remark_stays_with_the_desk():
    d = desk(problem=Problem.SERVICE)
    d.take(ss.AddRemark(actor=b.LIN, words="seems to look for a reason to return"))
    assert "remarks" in (d.view().story or {})
    assert "remarks" not in BOOK.told_to_customers
    assert all("reason to return" not in str(letter.says) for letter in d.complaint.letters)


# -- short or missing [T] -----------------------------------------------------------------------------------------


def test_our_own_short_shipment_needs_no_photo_and_no_further_checks():
    d = desk(problem=Problem.SHORT_OR_MISSING)
    assert d.tasks() >= {"check"}
    d.take(found(Check.CONVERSATION))
    d.take(found(Check.ORDER, Finding.OUR_FAULT))
    assert d.state == "to_judge"
    d.take(m.judge())
    d.take(m.propose(RemedyKind.REFUND, "20.00"))
    assert d.state == "waiting_for_customer"


def test_with_everything_correct_on_our_side_a_photo_is_asked_for_before_any_remedy():
    d = desk(problem=Problem.SHORT_OR_MISSING)
    assert "evidence" not in {clock.name for clock in d.complaint.clocks}
    for check in PROBLEMS[Problem.SHORT_OR_MISSING].checks:
        d.take(found(check))
    assert d.state == "waiting_for_evidence"
    assert d.complaint.running("evidence") is not None
    d.take(m.judge())
    assert refused(d, m.propose(RemedyKind.REFUND, "20.00")) is EvidenceMissing
    d.take(m.photos())
    d.take(m.propose(RemedyKind.REFUND, "20.00"))


def test_a_second_parcel_under_way_is_told_at_once():
    d = desk(problem=Problem.SHORT_OR_MISSING)
    d.take(found(Check.CONVERSATION))
    d.take(found(Check.ORDER))
    d.take(found(Check.TRACKING, Finding.UNDER_WAY))
    assert d.letters()[-1] == "second_parcel"
    assert not ask.needs_photo(d.complaint)


@pytest.mark.parametrize("early", [Check.ORDER, Check.TRACKING, Check.STAFF_ERROR, Check.CAUSE])
def test_checks_are_made_in_their_order(early: Check):
    assert refused(desk(problem=Problem.SHORT_OR_MISSING), found(early)).__name__ == "CheckNotDue"


def test_a_check_may_be_corrected_and_both_findings_stay_on_record():
    d = desk(problem=Problem.LATE_DELIVERY)
    d.take(found(Check.TRACKING))
    d.take(found(Check.TRACKING, Finding.THEIR_FAULT))
    assert [made.finding for made in d.complaint.checks] == [Finding.IN_ORDER, Finding.THEIR_FAULT]
    assert ask.checks_missing(d.complaint) == (Check.CAUSE,)


# -- damaged by carriage [T] --------------------------------------------------------------------------------------


def test_whether_a_damaged_parcel_was_taken_in_is_asked_for_and_decides_what_counts():
    d = desk(problem=Problem.DAMAGED)
    assert d.state == "waiting_for_facts"
    assert "signed_for" in d.complaint.letters[0].says["missing"]
    d.take(SupplyFacts(actor=b.CUSTOMER, signed_for=True))
    assert d.state == "waiting_for_evidence"


def test_for_goods_refused_at_the_door_the_couriers_note_counts_and_no_photo():
    d = desk(problem=Problem.DAMAGED, signed_for=False)
    assert d.state == "to_look_into"
    d.take(found(Check.COURIERS_NOTE, Finding.THEIR_FAULT, b.LU))
    d.take(m.judge())
    d.take(m.propose(RemedyKind.REFUND, "150.00"))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    assert d.state == "to_call_back"


# -- quality: excepted kinds [S] ----------------------------------------------------------------------------------


def test_a_fault_that_no_photo_shows_is_excused_and_the_goods_come_in_first():
    d = desk()
    d.take(ls.ExemptFromPhoto(actor=b.LIN, fault_kind=FaultKind.INSOLE, reason="came loose inside the shoe"))
    assert d.complaint.fault_kind is FaultKind.INSOLE
    assert d.complaint.running("evidence") is None
    d.take(m.judge())
    assert refused(d, m.propose(COMP, "20.00")).__name__ == "InspectionDecides"
    d.take(m.propose())
    assert d.state == "waiting_for_customer"


# -- what was promised outside [S][O] -----------------------------------------------------------------------------


def outside(kind: RemedyKind = COMP, refund: str | None = "20.00") -> ls.RecordOutsidePromise:
    return ls.RecordOutsidePromise(
        actor=b.LIN,
        kind=kind,
        refund=b.yuan(refund) if refund else None,
        promised_by=b.MEI.person,
        heard_on=Channel.PHONE,
        reason="she said so on the phone",
    )


def test_a_promise_without_evidence_binds_the_shop_up_to_what_was_promised():
    d = desk()
    d.take(m.judge(fault_confirmed=False, fault=""))
    assert refused(d, m.propose(COMP, "20.00")) is EvidenceMissing
    d.take(outside())
    assert refused(d, m.propose(COMP, "20.01")) is EvidenceMissing
    assert refused(d, m.propose(RemedyKind.RETURN_AND_REFUND, "20.00")) is EvidenceMissing
    d.take(m.propose(COMP, "20.00"))
    assert d.state == "waiting_for_customer"


def test_a_promise_does_not_lift_the_ceiling():
    d = desk()
    d.take(m.judge())
    d.take(outside(refund="999.00"))
    assert refused(d, m.propose(COMP, "999.00")).__name__ == "AboveLinePaid"


# -- another class later [F] --------------------------------------------------------------------------------------


def test_a_case_put_into_another_class_follows_the_new_flow_and_loses_nothing():
    d = desk(problem=Problem.LATE_DELIVERY)
    d.take(found(Check.TRACKING))
    started = {clock.name: clock.started_at for clock in d.complaint.clocks}
    d.wait(b.HOUR)
    d.take(ss.Reclassify(actor=b.LIN, problem=Problem.SHORT_OR_MISSING, reason="half of it came"))
    assert {clock.name: clock.started_at for clock in d.complaint.clocks if clock.name in started} == started
    assert [each.problem for each in d.complaint.sorted_as] == [Problem.LATE_DELIVERY, Problem.SHORT_OR_MISSING]
    assert d.complaint.sorted_as[-1].by == b.LIN
    assert ask.checks_missing(d.complaint) == (Check.CONVERSATION, Check.ORDER, Check.STAFF_ERROR)
    assert d.view().problem == "short_or_missing"


def test_a_judgement_of_the_old_class_stays_on_record_and_no_longer_counts():
    d = m.judged(desk())
    d.take(ss.Reclassify(actor=b.LIN, problem=Problem.NOT_AS_IMAGINED, reason="nothing is broken"))
    assert d.complaint.judgement is None
    assert len(d.complaint.judgements) == 1
    assert d.state == "to_judge"


def test_an_open_proposal_that_does_not_fit_the_new_class_is_taken_back():
    d = m.judged(desk())
    d.take(m.propose(COMP, "20.00"))
    d.take(ss.Reclassify(actor=b.LIN, problem=Problem.CHANGED_MIND, reason="no fault at all"))
    assert refused(d, m.accept()).__name__ == "NoProposalOpen"


def test_once_a_remedy_is_agreed_the_class_stays():
    d = m.judged(desk())
    d.take(m.propose(COMP, "20.00"))
    d.take(m.accept())
    assert refused(d, ss.Reclassify(actor=b.LIN, problem=Problem.OTHER, reason="too late")) is RemedyUnderWay


def test_a_remedy_that_the_class_does_not_know_does_not_fit():
    d = desk(problem=Problem.LATE_DELIVERY)
    d.take(found(Check.TRACKING))
    d.take(found(Check.CAUSE, Finding.THEIR_FAULT))
    d.take(m.judge())
    assert refused(d, m.propose()) is RemedyDoesNotFit


def test_without_its_ground_a_remedy_is_refused_in_every_class():
    d = desk(problem=Problem.OTHER)
    d.take(m.judge(fault_confirmed=False, fault=""))
    assert refused(d, m.propose(COMP, "20.00")) is FaultNotConfirmed


# -- endings ------------------------------------------------------------------------------------------------------


def test_a_case_passed_to_the_platform_is_closed_with_its_reference_and_the_customer_is_told():
    d = desk(problem=Problem.OTHER)
    d.take(ss.PassToPlatform(actor=b.WU, reason="the platform decides", reference="TM-1"))
    assert d.state == "passed_to_platform"
    assert d.complaint.letters[-1].says["outcome"] == "passed_to_platform"
    assert refused(d, m.judge()) is CaseClosed


def test_it_is_not_passed_on_while_money_is_under_way():
    d = desk()
    m.compensated(d)
    passed = ss.PassToPlatform(actor=b.WU, reason="the platform decides", reference="TM-1")
    assert refused(d, passed).__name__ == "PaymentUnderWay"


# -- records ------------------------------------------------------------------------------------------------------


def test_a_record_is_kept_with_its_hash_who_and_when_and_its_words_stay_sealed():
    d = desk()
    words = ls.AttachRecord(
        actor=b.CUSTOMER, kind=RecordKind.STATEMENT, title="in own words", words=b.sealed("words"), words_digest="ab"
    )
    d.take(words)
    (item,) = d.complaint.records
    assert (item.number, item.digest, item.by, item.at) == (1, "ab", b.CUSTOMER, d.now)
    assert d.view().sealed is not None
    assert "record_1" in (d.view().sealed or {})
    assert "box-of" not in str(d.view().story)


def test_every_clock_of_the_policy_belongs_to_every_complaint_to_a_problem_or_to_the_dock():
    rows = {each.name for each in fields(ClockRules)}
    assert rows | {"first_reply"} == EVERYWHERE.union(*map(own_clocks, Problem)) | OF_THE_DOCK

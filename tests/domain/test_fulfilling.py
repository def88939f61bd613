"""What was agreed is carried out part by part, each followed to its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.schemas.case import as_customers_see_it
from domain.casework import letters_to_send
from domain.complaint import refusals as no
from domain.complaint import situation as at
from domain.complaint import steps as cs
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling import refusals as unfit
from domain.complaint.fulfilling.state import PartState
from domain.complaint.looking_into import steps as ls
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.watching import steps as ws
from domain.complaint.watching.rules import MOST_PARCELS
from domain.complaint.watching.state import ParcelState, Why
from domain.people import Role
from domain.shared_steps import ReportTelling
from tests import builders as b
from tests.domain import asking
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.looks import task

COMP, COUPON, APOLOGY, CORRECTION = (
    RemedyKind.COMPENSATION,
    RemedyKind.COUPON,
    RemedyKind.APOLOGY,
    RemedyKind.CORRECTION,
)
RESHIP, EXCHANGE, REPAIR = RemedyKind.RESHIPMENT, RemedyKind.EXCHANGE, RemedyKind.REPAIR


def lost(*also: object, **more: object) -> Desk:
    """A lost parcel; a reshipment agreed, with whatever stands beside it."""
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(asking.trace())
    d.take(asking.traced())
    d.take(m.judge(fault=""))
    d.take(m.offer(RESHIP, *also, worth="80.00", **more))  # type: ignore[arg-type]
    d.take(m.accept())
    return d


# -- each kind to its end --------------------------------------------------------------------------------------


def test_a_reshipment_lies_with_the_label_desk_until_its_number_is_reported_the_same_day():
    d = lost(what="one blue cup")
    waits = task(d, "part-1")
    assert (waits.desk, waits.step) == (Role.LABEL_DESK, "report_part_sent")
    assert "one blue cup" in waits.reason
    assert waits.due_at == d.complaint.due("reshipment#1")
    assert d.offers(b.MA)["report_part_sent"].until == waits.due_at
    assert d.state == "carrying_out"
    d.take(m.part_sent(1, " sf7001 "))
    (parcel,) = fulfil.parcels_to_customer(d.complaint)
    assert (parcel.carrier, parcel.tracking, parcel.state) == ("SF Express", "SF7001", PartState.SENT)
    assert d.complaint.letters[-1].says == {"sent": "reshipment", "carrier": "SF Express", "tracking": "SF7001"}
    assert d.complaint.running("reshipment#1") is None
    assert d.state == "carrying_out"
    d.take(m.seen())
    assert d.state == "to_call_back"
    assert fulfil.parcels_to_customer(d.complaint) == ()


def test_a_label_that_is_late_is_the_supervisors_to_know_by_the_number_of_its_part():
    d = lost()
    d.wait(b.DAY)
    assert task(d, "overdue-reshipment#1").desk is Role.SUPERVISOR
    breach = [event for event in d.events[d.complaint.case] if getattr(event, "clock", "") == "reshipment#1"]
    told = [type(event).__name__ for event in breach]  # each told by the part's number
    assert told == ["ClockWarned", "ClockBreached", "ClockEscalated"]


def test_each_part_has_a_clock_of_its_own():
    d = lost(m.beside(COUPON, worth="10.00"), m.beside(CORRECTION))
    assert {clock.name for clock in d.complaint.clocks if clock.ended_at is None} >= {
        "reshipment#1",
        "coupon#2",
        "correction#3",
    }
    d.take(m.coupon(2))
    assert d.complaint.running("coupon#2") is None
    assert d.complaint.running("reshipment#1") is not None


def test_a_coupon_is_issued_by_the_agent_and_its_code_is_sealed_with_its_end_shown():
    d = m.agreed(desk(), COUPON, worth="10.00")
    assert task(d, "part-1").desk is Role.AGENT
    d.take(m.coupon())
    assert (d.view().sealed or {})["coupon_1"] == b.sealed("code")
    (shown,) = (d.view().story or {})["fulfilments"]  # type: ignore[misc]
    assert (shown["code_shown"], shown["state"]) == ("…77AF", "done")
    assert d.complaint.letters[-1].says == {"amount": "10.00 CNY", "code": "…77AF"}
    assert d.state == "to_call_back"


def test_a_correction_is_recorded_in_words_that_the_customer_reads():
    d = desk(problem=Problem.OPERATION)
    d.take(asking.ask())
    d.take(asking.answer())
    d.take(m.judge(fault=""))
    d.take(m.offer(CORRECTION, what="the invoice"))
    d.take(m.accept())
    department = b.Actor("p-tao", Role.DEPARTMENT, "Tao")
    d.take(m.corrected(actor=department))
    assert d.complaint.letters[-1].says == {"words": "the invoice names the company now"}
    assert d.state == "to_call_back"


def test_an_apology_is_a_letter_in_the_agents_words_and_done_once_it_was_sent():
    d = m.agreed(desk(), APOLOGY, apology="We were rude to you, and are ashamed of it.")
    letter = d.complaint.letters[-1]
    assert (letter.kind, letter.says["words"]) == ("apology", "We were rude to you, and are ashamed of it.")
    assert d.state == "carrying_out"
    assert not any(each.key.startswith("part-") for each in d.view().tasks)
    d.post()
    assert d.state == "to_call_back"


def test_an_apology_that_no_machine_can_send_is_done_once_a_person_told_it():
    d = m.agreed(desk(), APOLOGY)
    d.mail_bounces()
    assert d.state == "carrying_out"
    d.take(ReportTelling(actor=b.LIN, number=len(d.complaint.letters), how="phone"))
    assert d.state == "to_call_back"


def test_a_second_apology_waits_for_its_own_letter():
    d = m.apologised(desk())
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    d.take(m.propose(APOLOGY, None))
    d.take(m.accept(2))
    assert not at.carried_out(d.complaint)
    d.post()
    assert at.carried_out(d.complaint)


def test_several_parts_end_in_any_order_and_the_outcome_stands_after_the_last():
    d = lost(m.beside(COUPON, worth="10.00"), m.beside(COMP, refund="20.00"), m.beside(APOLOGY))
    d.take(m.coupon(2))
    m.settle_slip(d, d.complaint.payments[0].case)
    d.take(m.part_sent(1))
    d.take(m.seen())
    assert d.state == "carrying_out"
    d.post()
    assert d.state == "to_call_back"


def test_what_only_the_desk_knows_of_a_part_is_not_shown_to_the_customer():
    d = lost()
    d.take(m.part_failed())
    seen = as_customers_see_it(d.view()).story or {}
    assert [each["state"] for each in seen["fulfilments"]] == ["failed"]  # type: ignore[attr-defined]
    assert "not in stock" not in str(seen)
    assert "80.00" not in str(seen)
    assert "not in stock" in str((d.view().story or {})["fulfilments_inside"])


# -- the parcel on its way -------------------------------------------------------------------------------------


def test_what_was_sent_is_watched_from_then_on_until_it_has_come():
    d = lost()
    d.take(m.part_sent())
    (parcel,) = d.complaint.parcels
    assert (parcel.tracking, parcel.why) == ("SF7001", Why.RESHIPMENT)
    d.take(m.seen(ParcelState.MOVING))
    assert d.state == "carrying_out"
    d.take(m.seen())
    assert d.complaint.fulfilments[0].state is PartState.DONE
    assert d.complaint.fulfilments[0].ended_at == d.now


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        ((ParcelState.LOST,), "the parcel was lost on its way"),
        ((ParcelState.REFUSED, ParcelState.ARRIVED), "the parcel was refused and is back"),
    ],
    ids=["lost", "refused and back"],
)
def test_a_parcel_that_does_not_reach_the_customer_brings_the_part_back_to_the_agent(
    looks: tuple[ParcelState, ...], said: str
):
    d = lost()
    d.take(m.part_sent())
    for result in looks:
        assert d.state == "carrying_out"
        d.take(m.seen(result))
    assert d.state == "part_failed"
    assert said in task(d, "propose").reason
    d.take(m.propose(RemedyKind.REFUND, "290.00"))
    d.take(m.accept(2))
    m.settle_slip(d, d.complaint.payments[0].case, b.WU, b.SUN)
    assert d.state == "to_call_back"


def test_a_parcel_that_a_person_gave_up_watching_counts_as_come():
    d = lost()
    d.take(m.part_sent())
    d.take(ws.GiveUpWatch(actor=b.LU, tracking="SF7001", reason="the customer says it is there"))
    assert d.state == "to_call_back"


def test_a_case_that_watches_as_many_parcels_as_it_may_waits_for_no_further_one():
    d = lost()
    for number in range(MOST_PARCELS):
        d.take(ws.WatchParcel(actor=b.LU, tracking=f"SF80{number:02d}", carrier="SF", why=Why.RETURN))
    d.take(m.part_sent())
    assert d.state == "to_call_back"


# -- a part that fails -----------------------------------------------------------------------------------------


def test_a_part_that_fails_comes_back_to_the_agent_with_the_reason_and_the_others_go_on():
    d = lost(m.beside(COUPON, worth="10.00"))
    d.take(m.part_failed(1, b.MA))
    assert d.state == "part_failed"
    back = task(d, "propose")
    assert (back.desk, back.step) == (Role.AGENT, "propose_remedy")
    assert "not in stock any more" in back.reason
    assert d.complaint.letters[-1].kind == "part_failed"
    assert d.complaint.letters[-1].says["due"]
    d.take(m.propose(RemedyKind.REFUND, "290.00"))
    d.take(m.accept(2))
    m.settle_slip(d, d.complaint.payments[0].case, b.WU, b.SUN)
    assert d.state == "carrying_out"
    d.take(m.coupon(2))
    assert d.state == "to_call_back"


def test_the_agent_proposes_anew_only_when_no_money_is_in_the_air():
    d = lost(m.beside(COMP, refund="20.00"))
    d.take(m.part_failed(1))
    assert d.state == "paying"
    assert "propose" not in d.tasks()
    m.settle_slip(d, d.complaint.payments[0].case)
    assert d.state == "part_failed"
    assert "propose" in d.tasks()


def test_a_silent_customer_is_not_filed_while_a_part_lies_with_a_desk():
    d = lost(m.beside(COUPON, worth="10.00"))
    d.take(m.part_failed(1))
    d.take(m.propose(RemedyKind.REFUND, "290.00"))
    d.wait(b.HOUR * 73)
    d.take(cs.RecordCall(actor=b.LIN, reached=False))
    assert "declare_no_answer" not in {each.step for each in d.view().tasks}
    with pytest.raises(unfit.PartUnderWay):
        d.take(cs.DeclareNoAnswer(actor=b.LIN, reason="no answer", message="write to us"))
    d.take(m.coupon(2))
    assert "declare_no_answer" in {each.step for each in d.view().tasks}


def test_a_claim_is_not_refused_while_a_part_lies_with_a_desk():
    d = lost(m.beside(COUPON, worth="10.00"))
    d.take(m.part_failed(1))
    d.take(m.propose(RemedyKind.REFUND, "290.00"))
    d.take(m.decline(2))
    d.take(m.judge(fault_confirmed=False, fault=""))
    with pytest.raises(no.RemedyUnderWay):
        d.take(cs.RefuseClaim(actor=b.LIN, reason="it came after all"))
    d.take(m.coupon(2))
    d.take(cs.RefuseClaim(actor=b.LIN, reason="it came after all"))


def test_an_explanation_settles_nothing_while_a_part_lies_with_a_desk():
    d = lost(m.beside(COUPON, worth="10.00"))
    d.take(m.part_failed(1))
    d.take(m.propose(RemedyKind.REFUND, "290.00"))
    d.take(m.decline(2))
    d.take(ls.Explain(actor=b.LIN, words="it is with your neighbour"))
    d.take(ls.ReportEffect(actor=b.CUSTOMER, helped=True))
    assert not at.carried_out(d.complaint)
    d.take(m.coupon(2))
    assert at.carried_out(d.complaint)


# -- who and when ----------------------------------------------------------------------------------------------


def test_a_part_is_reported_once_and_by_its_desk_only():
    d = lost(m.beside(COUPON, worth="10.00"))
    with pytest.raises(unfit.NotYourPart):
        d.take(m.part_failed(2, b.MA))
    with pytest.raises(unfit.PartNotLikeThis):
        d.take(m.coupon(1))
    d.take(m.part_sent(1))
    with pytest.raises(unfit.NothingToCarryOut):
        d.take(m.part_sent(1))
    with pytest.raises(unfit.PartNotLikeThis):
        d.take(m.part_failed(1))
    assert not d.offers(b.ZHAO)["report_part_failed"].open
    department = b.Actor("p-tao", Role.DEPARTMENT, "Tao")
    with pytest.raises(unfit.NotYourPart):
        d.take(m.part_failed(2, department))


def test_what_lies_with_a_desk_or_went_out_cannot_simply_be_withdrawn():
    d = lost()
    with pytest.raises(no.Irreversible):
        d.take(cs.Withdraw(actor=b.CUSTOMER))
    d.take(m.part_failed())
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    assert d.state == "withdrawn"


def test_an_apology_keeps_nobody_from_withdrawing():
    d = m.agreed(desk(), APOLOGY)
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    assert d.state == "withdrawn"


def test_goods_that_pass_after_the_closing_begin_nothing():
    d = m.agreed(desk(), EXCHANGE, worth="40.00")
    name = d.complaint.returns[0].case
    d.at_once = False
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    d.report_one()
    d.take(m.close())
    d.deliver(0)
    assert d.complaint.returns[0].result == "passed"
    assert d.complaint.fulfilments == ()


def test_one_letter_goes_out_for_one_apology_and_none_for_an_agreement_without():
    d = m.agreed(desk(), COMP, refund="10.00")
    assert "apology" not in d.letters()
    d = m.agreed(desk(), COMP, m.beside(APOLOGY), refund="10.00")
    assert d.letters().count("apology") == 1
    assert {letter.kind for letter in letters_to_send(d.complaint)} >= {"apology"}


def test_what_is_out_of_stock_comes_back_to_the_agent_with_what_is_there_instead():
    d = desk()
    m.exchanged(d)
    d.take(replace(m.part_failed(1, b.MA), alternatives=("the same cup, green", " ")))
    (task,) = [task for task in d.view().tasks if task.key == "propose"]
    assert task.reason.endswith("not in stock any more; there is instead: the same cup, green")
    assert d.view().story["fulfilments_inside"][0]["alternatives"] == ["the same cup, green"]  # type: ignore[index]

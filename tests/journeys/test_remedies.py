"""Every kind of remedy from its proposal to its end, on the real server: approved, carried out, failed, recovered."""

from __future__ import annotations

from typing import Any

from domain.complaint import steps as s
from domain.complaint.fulfilling import steps as fs
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.state import Finding
from domain.complaint.offering import steps as os
from domain.complaint.offering.state import Part
from domain.complaint.parties import Party, Share
from domain.complaint.problems import Check, Problem, RemedyKind
from domain.complaint.recovering import steps as vs
from domain.complaint.requests.state import TraceResult
from domain.complaint.watching.state import ParcelState
from domain.complaint.watching.steps import RecordParcelCheck
from domain.people import Actor
from domain.shared_steps import AddEvidence
from domain.view import CaseView
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.moves import called, goods_back, judge, judged, offer, paid, propose, told
from tests.journeys.people import (
    AGENT,
    CUSTOMER,
    LABEL_DESK,
    LOGISTICS,
    MANAGER,
    SUPERVISOR,
    WAREHOUSE,
)
from tests.journeys.test_other_desks import answer, trace

EXCHANGE, RESHIP, REPAIR = RemedyKind.EXCHANGE, RemedyKind.RESHIPMENT, RemedyKind.REPAIR
COUPON, APOLOGY, COMP = RemedyKind.COUPON, RemedyKind.APOLOGY, RemedyKind.COMPENSATION
SATISFIED = called(s.CallResult.SATISFIED)
TEN_OFF = Part(COUPON, worth=yuan(10))


def accept(number: int = 1) -> s.AcceptProposal:
    return s.AcceptProposal(actor=CUSTOMER, proposal=number)


def sent(part: int = 1) -> fs.ReportPartSent:
    return fs.ReportPartSent(actor=LABEL_DESK, part=part, carrier="SF Express", tracking=f"SF700{part}")


def come(part: int = 1, result: ParcelState = ParcelState.ARRIVED) -> RecordParcelCheck:
    return RecordParcelCheck(actor=LOGISTICS, tracking=f"SF700{part}", result=result)


async def coupon(desk: Desk, case: str, part: int) -> fs.ReportCoupon:
    """The coupon, once the ledger holds its value and the task stands there."""
    await desk.until(case, lambda view: any(task.key == f"part-{part}" for task in view.tasks))
    code = await desk.sealed("code", "SORRY-2026-77AF")
    return fs.ReportCoupon(actor=AGENT, part=part, code=code, code_shown="…77AF")


def failed(part: int, actor: Actor = AGENT) -> fs.ReportPartFailed:
    return fs.ReportPartFailed(actor=actor, part=part, reason="not in stock any more")


def justified(party: Party = Party.SHOP, *shares: Share) -> s.Judge:
    return s.Judge(
        actor=AGENT, fault_confirmed=True, responsible=party, severity=s.Severity.MINOR, fault="crack", shares=shares
    )


def fact(view: CaseView, name: str) -> Any:
    return (view.story or {})[name]


def letters(view: CaseView) -> list[str]:
    return [letter["kind"] for letter in fact(view, "letters")]


async def ends_satisfied(desk: Desk, case: str) -> None:
    await desk.state(case, "to_call_back")
    assert (await desk.step(case, SATISFIED)).view.state == "resolved"
    await desk.replays(case)


async def test_our_own_short_shipment_is_reshipped_at_once_with_a_coupon(desk: Desk) -> None:
    case = await desk.open(problem=Problem.SHORT_OR_MISSING)
    for check, finding in ((Check.CONVERSATION, Finding.IN_ORDER), (Check.ORDER, Finding.OUR_FAULT)):
        await desk.step(case, ls.RecordCheck(actor=AGENT, check=check, finding=finding, note="one was packed of two"))
    await desk.step(case, justified(Party.SHOP))
    at_once = await desk.step(case, offer(RESHIP, TEN_OFF, worth=yuan(40), what="one blue cup"))
    assert at_once.recorded == ("remedy_proposed", "accepted_by_rule", "cost_asked")
    assert at_once.view.state == "carrying_out"
    assert letters(at_once.view)[-1] == "at_once"
    both = await desk.until(case, lambda view: any(task.key == "part-2" for task in view.tasks))
    assert {task.key: task.desk.value for task in both.tasks if task.key.startswith("part-")} == {
        "part-1": "label_desk",
        "part-2": "agent",
    }
    assert await desk.refused(case, accept()) == "no_proposal_open"
    await desk.forward(case, days=4)
    late = await desk.until(case, lambda view: any(task.key == "overdue-reshipment#1" for task in view.tasks))
    assert next(task.desk.value for task in late.tasks if task.key == "overdue-coupon#2") == "supervisor"
    await desk.step(case, await coupon(desk, case, 2))
    gone = await desk.step(case, sent())
    assert [part["tracking"] for part in fact(gone.view, "fulfilments") if "tracking" in part] == ["SF7001"]
    assert any("sending of the goods 1" in line.sentence for line in await desk.story(case))
    assert gone.view.state == "carrying_out"
    await desk.step(case, come())
    await ends_satisfied(desk, case)


async def test_an_exchange_from_the_photo_to_the_new_parcel(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(EXCHANGE, worth=yuan(40), what="tea cup, green"))
    await desk.step(case, accept())
    returned = await goods_back(desk, case)
    view = await desk.until(case, lambda view: "fulfilments" in (view.story or {}))
    assert "tea cup, green" in next(task.reason for task in view.tasks if task.key == "part-1")
    assert (await desk.look(returned)).view.state == "passed"
    await paid(desk, f"{case}-P1", yuan(12))
    await desk.step(case, sent())
    await desk.step(case, come())
    await ends_satisfied(desk, case)


async def test_an_exchange_whose_goods_fail_the_inspection_and_the_supervisors_exception(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(EXCHANGE, worth=yuan(40)))
    await desk.step(case, accept())
    await goods_back(desk, case, packaging_whole=False)
    view = await desk.state(case, "inspection_failed")
    assert "fulfilments" not in (view.story or {})
    assert await desk.refused(case, sent()) == "nothing_to_carry_out"
    await desk.step(case, s.AllowDespiteInspection(actor=SUPERVISOR, reason="The box was thin."))
    await paid(desk, f"{case}-P1", yuan(12))
    await desk.step(case, sent())
    await desk.step(case, come())
    await ends_satisfied(desk, case)


async def test_an_exchange_that_the_supervisor_lets_go_out_first(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(EXCHANGE, worth=yuan(40)))
    await desk.step(case, accept())
    assert await desk.refused(case, sent()) == "nothing_to_carry_out"
    await desk.until(case, lambda view: bool(view.story["returns"]))  # the register of units has answered
    await desk.step(case, fs.ShipFirst(actor=SUPERVISOR, reason="The customer travels tomorrow."))
    await desk.step(case, sent())
    assert await desk.refused(case, sent()) == "nothing_to_carry_out"
    await desk.step(case, come())
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(12))
    await ends_satisfied(desk, case)


async def test_a_repair_is_mended_and_sent_back_in_its_time(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(REPAIR, worth=yuan(25)))
    await desk.step(case, accept())
    await goods_back(desk, case)
    await desk.until(case, lambda view: any(task.key == "part-1" for task in view.tasks))
    await paid(desk, f"{case}-P1", yuan(12))
    mended = await desk.step(case, fs.ReportRepaired(actor=WAREHOUSE, part=1, note="a new handle, fired"))
    assert next(task.desk.value for task in mended.view.tasks if task.key == "part-1") == "label_desk"
    await desk.step(case, sent())
    await desk.step(case, come())
    await ends_satisfied(desk, case)


async def test_of_several_parts_one_fails_and_comes_back_while_the_others_are_followed_to_their_end(desk: Desk) -> None:
    case = await desk.open(problem=Problem.LOST_DELIVERY)
    await desk.step(case, trace())
    await desk.step(case, answer(LOGISTICS, "no scan since Monday", result=TraceResult.LOST))
    await desk.step(case, justified())
    await desk.step(case, offer(RESHIP, TEN_OFF, Part(APOLOGY), worth=yuan(40), apology="We lost your parcel."))
    await desk.step(case, accept())
    back = await desk.step(case, failed(1, LABEL_DESK))
    assert back.view.state == "part_failed"
    assert "not in stock any more" in next(task.reason for task in back.view.tasks if task.key == "propose")
    assert letters(back.view)[-1] == "part_failed"
    assert await desk.refused(case, offer(RemedyKind.REFUND, refund=yuan(89))) == "above_line_paid"
    await desk.step(case, offer(RemedyKind.REFUND, refund=yuan(79)))
    assert await desk.refused(case, s.CloseCase(actor=SUPERVISOR, reason="enough")) == "part_under_way"
    await desk.step(case, accept(2))
    await paid(desk, f"{case}-P1", yuan(79))
    await desk.state(case, "carrying_out")
    await desk.step(case, await coupon(desk, case, 2))
    await told(desk, case, "apology")
    await ends_satisfied(desk, case)


async def test_a_reshipment_that_is_lost_comes_back_to_the_agent(desk: Desk) -> None:
    case = await desk.open(problem=Problem.LOST_DELIVERY)
    await desk.step(case, trace())
    await desk.step(case, answer(LOGISTICS, "no scan since Monday", result=TraceResult.LOST))
    await desk.step(case, justified())
    await desk.step(case, offer(RESHIP, worth=yuan(40)))
    await desk.step(case, accept())
    await desk.step(case, sent())
    lost = await desk.step(case, come(result=ParcelState.LOST))
    assert lost.view.state == "part_failed"
    assert "lost on its way" in next(task.reason for task in lost.view.tasks if task.key == "propose")
    await desk.step(case, offer(RemedyKind.REFUND, refund=yuan(89)))
    await desk.step(case, accept(2))
    await paid(desk, f"{case}-P1", yuan(89))
    await ends_satisfied(desk, case)


async def test_a_dear_proposal_is_approved_before_the_customer_sees_it_and_a_refused_one_never_is(desk: Desk) -> None:
    facts = await desk.register_order(paid=yuan(9000), quantity=1)
    case = await desk.open(order_facts=facts)
    await judged(desk, case)
    waits = await desk.step(case, propose(COMP, yuan(600)))
    assert waits.view.state == "proposal_to_approve"
    assert letters(waits.view) == ["acknowledged"]
    assert await desk.refused(case, accept()) == "no_proposal_open"
    await desk.forward(case, days=4)
    late = await desk.until(case, lambda view: any(task.key == "overdue-proposal_approval" for task in view.tasks))
    assert next(task.desk.value for task in late.tasks if task.key == "overdue-proposal_approval") == "centre_manager"
    rejected = await desk.step(case, os.RejectProposal(actor=SUPERVISOR, proposal=1, reason="half is enough"))
    assert rejected.view.state == "to_propose"
    assert await desk.refused(case, os.ApproveProposal(actor=SUPERVISOR, proposal=1)) == "nothing_to_approve"
    await desk.step(case, offer(COMP, refund=yuan(5001), actor=SUPERVISOR))
    assert await desk.refused(case, os.ApproveProposal(actor=SUPERVISOR, proposal=2)) == "own_proposal"
    approved = await desk.step(case, os.ApproveProposal(actor=MANAGER, proposal=2))
    assert approved.view.state == "waiting_for_customer"
    assert letters(approved.view)[-1] == "proposal"
    await desk.step(case, s.DeclineProposal(actor=CUSTOMER, proposal=2, reason=await desk.sealed("reason", "more")))
    await desk.replays(case)


async def test_goodwill_needs_the_supervisor_and_is_nobodys_debt(desk: Desk) -> None:
    case = await desk.open()
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    await desk.step(case, judge(confirmed=False))
    assert await desk.refused(case, offer(COUPON, worth=yuan(10))) == "fault_not_confirmed"
    waits = await desk.step(case, offer(COUPON, worth=yuan(10), goodwill=True))
    assert waits.view.state == "proposal_to_approve"
    await desk.step(case, os.ApproveProposal(actor=SUPERVISOR, proposal=1))
    await desk.step(case, accept())
    done = await desk.step(case, await coupon(desk, case, 1))
    assert "owed" not in (done.view.story or {})
    await ends_satisfied(desk, case)


async def test_an_expired_proposal_is_not_accepted_and_can_be_made_anew(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(COMP, yuan(20)))
    await desk.forward(case, days=15)
    assert await desk.refused(case, accept()) == "proposal_expired"
    await desk.step(case, propose(COMP, yuan(20)))
    await desk.step(case, accept(2))
    await paid(desk, f"{case}-P1", yuan(20))
    await ends_satisfied(desk, case)


async def test_what_others_owe_is_recovered_and_written_off_after_the_closing_and_only_then_is_the_case_filed(
    desk: Desk,
) -> None:
    case = await desk.open()
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    await desk.step(case, justified(Party.COURIER, Share(Party.COURIER, 70), Share(Party.WAREHOUSE, 30)))
    await desk.step(case, propose(COMP, yuan(20)))
    await desk.step(case, accept())
    await paid(desk, f"{case}-P1", yuan(20))
    await desk.state(case, "to_call_back")
    by_courier = vs.SettleRecovery(actor=LOGISTICS, party=Party.COURIER, amount=yuan(10), reference="SF-03/118")
    await desk.step(case, by_courier)
    closed = await desk.step(case, SATISFIED)
    for letter in ("acknowledged", "proposal", "paid", "closed"):
        await told(desk, case, letter)
    seen = (await desk.look(case)).view
    assert [task.key for task in seen.tasks] == ["recover-courier", "recover-warehouse"]
    assert closed.view.closed_at is not None
    too_much = vs.SettleRecovery(actor=LOGISTICS, party=Party.COURIER, amount=yuan(4.01), reference="SF-04/7")
    assert await desk.refused(case, too_much) == "above_owed"
    await desk.step(case, vs.SettleRecovery(actor=LOGISTICS, party=Party.COURIER, amount=yuan(4), reference="SF-04/7"))
    off = vs.WriteOffRecovery(actor=SUPERVISOR, party=Party.WAREHOUSE, reason="Both were new that week.")
    filed = await desk.step(case, off)
    assert filed.view.tasks == ()
    assert await desk.case(case).result() == "resolved"
    await desk.replays(case)

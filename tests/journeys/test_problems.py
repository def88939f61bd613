"""Each problem that needs no other chapter, from the first word to its ending, on the real server."""

from __future__ import annotations

from domain.complaint import steps as s
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.state import Finding, RecordKind
from domain.complaint.problems import Check, FaultKind, Problem, RemedyKind
from domain.complaint.sorting import steps as ss
from domain.complaint.state import Party
from domain.money import Money
from domain.people import Actor
from domain.shared_steps import AddEvidence
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.moves import called, goods_back, judge, paid, propose
from tests.journeys.people import AGENT, CUSTOMER, LOGISTICS, SUPERVISOR

ACCEPTED = s.AcceptProposal(actor=CUSTOMER, proposal=1)


def checked(check: Check, finding: Finding = Finding.IN_ORDER, actor: Actor = AGENT) -> ls.RecordCheck:
    return ls.RecordCheck(actor=actor, check=check, finding=finding, note="looked it up")


def justified(party: Party = Party.SHOP, fault: str = "") -> s.Judge:
    return s.Judge(
        actor=AGENT, fault_confirmed=True, responsible=party, severity=s.Severity.MINOR, fault=fault, place=""
    )


async def compensated(desk: Desk, case: str, kind: RemedyKind = RemedyKind.COMPENSATION) -> None:
    """The remedy is accepted, paid, and the customer is satisfied."""
    amount = Money(2000, "CNY")
    await desk.step(case, s.ProposeRemedy(actor=AGENT, kind=kind, refund=amount, words="We are sorry."))
    await desk.step(case, ACCEPTED)
    await paid(desk, f"{case}-P1", amount)
    await desk.state(case, "to_call_back")
    closed = await desk.step(case, called(s.CallResult.SATISFIED))
    assert closed.view.state == "resolved"
    await desk.replays(case)


async def test_goods_not_as_imagined_are_explained_and_that_settles_it(desk: Desk) -> None:
    case = await desk.open(problem=Problem.NOT_AS_IMAGINED)
    assert await desk.refused(case, propose(RemedyKind.COMPENSATION, yuan(20))) == "not_judged"
    await desk.step(case, justified(Party.CUSTOMER))
    assert await desk.refused(case, propose(RemedyKind.COMPENSATION, yuan(20))) == "explain_first"
    await desk.step(case, ls.Explain(actor=AGENT, words="The glaze is made by hand and differs from piece to piece."))
    helped = await desk.step(case, ls.ReportEffect(actor=CUSTOMER, helped=True))
    assert helped.view.state == "to_call_back"
    closed = await desk.step(case, called(s.CallResult.SATISFIED))
    assert closed.view.state == "resolved"
    await desk.replays(case)


async def test_an_explanation_in_vain_opens_the_remedies(desk: Desk) -> None:
    case = await desk.open(problem=Problem.NOT_AS_IMAGINED)
    await desk.step(case, justified(Party.SHOP))
    await desk.step(case, ls.Explain(actor=AGENT, words="The glaze is made by hand."))
    await desk.step(case, ls.ReportEffect(actor=CUSTOMER, helped=False))
    await compensated(desk, case)


async def test_a_complaint_about_service_is_judged_by_somebody_else_after_the_conversation_was_read(
    desk: Desk,
) -> None:
    case = await desk.open(problem=Problem.SERVICE, fault_kind=FaultKind.ATTITUDE)
    assert await desk.refused(case, justified()) == "checks_missing"
    chat = await desk.sealed("words", "What do you want now?")
    record = ls.AttachRecord(actor=AGENT, kind=RecordKind.CONVERSATION, title="chat", words=chat, words_digest="d")
    await desk.step(case, record)
    await desk.step(case, checked(Check.CONVERSATION, Finding.OUR_FAULT))
    await desk.step(case, ss.NameConcerned(actor=SUPERVISOR, person=AGENT.person))
    assert await desk.refused(case, justified()) == "concerned_may_not_judge"
    other = s.Judge(actor=SUPERVISOR, fault_confirmed=True, responsible=Party.SHOP, severity=s.Severity.SERIOUS)
    await desk.step(case, other)
    await compensated(desk, case)


async def test_our_own_short_shipment_is_made_good_without_a_photo(desk: Desk) -> None:
    case = await desk.open(problem=Problem.SHORT_OR_MISSING)
    await desk.step(case, checked(Check.CONVERSATION))
    await desk.step(case, checked(Check.ORDER, Finding.OUR_FAULT))
    await desk.step(case, justified(Party.WAREHOUSE))
    await compensated(desk, case, RemedyKind.REFUND)


async def test_a_missing_item_with_our_side_correct_waits_for_a_photo_with_reminders(desk: Desk) -> None:
    case = await desk.open(problem=Problem.SHORT_OR_MISSING)
    for check in (Check.CONVERSATION, Check.ORDER, Check.TRACKING, Check.STAFF_ERROR):
        await desk.step(case, checked(check))
    await desk.state(case, "waiting_for_evidence")
    await desk.forward(case, hours=25)
    told = (await desk.look(case)).view.story
    assert told is not None
    assert "reminder_evidence" in str(told["letters"])
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    await desk.step(case, justified(Party.COURIER))
    await compensated(desk, case, RemedyKind.REFUND)


async def test_a_late_delivery_is_looked_into_and_made_good(desk: Desk) -> None:
    case = await desk.open(problem=Problem.LATE_DELIVERY)
    await desk.step(case, checked(Check.TRACKING, Finding.THEIR_FAULT, LOGISTICS))
    assert await desk.refused(case, justified(Party.COURIER)) == "checks_missing"
    await desk.step(case, checked(Check.CAUSE, Finding.THEIR_FAULT))
    await desk.step(case, justified(Party.COURIER))
    await compensated(desk, case)


async def test_goods_refused_at_the_door_are_refunded_on_the_couriers_note(desk: Desk) -> None:
    case = await desk.open(problem=Problem.DAMAGED)
    await desk.state(case, "waiting_for_facts")
    await desk.step(case, s.SupplyFacts(actor=CUSTOMER, signed_for=False))
    await desk.step(case, checked(Check.COURIERS_NOTE, Finding.THEIR_FAULT, LOGISTICS))
    await desk.step(case, justified(Party.COURIER, "box crushed"))
    await compensated(desk, case, RemedyKind.REFUND)


async def test_a_fault_that_no_photo_shows_is_decided_by_the_inspection(desk: Desk) -> None:
    case = await desk.open()
    excused = ls.ExemptFromPhoto(actor=AGENT, fault_kind=FaultKind.HIDDEN, reason="it rattles inside")
    await desk.step(case, excused)
    await desk.step(case, judge())
    assert await desk.refused(case, propose(RemedyKind.COMPENSATION, yuan(20))) == "inspection_decides"
    await desk.step(case, propose())
    await desk.step(case, ACCEPTED)
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(89))
    await desk.until(case, lambda view: "payments" in (view.story or {}))
    await desk.replays(case)


async def test_a_case_changes_its_class_in_mid_flow_and_loses_nothing(desk: Desk) -> None:
    case = await desk.open(problem=Problem.LATE_DELIVERY)
    await desk.step(case, checked(Check.TRACKING))
    moved = ss.Reclassify(actor=AGENT, problem=Problem.SHORT_OR_MISSING, reason="it came, but half of it")
    changed = await desk.step(case, moved)
    assert changed.view.problem == "short_or_missing"
    assert await desk.refused(case, justified()) == "checks_missing"
    await desk.step(case, checked(Check.CONVERSATION))
    await desk.step(case, checked(Check.ORDER, Finding.OUR_FAULT))
    await desk.step(case, justified(Party.WAREHOUSE))
    await compensated(desk, case, RemedyKind.REFUND)
    told = [entry.event for entry in await desk.story(case)]
    assert told.index("check_recorded") < told.index("reclassified")


async def test_a_case_is_passed_to_the_platform_and_ends(desk: Desk) -> None:
    case = await desk.open(problem=Problem.OTHER)
    passed = ss.PassToPlatform(actor=SUPERVISOR, reason="the platform decides", reference="TM-1")
    assert (await desk.step(case, passed)).view.state == "passed_to_platform"
    assert await desk.refused(case, called(s.CallResult.SATISFIED)) == "case_closed"
    await desk.replays(case)

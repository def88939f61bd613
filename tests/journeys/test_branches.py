"""The branches of the story: refusals, second thoughts, failed inspections, unsatisfied customers."""

import asyncio
from dataclasses import replace

import pytest

from domain.complaint import steps as s
from domain.complaint.problems import RemedyKind
from domain.goods_return import steps as r
from domain.payment import steps as p
from domain.people import Role
from domain.shared_steps import AddEvidence
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.moves import (
    agreed,
    apologised,
    called,
    goods_back,
    inspect,
    judge,
    judged,
    paid,
    propose,
    receive,
    send,
    ship,
    told,
)
from tests.journeys.people import (
    AGENT,
    CALLER,
    CUSTOMER,
    FINANCE,
    MANAGER,
    SHOP_SYSTEM,
    SUPERVISOR,
    WAREHOUSE,
)


async def test_a_refused_proposal_and_a_counter_proposal_lead_to_another_one(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.APOLOGY))
    no = s.DeclineProposal(actor=CUSTOMER, proposal=1, reason=await desk.sealed("reason", "Words mend no cup"))
    assert (await desk.step(case, no)).view.state == "to_propose"
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(20)))
    words = await desk.sealed("words", "Half of it")
    more = s.CounterPropose(actor=CUSTOMER, proposal=2, kind=RemedyKind.COMPENSATION, refund=yuan(44.5), words=words)
    assert (await desk.step(case, more)).view.state == "to_propose"
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(44.5)))
    assert await desk.refused(case, s.AcceptProposal(actor=CUSTOMER, proposal=2)) == "other_proposal"
    assert await desk.refused(case, s.AcceptProposal(actor=AGENT, proposal=3)) == "heard_where"
    await desk.step(case, s.AcceptProposal(actor=AGENT, proposal=3, heard_on=s.Channel.PHONE))
    await paid(desk, f"{case}-P1", yuan(44.5))
    await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_an_unproven_claim_is_refused_with_a_reason_and_still_called_back(desk: Desk) -> None:
    case = await desk.open()
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    await desk.step(case, judge(confirmed=False))
    assert await desk.refused(case, propose()) == "fault_not_confirmed"
    await desk.step(case, s.RefuseClaim(actor=AGENT, reason="The photo shows wear, not a fault."))
    assert (await desk.step(case, called(s.CallResult.SATISFIED))).view.state == "refused"


@pytest.mark.parametrize("kind", [RemedyKind.PART_REFUND, RemedyKind.SEND_BACK])
async def test_a_failed_inspection_is_settled_with_the_customer(desk: Desk, kind: RemedyKind) -> None:
    case = await desk.open()
    await agreed(desk, case)
    returned = await goods_back(desk, case, fault_found=False)
    await desk.state(case, "inspection_failed")
    await desk.step(case, propose(kind, yuan(30)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=2))
    if kind is RemedyKind.PART_REFUND:
        await paid(desk, f"{case}-P1", yuan(30))
        await paid(desk, f"{case}-P2", yuan(12))
        assert (await desk.state(returned, "kept")).story["verdict"] == "accepted_in_part"  # type: ignore[index]
    else:
        await desk.state(returned, "to_send_back")
        await desk.step(returned, r.SendGoodsBack(actor=WAREHOUSE, carrier="SF Express", tracking="SF2002"))
    await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_the_supervisor_may_let_the_refund_stand_although_the_inspection_failed(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    returned = await goods_back(desk, case, packaging_whole=False)
    await desk.state(case, "inspection_failed")
    allow = s.AllowDespiteInspection(actor=SUPERVISOR, reason="A regular customer; the box was thin.")
    await desk.step(case, allow)
    await desk.state(f"{case}-P1", "to_approve")
    await desk.state(returned, "accepted")


async def test_an_unsatisfied_customer_brings_the_case_back_until_the_supervisor_closes(desk: Desk) -> None:
    case = await desk.open()
    await apologised(desk, case)
    assert await desk.refused(case, s.RecordCallBack(actor=CALLER, result=s.CallResult.NOT_SATISFIED)) == "words_needed"
    words = await desk.sealed("words", "I want my money back")
    no = s.RecordCallBack(actor=CALLER, result=s.CallResult.NOT_SATISFIED, words=words)
    back = await desk.step(case, no)
    assert back.view.state == "to_propose"
    assert any(task.reason == "the customer is not satisfied" for task in back.view.tasks)
    closed = await desk.step(case, s.CloseCase(actor=SUPERVISOR, reason="Offered twice, refused twice."))
    assert closed.view.state == "closed_by_supervisor"


async def test_three_tries_on_three_days_then_the_supervisor(desk: Desk) -> None:
    case = await desk.open()
    await apologised(desk, case)
    for _ in range(3):
        await desk.step(case, called(s.CallResult.NOT_REACHED))
        assert await desk.refused(case, called(s.CallResult.NOT_REACHED)) in {"tried_today"}
        await desk.forward(case, days=1)
    view = await desk.state(case, "not_reached")
    assert [task.desk.value for task in view.tasks if task.needs_a_person] == ["supervisor"]


async def test_the_handler_does_not_make_the_call_back(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.APOLOGY))
    await desk.step(case, s.AcceptProposal(actor=SUPERVISOR, proposal=1, heard_on=s.Channel.PHONE))
    await told(desk, case, "apology")
    own = s.RecordCallBack(actor=AGENT, result=s.CallResult.SATISFIED)
    assert await desk.refused(case, own) == "role_may_not"
    as_clerk = replace(own, actor=replace(AGENT, role=Role.CALL_BACK))
    assert await desk.refused(case, as_clerk) == "handler_may_not_call_back"


async def test_a_complaint_is_withdrawn_while_nothing_irreversible_was_done(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    await desk.state(f"{case}-R1", "waiting_for_goods")
    assert (await desk.step(case, s.Withdraw(actor=CUSTOMER))).view.state == "withdrawn"
    await desk.state(f"{case}-R1", "called_off")


async def test_goods_on_their_way_cannot_be_withdrawn(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    await desk.state(case, "returning")
    await desk.step(case, ship())
    assert await desk.refused(case, s.Withdraw(actor=CUSTOMER)) == "irreversible"


async def test_a_tracking_number_before_the_instructions_and_a_second_parcel(desk: Desk) -> None:
    case = await desk.open()
    await send(desk, case, "SF1001")
    await agreed(desk, case)
    returned = f"{case}-R1"
    await desk.state(returned, "in_transit")
    await send(desk, case, "SF1002", yuan(9))
    await desk.until(returned, lambda view: view.tracking == ("SF1001", "SF1002"))
    assert await desk.refused(case, ship("SF1002")) == "tracking_known"
    await desk.step(returned, receive("SF1001"))
    assert await desk.refused(returned, receive("SF1001")) == "parcel_received"
    await desk.step(returned, receive("SF1002"))
    await desk.step(returned, inspect())
    view = await desk.state(f"{case}-P2", "to_approve")
    assert view.amount == yuan(21)
    await desk.replays(case)


async def test_an_order_that_is_not_registered_waits_and_no_money_moves(desk: Desk) -> None:
    case = await desk.open(order_facts=None)
    await judged(desk, case)
    assert await desk.refused(case, propose()) == "not_verified"
    assert await desk.refused(case, s.VerifyOrder(actor=AGENT)) == "order_not_registered"
    facts = await desk.register_order()
    await desk.step(case, s.VerifyOrder(actor=SHOP_SYSTEM, order_facts=facts))
    await desk.step(case, propose())


async def test_a_second_approver_when_the_sum_of_the_case_exceeds_the_limit(desk: Desk) -> None:
    facts = await desk.register_order(paid=yuan(400))
    case = await desk.open(order_facts=facts, quantity=2)
    await judged(desk, case)
    await desk.step(case, propose(amount=yuan(195)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await goods_back(desk, case, quantity=2)
    freight = f"{case}-P2"
    await desk.state(freight, "to_approve")
    await desk.step(freight, p.ApproveSlip(actor=SUPERVISOR, amount=yuan(12)))
    assert await desk.refused(freight, p.ApproveSlip(actor=SUPERVISOR, amount=yuan(12))) == "same_person"
    assert await desk.refused(freight, p.SignPaid(actor=FINANCE, amount=yuan(12), reference="X")) == "not_approved"
    await desk.step(freight, p.ApproveSlip(actor=MANAGER, amount=yuan(12)))
    assert await desk.refused(freight, p.SignPaid(actor=FINANCE, amount=yuan(13), reference="X")) == "amount_differs"
    await desk.step(freight, p.SignPaid(actor=FINANCE, amount=yuan(12), reference="X"))
    assert await desk.refused(freight, p.SignPaid(actor=FINANCE, amount=yuan(12), reference="X")) == "case_closed"


async def test_paid_pressed_twice_at_once_is_paid_once(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(10)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=yuan(10)))
    press = p.SignPaid(actor=FINANCE, amount=yuan(10), reference="PAY-1")
    same = await asyncio.gather(*(desk.step(slip, press, key="press") for _ in range(3)))
    assert len({answer.view.version for answer in same}) == 1
    assert await desk.refused(slip, press) == "case_closed"
    await desk.state(case, "to_call_back")


async def test_a_rejected_slip_is_asked_for_again_under_a_new_number(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(10)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.RejectSlip(actor=SUPERVISOR, reason="The reason is too thin."))
    await desk.state(case, "slip_failed")
    await desk.step(case, s.RequestSlip(actor=AGENT, slip=slip, reason="Photo attached to the slip."))
    await paid(desk, f"{case}-P2", yuan(10))
    await desk.state(case, "to_call_back")


async def test_more_than_was_paid_for_the_line_is_stopped_by_the_ledger_over_all_cases(desk: Desk) -> None:
    facts = await desk.register_order(paid=yuan(100), quantity=1)
    first = await desk.open(order_facts=facts)
    second = await desk.open(order_facts=facts)
    for case in (first, second):
        await judged(desk, case)
        await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(60)))
        await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    states = [
        await desk.until(f"{case}-P1", lambda view: view.state in {"to_approve", "above_ceiling"})
        for case in (first, second)
    ]
    assert sorted(view.state for view in states) == ["above_ceiling", "to_approve"]


async def test_no_tracking_number_no_arrival_and_the_goods_given_up(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    returned = f"{case}-R1"
    await desk.state(returned, "waiting_for_goods")
    give_up = r.GiveUpReturn(actor=AGENT, reason="Called twice, the customer keeps the cup.")
    assert await desk.refused(returned, give_up) == "deadline_not_reached"
    await desk.forward(returned, hours=145)
    letters = (await desk.look(returned)).view.story["letters"]  # type: ignore[index]
    assert [letter["kind"] for letter in letters].count("reminder_tracking") == 2
    await desk.step(returned, r.ExtendWait(actor=AGENT, days=2, reason="The customer asked for the weekend."))
    await desk.forward(returned, hours=49)
    await desk.step(returned, give_up)
    view = await desk.state(case, "to_propose")
    assert any(task.reason == "the goods never came back" for task in view.tasks)

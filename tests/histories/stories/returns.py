"""Stories of goods that come back: refunded, exchanged, failed at the inspection, without a photo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.complaint import steps as s
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.fulfilling import steps as fs
from domain.complaint.looking_into import steps as ls
from domain.complaint.offering.state import Part
from domain.complaint.parties import Party, Share
from domain.complaint.problems import FaultKind, Problem, RemedyKind
from domain.complaint.state import Channel
from domain.complaint.watching.state import ParcelState
from domain.complaint.watching.steps import RecordParcelCheck
from domain.goods_return.steps import GiveGoodsBack
from domain.shared_steps import AddEvidence, SettleTrouble
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.moves import agreed, called, goods_back, inspect, judge, offer, paid, propose, receive, ship
from tests.journeys.people import AGENT, CUSTOMER, LABEL_DESK, LOGISTICS, SUPERVISOR, WAREHOUSE
from tests.journeys.test_returns import returning, tea_set


async def whole_story(desk: Desk) -> dict[str, str]:
    """A quality return from the photo to the call-back, with its return and both slips."""
    case = await desk.open()
    await agreed(desk, case)
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(89))
    await paid(desk, f"{case}-P2", yuan(12))
    await desk.state(case, "to_call_back")
    await desk.step(case, called(s.CallResult.SATISFIED))
    return {"complaint": case, "return": f"{case}-R1", "refund": f"{case}-P1", "freight": f"{case}-P2"}


async def failed_inspection(desk: Desk) -> dict[str, str]:
    """The fault is not found: a part of the sum is agreed on instead."""
    case = await desk.open()
    await agreed(desk, case)
    await goods_back(desk, case, fault_found=False)
    await desk.state(case, "inspection_failed")
    await desk.step(case, propose(RemedyKind.PART_REFUND, yuan(30)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=2))
    await paid(desk, f"{case}-P1", yuan(30))
    await desk.state(f"{case}-R1", "kept")
    return {"complaint": case, "return": f"{case}-R1"}


async def exchange(desk: Desk) -> dict[str, str]:
    """An exchange with a coupon beside it, for which the courier answers in part; the closed case waits for that."""
    case = await desk.open()
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    shares = (Share(Party.COURIER, 70), Share(Party.SHOP, 30))
    await desk.step(case, replace(judge(), responsible=Party.COURIER, shares=shares))
    beside = Part(RemedyKind.COUPON, worth=yuan(10))
    await desk.step(case, offer(RemedyKind.EXCHANGE, beside, worth=yuan(40), what="tea cup, green"))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await goods_back(desk, case)
    await paid(desk, f"{case}-P1", yuan(12))
    await desk.step(case, fs.ReportPartSent(actor=LABEL_DESK, part=1, carrier="SF Express", tracking="SF7001"))
    code = await desk.sealed("code", "SORRY-2026-77AF")
    await desk.until(case, lambda view: any(task.key == "part-2" for task in view.tasks))
    await desk.step(case, fs.ReportCoupon(actor=AGENT, part=2, code=code, code_shown="…77AF"))
    await desk.step(case, RecordParcelCheck(actor=LOGISTICS, tracking="SF7001", result=ParcelState.ARRIVED))
    await desk.state(case, "to_call_back")
    await desk.step(case, called(s.CallResult.SATISFIED))
    return {"complaint": case, "return": f"{case}-R1"}


async def exempt(desk: Desk) -> dict[str, str]:
    """A fault of a kind that no photo shows: the warehouse's inspection decides, and the refund is asked for."""
    case = await desk.open()
    excused = ls.ExemptFromPhoto(actor=AGENT, fault_kind=FaultKind.HIDDEN, reason="it rattles inside")
    await desk.step(case, excused)
    await desk.step(case, judge())
    await desk.step(case, propose())
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    returned = f"{case}-R1"
    await desk.state(case, "returning")
    await desk.step(case, ship(freight=None))
    await desk.state(returned, "in_transit")
    await desk.step(returned, receive())
    await desk.step(returned, inspect())
    await desk.state(case, "paying")
    return {"complaint": case}


async def disproved(desk: Desk) -> dict[str, str]:
    """Freight promised without a photo, and the warehouse finds no such fault: the supervisor deals with it."""
    case = await desk.open()
    promise = ls.RecordOutsidePromise(
        actor=AGENT,
        kind=RemedyKind.RETURN_AND_REFUND,
        refund=yuan(89),
        freight=True,
        promised_by="Mei",
        heard_on=Channel.PHONE,
        reason="said so on the phone",
    )
    await desk.step(case, promise)
    await desk.step(case, judge())
    await desk.step(case, propose())
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await goods_back(desk, case, fault_found=False)
    await desk.state(case, "inspection_failed")
    view = await desk.until(case, lambda view: any(task.step == "settle_trouble" for task in view.tasks))
    assert (view.story or {})["disproved"]
    await desk.step(case, SettleTrouble(actor=SUPERVISOR, number=1, how="spoken to Mei"))
    return {"complaint": case}


async def several_lines(desk: Desk) -> dict[str, str]:
    """Two lines in two parcels: one passes, the other is broken and handed back; a third case finds no unit left."""
    case, returned = await returning(desk)
    for tracking in ("SF1001", "SF1002"):
        await desk.step(case, ship(tracking, None))
    await desk.state(returned, "in_transit")
    await desk.step(returned, receive("SF1001"))
    await desk.step(returned, inspect(quantity=2))
    await desk.state(returned, "waiting_for_rest")
    await desk.step(returned, replace(receive("SF1002"), freight_collect=True))
    await desk.step(returned, inspect(line=2, intact=False))
    await desk.state(case, "inspection_failed")
    await desk.step(case, propose(RemedyKind.SEND_BACK))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=2))
    await desk.state(returned, "to_send_back")
    await desk.step(returned, GiveGoodsBack(actor=WAREHOUSE, note="showed the order"))
    await paid(desk, f"{case}-P1", yuan(178))
    await desk.state(case, "to_call_back")
    return {"complaint": case, "return": returned}


async def changed_mind(desk: Desk) -> dict[str, str]:
    """A return opened directly within the rule: agreed by it, received, refunded."""
    facts = replace(await tea_set(desk), signed_at=datetime.now(UTC) - timedelta(days=2))
    as_new = GoodsCondition(True, True, True)
    case = await desk.open(
        problem=Problem.CHANGED_MIND, direct=True, signed_for=True, order_facts=facts, condition=as_new
    )
    returned = f"{case}-R1"
    await desk.state(returned, "waiting_for_goods")
    await desk.step(returned, receive())
    await desk.step(returned, inspect())
    await paid(desk, f"{case}-P1", yuan(89))
    await desk.state(case, "to_call_back")
    return {"complaint": case, "return": returned}


STORIES = {
    "several_lines": Story(several_lines, ("complaint", "return")),
    "changed_mind": Story(changed_mind, ("complaint", "return")),
    "whole_story": Story(whole_story, ("complaint", "return", "refund", "freight")),
    "failed_inspection": Story(failed_inspection, ("complaint", "return")),
    "exchange": Story(exchange, ("complaint", "return")),
    "exempt": Story(exempt),
    "disproved": Story(disproved),
}

"""A parcel called back after dispatch, from the request to the refund or the ordinary return."""

from __future__ import annotations

from domain.complaint import steps as s
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.stopping.state import Aftermath, Found
from tests.journeys import stop_moves as sm
from tests.journeys.desk import Desk
from tests.journeys.moves import called, goods_back, paid
from tests.journeys.people import AGENT, CUSTOMER, WAREHOUSE
from tests.journeys.test_stopping import ended, letters, task, told_all


async def test_a_recalled_parcel_is_exchanged_for_part_one_and_refunded(desk: Desk) -> None:
    case = await desk.open(problem=Problem.CHANGED_MIND, order_facts=await sm.dispatched(desk))
    assert await desk.refused(case, sm.cancel()) == "parcel_gone"
    await desk.step(case, sm.recall(""))
    assert await desk.refused(case, sm.PART_ONE) == "no_recall_here"
    await desk.step(case, sm.REGISTERED)
    assert await desk.refused(case, s.Withdraw(actor=CUSTOMER)) == "irreversible"
    await desk.step(case, sm.PART_ONE)
    await desk.step(case, sm.JUSTIFIED)
    assert await desk.refused(case, sm.refund()) == "recall_running"
    back = await desk.step(case, sm.ORIGINAL)
    assert back.view.state == "to_propose"
    recall = (back.view.story or {})["recalls"][0]  # type: ignore[index]
    assert (recall["state"], recall["part_one_with"], recall["tracking"]) == ("received", "courier", "SF3003")
    assert await desk.refused(case, sm.ORIGINAL) == "no_recall_here"
    await desk.step(case, sm.refund())
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await paid(desk, f"{case}-P1", sm.SUM)
    await desk.state(case, "to_call_back")
    await desk.step(case, called(s.CallResult.SATISFIED))
    await told_all(desk, case)
    assert task((await desk.look(case)).view, "aftermath") == ("warehouse", "record_aftermath")
    await desk.step(case, sm.noted(Aftermath.BACK_INTO_STOCK, WAREHOUSE))
    assert await ended(desk, case) == "resolved"
    await desk.replays(case)


async def test_a_failed_recall_is_told_at_once_and_becomes_an_ordinary_return(desk: Desk) -> None:
    case = await sm.gone(desk)
    await desk.step(case, sm.recall())
    await desk.step(case, sm.REGISTERED)
    await desk.step(case, sm.PART_ONE)
    failed = await desk.step(case, sm.NO_RECALL)
    assert "recall_failed" in {each["kind"] for each in letters(failed.view)}
    await desk.step(case, sm.JUSTIFIED)
    assert await desk.refused(case, sm.refund()) == "recall_first"
    await desk.step(case, sm.refund(RemedyKind.RETURN_AND_REFUND))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    returned = await goods_back(desk, case, fault_found=False)
    await desk.state(returned, "passed")
    view = await desk.until(case, lambda view: bool((view.story or {})["payments"]))
    payments: list[dict[str, object]] = (view.story or {})["payments"]  # type: ignore[assignment]
    assert [each["purpose"] for each in payments] == ["refund"], "a changed mind pays the way back"
    await paid(desk, f"{case}-P1", sm.SUM)
    await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_a_recall_that_nobody_registers_and_a_parcel_that_never_comes_go_up(desk: Desk) -> None:
    case = await sm.gone(desk)
    await desk.step(case, sm.recall())
    await desk.forward(case, days=4)
    await desk.until(case, lambda view: task(view, "overdue-recall_registration") == ("supervisor", ""))
    await desk.step(case, sm.REGISTERED)
    await desk.forward(case, days=11)
    view = await desk.until(case, lambda view: task(view, "overdue-recall_arrival") is not None)
    assert task(view, "recall") == ("logistics", "report_recall_failed")
    await desk.step(case, sm.NO_RECALL)
    assert (await desk.look(case)).view.state == "to_judge"
    await desk.replays(case)


async def test_a_held_refund_goes_on_when_its_parcel_is_recalled(desk: Desk) -> None:
    case = await sm.held(desk, Found.PACKED)
    await sm.agreed(desk, case)
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(case, sm.found(Found.GONE))
    await desk.state(slip, "held")
    for step in (sm.recall(), sm.REGISTERED, sm.PART_ONE, sm.ORIGINAL):
        await desk.step(case, step)
    await paid(desk, slip, sm.SUM)
    await desk.state(case, "to_call_back")
    told = [entry.event for entry in await desk.story(slip)]
    assert told.count("slip_held") == 2
    await desk.replays(case)


async def test_a_parcel_that_comes_late_after_all_is_on_record_and_comes_to_a_person(desk: Desk) -> None:
    case = await sm.gone(desk)
    for step in (sm.recall(), sm.REGISTERED, sm.PART_ONE, sm.NO_RECALL):
        await desk.step(case, step)
    await sm.agreed(desk, case, RemedyKind.RETURN_AND_REFUND)
    await desk.state(case, "returning")
    late = await desk.step(case, sm.ORIGINAL)
    assert late.recorded == ("original_received", "trouble_arose")
    assert any(each.needs_a_person for each in late.view.tasks)
    assert await desk.refused(case, s.ProposeRemedy(actor=AGENT, kind=RemedyKind.REFUND, refund=sm.SUM, words="x")) == (
        "remedy_under_way"
    )
    await desk.replays(case)

"""An order stopped before dispatch, in each state in which it is found, from the request to the filing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.complaint import steps as s
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.stopping.state import Aftermath, Change, Found
from domain.payment import steps as p
from domain.shared_steps import ReportTelling, SettleTrouble
from tests.journeys import stop_moves as sm
from tests.journeys.desk import Desk, Refused
from tests.journeys.moves import called, goods_back, paid
from tests.journeys.people import (
    AGENT,
    CUSTOMER,
    FINANCE,
    LABEL_DESK,
    LOGISTICS,
    MANAGER,
    PRE_SALES,
    SUPERVISOR,
    WAREHOUSE,
)


async def told_all(desk: Desk, case: str) -> None:
    """Every message of the case is told by a person, for this desk has no mail server."""
    view = await desk.until(case, lambda view: all(each["state"] != "by_machine" for each in letters(view)))
    for letter in letters(view):
        if letter["state"] == "with_a_person":
            await desk.step(case, ReportTelling(actor=AGENT, number=letter["number"], how="phone"))


def letters(view: Any) -> list[dict[str, Any]]:
    return (view.story or {})["letters"]


async def ended(desk: Desk, case: str) -> str:
    """How the workflow ended, once it has."""
    return str(await asyncio.wait_for(desk.case(case).result(), 20))


def task(view: Any, key: str) -> tuple[str, str] | None:
    return next(((each.desk.value, each.step) for each in view.tasks if each.key == key), None)


@pytest.mark.parametrize(
    ("state", "aftermath", "by"),
    [
        (Found.NOT_PRINTED, None, LABEL_DESK),
        (Found.PRINTED, Aftermath.PAPERS_DESTROYED, LABEL_DESK),
        (Found.PACKED, Aftermath.BACK_INTO_STOCK, WAREHOUSE),
    ],
)
async def test_a_changed_mind_is_refunded_once_the_order_is_in_hand(
    desk: Desk, state: Found, aftermath: Aftermath | None, by: Any
) -> None:
    case = await desk.open(problem=Problem.CHANGED_MIND)
    await desk.state(case, "to_stop")
    await desk.step(case, sm.cancel(PRE_SALES))
    await desk.step(case, sm.JUSTIFIED)
    assert await desk.refused(case, sm.refund()) == "stop_first"
    await desk.step(case, sm.found(state, secured=False))
    assert await desk.refused(case, sm.refund()) == "stop_first"
    await desk.step(case, sm.found(state))
    assert await desk.refused(case, sm.refund(RemedyKind.RETURN_AND_REFUND)) == "order_is_held_back"
    await desk.step(case, sm.refund())
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    if aftermath is not None:
        assert await desk.refused(case, sm.noted(aftermath, by)) == "aftermath_not_due"
    await paid(desk, f"{case}-P1", sm.SUM)
    await desk.state(case, "to_call_back")
    closed = await desk.step(case, called(s.CallResult.SATISFIED))
    assert closed.view.state == "resolved"
    await told_all(desk, case)
    if aftermath is not None:
        view = (await desk.look(case)).view
        assert task(view, "aftermath") == (by.role.value, "record_aftermath")
        done = await desk.step(case, sm.noted(aftermath, by))
        assert task(done.view, "aftermath") is None
    assert await ended(desk, case) == "resolved"
    await desk.replays(case)


async def test_an_unanswered_request_goes_up_to_the_supervisor(desk: Desk) -> None:
    case = await desk.open(problem=Problem.CHANGED_MIND)
    await desk.step(case, sm.cancel())
    await desk.forward(case, days=4)
    view = await desk.until(case, lambda view: task(view, "overdue-label_desk_answer") is not None)
    assert task(view, "stop") == ("label_desk", "confirm_stop")
    await desk.step(case, sm.found(Found.PRINTED))
    clock = next(each for each in (await desk.look(case)).view.clocks if each.name == "label_desk_answer")
    assert clock.on_time is False
    await desk.replays(case)


@pytest.mark.parametrize(
    ("state", "done"),
    [
        (Found.NOT_PRINTED, Change.ORDER_EDITED),
        (Found.PRINTED, Change.PAPERS_CORRECTED),
        (Found.PACKED, Change.PARCEL_REPRINTED),
    ],
)
async def test_another_colour_is_the_outcome_without_judgement_or_money(desk: Desk, state: Found, done: Change) -> None:
    case = await desk.open(problem=Problem.OTHER_VARIANT)
    await desk.step(case, sm.change())
    assert await desk.refused(case, sm.changed(done)) == "nothing_to_change"
    await desk.step(case, sm.found(state))
    wrong = next(each for each in Change if each is not done)
    assert await desk.refused(case, sm.changed(wrong)) == "change_does_not_fit"
    answer = await desk.step(case, sm.changed(done, "SF3003"))
    assert answer.view.state == "to_call_back"
    assert answer.recorded == ("order_changed",)
    closed = await desk.step(case, called(s.CallResult.SATISFIED))
    assert closed.view.state == "resolved"
    await told_all(desk, case)
    assert await ended(desk, case) == "resolved"
    await desk.replays(case)


async def test_another_colour_that_comes_too_late_is_for_after_sales(desk: Desk) -> None:
    case = await desk.open(problem=Problem.OTHER_VARIANT)
    await desk.step(case, sm.change())
    await desk.step(case, sm.JUSTIFIED)
    assert await desk.refused(case, sm.refund(RemedyKind.RETURN_AND_REFUND)) == "stop_first"
    await desk.step(case, sm.found(Found.GONE))
    assert await desk.refused(case, sm.changed(Change.ORDER_EDITED)) == "nothing_to_change"
    await desk.step(case, sm.refund(RemedyKind.RETURN_AND_REFUND))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    returned = await goods_back(desk, case, fault_found=False)
    await desk.state(returned, "passed")
    await paid(desk, f"{case}-P1", sm.SUM)
    await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_printed_then_packed_then_gone_while_the_agent_thinks_otherwise(desk: Desk) -> None:
    case = await desk.open(problem=Problem.CHANGED_MIND)
    await desk.step(case, sm.cancel())
    await desk.step(case, sm.found(Found.PRINTED))
    await desk.step(case, sm.JUSTIFIED)
    await desk.step(case, sm.refund())
    held = await desk.step(case, sm.found(Found.PACKED, secured=False))
    assert held.view.state == "stopping", "the proposal has lost its ground and is taken back"
    assert await desk.refused(case, s.AcceptProposal(actor=CUSTOMER, proposal=1)) == "no_proposal_open"
    assert await desk.refused(case, sm.refund()) == "stop_first"
    await desk.step(case, sm.found(Found.GONE))
    assert await desk.refused(case, sm.refund()) == "recall_first"
    await desk.step(case, sm.refund(RemedyKind.RETURN_AND_REFUND))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=2))
    await desk.state(case, "returning")
    told = [entry.event for entry in await desk.story(case)]
    assert told.count("stop_confirmed") == 3
    await desk.replays(case)


async def test_the_wrong_person_the_same_answer_twice_and_an_answer_that_nobody_asked_for(desk: Desk) -> None:
    case = await desk.open(problem=Problem.CHANGED_MIND)
    assert await desk.refused(case, sm.found(Found.PRINTED)) == "nothing_to_stop"
    assert await desk.refused(case, sm.cancel(LOGISTICS)) == "role_may_not"
    await desk.step(case, sm.cancel())
    assert await desk.refused(case, sm.found(Found.PRINTED, actor=AGENT)) == "role_may_not"
    pressed = sm.found(Found.PRINTED)
    first, again = await asyncio.gather(desk.step(case, pressed, key="once"), desk.step(case, pressed, key="once"))
    assert first.view == again.view
    assert await desk.refused(case, pressed) == "finding_known"
    assert len((await desk.look(case)).view.story["stops"][0]["findings"]) == 1  # type: ignore[index]
    await desk.replays(case)


async def test_gone_after_the_refund_was_agreed_holds_the_slip_until_a_person_voids_it(desk: Desk) -> None:
    case = await sm.held(desk, Found.PRINTED)
    await sm.agreed(desk, case)
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    answer = await desk.step(case, sm.found(Found.GONE))
    assert answer.view.state == "refund_held"
    assert [t.desk.value for t in answer.view.tasks if t.needs_a_person] == ["supervisor"]
    view = await desk.state(slip, "held")
    assert task(view, "held") == ("supervisor", "void_slip")
    assert await desk.refused(slip, p.ApproveSlip(actor=SUPERVISOR, amount=sm.SUM)) == "held_back"
    await desk.step(slip, p.VoidSlip(actor=SUPERVISOR, reason="The parcel has left."))
    await desk.state(case, "to_propose")
    await desk.step(case, SettleTrouble(actor=SUPERVISOR, number=1, how="Voided; the customer sends it back."))
    await desk.step(case, sm.refund(RemedyKind.RETURN_AND_REFUND))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=2))
    await desk.state(case, "returning")
    await desk.replays(case)


async def test_a_held_slip_with_finance_goes_on_once_the_parcel_is_in_hand_again(desk: Desk) -> None:
    case = await sm.held(desk, Found.PACKED)
    await sm.agreed(desk, case)
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=sm.SUM))
    await desk.step(case, sm.found(Found.GONE))
    view = await desk.state(slip, "held")
    assert task(view, "pay") == ("finance", "report_not_paid")
    signs = p.SignPaid(actor=FINANCE, amount=sm.SUM, reference="PAY-1")
    assert await desk.refused(slip, signs) == "held_back"
    await desk.step(case, sm.found(Found.PACKED))
    await desk.state(slip, "with_finance")
    await desk.step(slip, signs)
    await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_gone_after_the_refund_was_paid_and_the_case_closed_comes_to_the_supervisor(desk: Desk) -> None:
    case = await sm.held(desk, Found.PRINTED)
    await sm.agreed(desk, case)
    await paid(desk, f"{case}-P1", sm.SUM)
    await desk.state(case, "to_call_back")
    await desk.step(case, called(s.CallResult.SATISFIED))
    await told_all(desk, case)
    answer = await desk.step(case, sm.found(Found.GONE))
    assert answer.recorded == ("stop_confirmed", "trouble_arose")
    assert [(t.step, t.desk.value) for t in answer.view.tasks] == [("settle_trouble", "supervisor")]
    await desk.step(case, SettleTrouble(actor=MANAGER, number=1, how="The customer has paid it back."))
    assert await ended(desk, case) == "resolved"
    await desk.replays(case)


@pytest.mark.parametrize("first", ["gone", "paid"])
async def test_gone_and_paid_at_the_same_moment_are_never_lost_on_each_other(desk: Desk, first: str) -> None:
    case = await sm.held(desk, Found.PRINTED)
    await sm.agreed(desk, case)
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=sm.SUM))
    signs = desk.step(slip, p.SignPaid(actor=FINANCE, amount=sm.SUM, reference="PAY-1"))
    leaves = desk.step(case, sm.found(Found.GONE))
    both = (leaves, signs) if first == "gone" else (signs, leaves)
    answers = await asyncio.gather(*both, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    if refused:
        assert [no.code for no in refused if isinstance(no, Refused)] == ["held_back"]
        await desk.state(slip, "held")
    else:
        await desk.state(slip, "paid")
        await desk.until(case, lambda view: "refund_and_parcel_out" in str((view.story or {})["troubles"]))
        await desk.state(case, "to_call_back")
    await desk.replays(case)


async def test_a_withdrawn_wish_lets_the_order_go_before_the_case_is_filed(desk: Desk) -> None:
    case = await sm.held(desk, Found.PACKED)
    closed = await desk.step(case, s.Withdraw(actor=CUSTOMER))
    assert (closed.view.state, task(closed.view, "aftermath")) == ("withdrawn", ("label_desk", "record_aftermath"))
    await told_all(desk, case)
    assert await desk.refused(case, sm.cancel()) == "case_closed"
    await desk.step(case, sm.noted(Aftermath.LET_GO))
    assert await ended(desk, case) == "withdrawn"
    await desk.replays(case)

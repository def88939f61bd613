"""Money in and out on the real server: each story replays strictly, and the register rebuilt equals the live one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from db.ledger_reads import costs_of_case, find_slip
from domain.complaint import steps as s
from domain.complaint.offering.state import Part
from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.complaint.sums import steps as sm
from domain.complaint.sums.state import PaidBy
from domain.money import Money
from domain.payment import steps as ps
from domain.view import CaseView
from tests.journeys.desk import SHOP, Desk, yuan
from tests.journeys.moves import goods_back, judged, offer, paid
from tests.journeys.people import AGENT, CUSTOMER, SHOP_SYSTEM
from tests.journeys.test_register import claimed, kept, rows
from tests.journeys.test_remedies import COMP, EXCHANGE, accept, coupon, sent
from upkeep.mending import rebuild
from upkeep.word_marks import WordMarker, pay_marks
from worker import sealing_parts

ACCEPTED = s.AcceptProposal(actor=CUSTOMER, proposal=1)
REPAID = sm.AskRepayment(
    actor=AGENT, payer=Party.CUSTOMER, amount=yuan(60), reason="the goods turned up after the refund"
)


async def compensated(desk: Desk, amount: int) -> tuple[str, str]:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(COMP, refund=yuan(amount)))
    await desk.step(case, ACCEPTED)
    return case, f"{case}-P1"


def incoming(view: CaseView) -> list[str | None]:
    return [each["result"] for each in (view.story or {}).get("incoming", [])]


async def test_what_was_paid_too_much_comes_back_by_a_slip_of_its_own(desk: Desk) -> None:
    case, out = await compensated(desk, 60)
    await paid(desk, out, yuan(60))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    await desk.step(case, REPAID)
    back = f"{case}-P2"
    await paid(desk, back, yuan(60))
    await desk.until(case, lambda view: incoming(view) == ["paid"])
    await desk.replays(case)
    assert any("from the customer" in line.sentence for line in await desk.story(case))


async def test_dearer_goods_wait_for_the_customers_money(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(EXCHANGE, worth=yuan(40), what="tea pot"))
    await desk.step(case, ACCEPTED)
    await goods_back(desk, case)
    named = sm.NameDifference(actor=AGENT, paid_by=PaidBy.CUSTOMER, amount=yuan(15), reason="a pot for a cup")
    await desk.step(case, named)
    assert await desk.refused(case, sent()) == "price_difference_open"
    slips = (await desk.look(case)).view.story["incoming"]  # type: ignore[index]
    await paid(desk, slips[0]["case"], yuan(15))
    await desk.until(case, lambda view: incoming(view) == ["paid"])
    await desk.step(case, sent())
    await desk.replays(case)


async def test_a_coupon_is_held_before_it_is_issued_and_booked_after(desk: Desk) -> None:
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(COMP, Part(RemedyKind.COUPON, worth=yuan(30)), refund=yuan(20)))
    await desk.step(case, ACCEPTED)
    await desk.step(case, await coupon(desk, case, 1))

    async with asyncio.timeout(20):
        while True:
            async with desk.database.reading() as session:
                held = [cost.state.value for cost in await costs_of_case(session, SHOP, case)]
            if held == ["spent"]:
                break
    await desk.replays(case)


async def test_a_coupon_beyond_what_other_cases_left_of_the_line_comes_back_to_the_agent(desk: Desk) -> None:
    facts = await desk.register_order(paid=Money(17800, "CNY"), quantity=2)
    first = await desk.open(order_facts=facts, quantity=2)
    await judged(desk, first)
    await desk.step(first, offer(COMP, refund=yuan(178)))
    await desk.step(first, ACCEPTED)
    await desk.state(f"{first}-P1", "to_approve")
    second = await desk.open(order_facts=facts)
    await judged(desk, second)
    await desk.step(second, offer(RemedyKind.COUPON, worth=yuan(10)))
    await desk.step(second, accept())
    failed = await desk.state(second, "part_failed")
    assert "only 0.00 CNY is left" in next(task.reason for task in failed.tasks if task.key == "propose")
    await desk.replays(second)


async def test_what_the_platform_paid_too_much_is_to_be_recovered(desk: Desk) -> None:
    case, out = await compensated(desk, 80)
    await paid(desk, out, yuan(80))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    news = sm.RecordPlatformPayment(
        actor=SHOP_SYSTEM, amount=yuan(178), reference="TM-1", paid_at=datetime.now(UTC) - timedelta(minutes=1)
    )
    await desk.step(case, news)
    told = await desk.until(case, lambda view: bool(view.story["platform_payments"][0]["over"]))  # type: ignore[index]
    (item,) = told.story["outstanding"]  # type: ignore[index]
    assert (item["why"], item["rest"]["amount"]) == ("paid_twice", "178.00")
    await desk.replays(case)


async def test_a_lowered_amount_is_the_one_in_ledger_complaint_and_slip(desk: Desk) -> None:
    case, slip = await compensated(desk, 60)
    await desk.state(slip, "to_approve")
    await desk.step(slip, ps.ChangeAmount(actor=AGENT, amount=yuan(45), reason="a third of it was for another cup"))
    await paid(desk, slip, yuan(45))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    assert (await desk.look(case)).view.story["payments"][0]["amount"]["amount"] == "45.00"  # type: ignore[index]
    async with desk.database.reading() as session:
        found = await find_slip(session, slip)
    assert found is not None
    assert (found.amount, found.state.value) == (yuan(45), "paid")
    await desk.replays(case)


async def test_the_register_rebuilt_with_money_in_and_out_equals_the_live_one(desk: Desk) -> None:
    case = await claimed(desk)
    await judged(desk, case)
    await desk.step(case, offer(COMP, Part(RemedyKind.COUPON, worth=yuan(10)), refund=yuan(60)))
    await desk.step(case, ACCEPTED)
    await paid(desk, f"{case}-P1", yuan(60))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    await desk.step(case, REPAID)
    await paid(desk, f"{case}-P2", yuan(60))
    await desk.until(case, lambda view: incoming(view) == ["paid"])
    for each in (case, f"{case}-P1", f"{case}-P2"):
        await kept(desk, each)
    marker = WordMarker(*sealing_parts(desk.settings, desk.database))
    await pay_marks(desk.database, marker)
    live = await rows(desk.database)
    assert (await rebuild(desk.client, desk.database)).rows == 3
    await pay_marks(desk.database, marker)
    assert await rows(desk.database) == live

"""Money on its way on the real server: the recorded stories, days without an answer, and an end that is heard out."""

from __future__ import annotations

import asyncio

from db.ledger_reads import find_slip, line_account
from domain.payment.gateway.state import Heard, Stands
from domain.payment.gateway.steps import SettleMismatch
from domain.payment.steps import SignPaid
from tests.histories.stories.payments import approved, gateway, gateway_tells, money_back
from tests.journeys.desk import SHOP, Desk, yuan
from tests.journeys.people import FINANCE


async def test_money_that_came_back_is_paid_anew_and_the_line_counts_it_once(desk: Desk) -> None:
    cases = await money_back(desk)
    async with desk.database.reading() as session:
        first = await find_slip(session, cases["slip"])
        account = await line_account(session, SHOP, desk.index, 1)
    assert first is not None
    assert first.state.value == "reversed"
    assert account is not None
    assert account.returned == yuan(50)
    assert account.reserved == yuan(0)
    await desk.replays(cases["complaint"])


async def test_a_gateway_that_contradicts_is_heard_beside_the_slip(desk: Desk) -> None:
    slip = (await gateway(desk))["slip"]
    story = await desk.story(slip)
    assert any("contradicts" in line.sentence for line in story)
    await desk.replays(slip.removesuffix("-P1"))


async def test_a_paid_slip_hears_for_sixty_days_and_then_ends(desk: Desk) -> None:
    case, slip = await approved(desk)
    await desk.step(slip, SignPaid(actor=FINANCE, amount=yuan(50), reference="PAY-1"))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    await desk.forward(slip, days=59)
    await gateway_tells(desk, slip, Heard(Stands.PAID, "GW-1", yuan(50)))
    await desk.until(slip, lambda view: any(task.key == "mismatch-1" for task in view.tasks))
    await desk.step(slip, SettleMismatch(actor=FINANCE, number=1, how="their mistake, sent back"))
    await desk.forward(slip, days=2)
    assert await asyncio.wait_for(desk.case(slip).result(), 20) == "paid"

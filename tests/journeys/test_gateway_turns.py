"""A slip says one thing to the payment gateway after the other: no answer counts for a sending that it cannot know of.

An inquiry that was begun before a sending once counted against it: the slip fell to finance while the sending was still
to leave, and was paid by hand and by the gateway. The gateway here says nothing until the test lets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from temporalio import activity
from temporalio.client import Client

from domain.payment.gateway.state import Heard, Stands
from domain.payment.gateway.steps import AskGateway
from domain.payment.steps import SignPaid
from domain.policy import Sourced
from tests.histories.stories.payments import approved, gateway_tells
from tests.journeys.desk import SOON, Desk, open_desk, yuan
from tests.journeys.people import FINANCE
from workflows.ports import GatewayAnswer, OrderToAskAfter, OrderToPay, PaymentGateway

NOTHING_THERE = Heard(Stands.NOT_FOUND, certain=True)


@dataclass
class Call:
    """Something said to the gateway, which waits for its answer."""

    what: str
    reply: asyncio.Future[Heard]


@dataclass
class SlowGateway(PaymentGateway):
    """Each call waits until the test answers it."""

    calls: asyncio.Queue[Call] = field(default_factory=asyncio.Queue[Call])

    def activities(self) -> tuple[Callable[..., object], ...]:
        """The bodies of the port, for a worker to register."""
        return (self.send, self.ask_after)

    @activity.defn(name="send_payment")
    async def send(self, order: OrderToPay) -> GatewayAnswer:
        """An order comes in."""
        del order
        return await self._said("send")

    @activity.defn(name="ask_after_payment")
    async def ask_after(self, order: OrderToAskAfter) -> GatewayAnswer:
        """An inquiry comes in."""
        del order
        return await self._said("ask")

    async def _said(self, what: str) -> GatewayAnswer:
        call = Call(what, asyncio.get_running_loop().create_future())
        await self.calls.put(call)
        return GatewayAnswer(await call.reply, "gateway")

    async def called(self) -> Call:
        """The next thing that is said."""
        return await asyncio.wait_for(self.calls.get(), SOON)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowGateway:
    """The gateway in place of the shop's own."""
    gateway = SlowGateway()

    def instead(*_parts: Any) -> SlowGateway:
        return gateway

    monkeypatch.setattr("worker.ShopsGateway", instead)
    return gateway


@pytest_asyncio.fixture
async def desk(slow: SlowGateway, temporal: Client, database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk that pays by it, sends twice at most, and believes one certain no."""
    del slow
    async with open_desk(temporal, database_url, tmp_path) as opened:
        rules: dict[str, Any] = {
            "gateway_means": ("original",),
            "gateway_not_found": 1,
            "gateway_sendings": 2,
            "gateway_in_flight": timedelta(0),
            "gateway_inquiries": (timedelta(days=2),),
        }
        changed = {name: Sourced(value, "O") for name, value in rules.items()}
        opened.pinned = replace(opened.pinned, policy=replace(opened.pinned.policy, **changed))
        yield opened


async def asked_about_the_first_sending(desk: Desk, slow: SlowGateway) -> tuple[str, Call]:
    """Sent once with no certain answer; an inquiry about it is under way."""
    _case, slip = await approved(desk)
    first = await slow.called()
    assert first.what == "send"
    first.reply.set_result(Heard(Stands.UNSURE, reply="timeout"))
    await desk.state(slip, "unknown")
    await desk.step(slip, AskGateway(actor=FINANCE))
    inquiry = await slow.called()
    assert inquiry.what == "ask"
    return slip, inquiry


async def paid_once_by_the_second_sending(desk: Desk, slow: SlowGateway, slip: str) -> None:
    """Whatever is asked before it is told that nothing is there; then the sending is paid, and nobody pays by hand."""
    while (call := await slow.called()).what == "ask":
        call.reply.set_result(NOTHING_THERE)
    by_hand = SignPaid(actor=FINANCE, amount=yuan(50), reference="PAY-1")
    assert await desk.refused(slip, by_hand) == "with_gateway"
    call.reply.set_result(Heard(Stands.PAID, "GW-1", yuan(50)))
    await desk.state(slip, "paid")
    assert slow.calls.empty()


async def test_an_inquiry_begun_before_a_sending_says_nothing_of_it(desk: Desk, slow: SlowGateway) -> None:
    slip, inquiry = await asked_about_the_first_sending(desk, slow)
    await gateway_tells(desk, slip, NOTHING_THERE)
    await desk.until(slip, lambda view: "timeout" not in str(view.story["gateway"]))  # the news was taken
    inquiry.reply.set_result(NOTHING_THERE)
    await paid_once_by_the_second_sending(desk, slow, slip)


async def test_an_inquiry_wished_for_beside_another_says_nothing_of_the_sending_after_it(
    desk: Desk, slow: SlowGateway
) -> None:
    slip, inquiry = await asked_about_the_first_sending(desk, slow)
    await desk.step(slip, AskGateway(actor=FINANCE))
    inquiry.reply.set_result(NOTHING_THERE)
    await paid_once_by_the_second_sending(desk, slow, slip)

"""The platform's clocks on the real server: time skipped, news late and twice, one payment; each story replays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.complaint.on_platform import steps as on
from domain.complaint.on_platform.state import MatterKind, Said, SettledHow
from domain.view import CaseView
from tests.journeys.desk import Desk, yuan
from tests.journeys.moves import paid
from tests.journeys.people import SHOP_SYSTEM, SUPERVISOR
from tests.journeys.test_clocks import clock
from tests.journeys.test_money import compensated
from workflows.news import PlatformNews

REFUND = MatterKind.REFUND_REQUEST


async def tell(desk: Desk, case: str, news: str, said: Said, at: datetime, **more: Any) -> None:
    """The platform's connector tells a case something; each message twice, as such connectors do."""
    facts: dict[str, Any] = {"kind": REFUND, "reference": "RQ-1", "amount": yuan(60)}
    says = on.TakePlatformNews(actor=SHOP_SYSTEM, news=news, said=said, when=at, **(facts | more))
    for _ in range(2):
        await desk.case(case).signal("platform_news", PlatformNews(says))


def matter(view: CaseView) -> dict[str, Any]:
    found: dict[str, Any] = (view.story or {})["platform"][0]
    return found


async def test_a_refund_request_that_runs_out_is_warned_of_breached_and_keeps_the_case_open(desk: Desk) -> None:
    case = await desk.open()
    now = datetime.now(UTC)
    await tell(desk, case, "1", Said.OPENED, now, due_at=now + timedelta(hours=48))
    await desk.until(case, lambda view: any(task.key == "platform-1" for task in view.tasks))
    await desk.forward(case, hours=25)
    warned = await desk.until(case, lambda view: clock(view, "refund_request#1").warned_at is not None)
    assert clock(warned, "refund_request#1").breached_at is None
    await desk.forward(case, hours=24)
    await desk.until(case, lambda view: clock(view, "refund_request#1").breached_at is not None)
    await tell(desk, case, "3", Said.PAID, now + timedelta(hours=48), payment="TM-RF-1")
    await tell(desk, case, "2", Said.APPROVED, now + timedelta(hours=48))
    out = await desk.until(case, lambda view: len(matter(view)["facts"]) == 3)
    assert [each["why"] for each in (out.story or {})["outstanding"]] == ["ran_out"]
    borne = on.SettleOutstanding(
        actor=SUPERVISOR, item="refund_request#1", how=SettledHow.BORNE, reason="not worth the letter"
    )
    told = await desk.step(case, borne)
    assert told.view.story["outstanding"][0]["rest"]["amount"] == "0.00"  # type: ignore[index]
    await desk.replays(case)


async def test_a_dispute_that_ran_out_without_a_reminder_stands_against_the_supervisor(desk: Desk) -> None:
    case = await desk.open()
    now = datetime.now(UTC)
    due = now + timedelta(hours=30)
    await tell(desk, case, "1", Said.OPENED, now, kind=MatterKind.DISPUTE, due_at=now + timedelta(hours=10))
    await tell(desk, case, "2", Said.EXTENDED, now, kind=MatterKind.DISPUTE, due_at=due)
    await desk.until(case, lambda view: any(each.due_at == due for each in view.clocks))
    await desk.forward(case, hours=31)
    told = await desk.until(case, lambda view: "unreminded_at" in matter(view))
    assert clock(told, "dispute#1").escalated_to == "supervisor"
    assert any(line.event == "reminder_missing" for line in await desk.story(case))
    await desk.replays(case)


async def test_a_slip_and_the_platforms_own_payment_one_second_later_are_one_payment(desk: Desk) -> None:
    case, slip = await compensated(desk, 60)
    await desk.state(slip, "to_approve")
    await tell(desk, case, "1", Said.PAID, datetime.now(UTC), payment="TM-RF-1")
    await desk.state(slip, "void")
    done = await desk.state(case, "to_call_back")
    assert [each["reference"] for each in (done.story or {})["platform_payments"]] == ["TM-RF-1"]
    assert not [each for each in (done.story or {}).get("outstanding", []) if each["rest"]["amount"] != "0.00"]
    for each in (case, slip):
        await desk.replays(each)


async def test_paid_one_second_before_the_platform_it_is_to_be_recovered(desk: Desk) -> None:
    case, slip = await compensated(desk, 60)
    await paid(desk, slip, yuan(60))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    await tell(desk, case, "1", Said.PAID, datetime.now(UTC), payment="TM-RF-1")
    told = await desk.until(case, lambda view: any(task.key == "outstanding-paid_twice" for task in view.tasks))
    assert (told.story or {})["outstanding"][0]["amount"]["amount"] == "60.00"
    await desk.replays(case)

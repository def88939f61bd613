"""Stories of money that comes in, of sums made smaller, and of what the platform paid by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.complaint import steps as s
from domain.complaint.problems import RemedyKind
from domain.complaint.sums import steps as sm
from domain.complaint.sums.state import PaidBy
from domain.money import Money
from domain.payment import steps as ps
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk, yuan
from tests.journeys.moves import goods_back, judged, offer, paid
from tests.journeys.people import AGENT, CUSTOMER, SHOP_SYSTEM
from tests.journeys.test_money import REPAID, compensated, incoming
from tests.journeys.test_remedies import sent


async def money_back(desk: Desk) -> dict[str, str]:
    """A sum is made smaller and paid; the platform pays on top of it, and the customer pays a part back."""
    case, out = await compensated(desk, 70)
    await desk.state(out, "to_approve")
    await desk.step(out, ps.ChangeAmount(actor=AGENT, amount=yuan(60), reason="a part of it was for another cup"))
    await paid(desk, out, yuan(60))
    await desk.state(case, "to_call_back")
    news = sm.RecordPlatformPayment(
        actor=SHOP_SYSTEM, amount=yuan(20), reference="TM-1", paid_at=datetime.now(UTC) - timedelta(minutes=1)
    )
    await desk.step(case, news)
    await desk.step(case, REPAID)
    await paid(desk, f"{case}-P2", yuan(60))
    await desk.until(case, lambda view: incoming(view) == ["paid"])
    return {"complaint": case, "lowered": out, "repayment": f"{case}-P2"}


async def dearer_goods(desk: Desk) -> dict[str, str]:
    """An exchange for dearer goods: they go out once the customer's money is in."""
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, offer(RemedyKind.EXCHANGE, worth=yuan(40), what="tea pot"))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await goods_back(desk, case)
    named = sm.NameDifference(actor=AGENT, paid_by=PaidBy.CUSTOMER, amount=yuan(15), reason="a pot for a cup")
    await desk.step(case, named)
    slip: str = (await desk.look(case)).view.story["incoming"][0]["case"]  # type: ignore[index]
    await paid(desk, slip, yuan(15))
    await desk.until(case, lambda view: incoming(view) == ["paid"])
    await desk.step(case, sent())
    return {"complaint": case, "surcharge": slip}


async def beyond_the_line(desk: Desk) -> dict[str, str]:
    """A coupon beyond what another case left of the order line: the ledger says no, and the agent proposes anew."""
    facts = await desk.register_order(paid=Money(17800, "CNY"), quantity=2)
    first, second = await desk.open(order_facts=facts, quantity=2), await desk.open(order_facts=facts)
    await judged(desk, first)
    await desk.step(first, offer(RemedyKind.COMPENSATION, refund=yuan(178)))
    await desk.step(first, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await desk.state(f"{first}-P1", "to_approve")
    await judged(desk, second)
    await desk.step(second, offer(RemedyKind.COUPON, worth=yuan(10)))
    await desk.step(second, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await desk.state(second, "part_failed")
    await desk.step(second, offer(RemedyKind.APOLOGY, apology="We are sorry for the crack."))
    return {"complaint": second}


STORIES: dict[str, Story] = {
    "money_back": Story(money_back, ("complaint", "lowered", "repayment")),
    "dearer_goods": Story(dearer_goods, ("complaint", "surcharge")),
    "beyond_the_line": Story(beyond_the_line),
}

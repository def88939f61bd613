"""Stories of money on its way: in parts, back again and to another account; and by a gateway that contradicts."""

from __future__ import annotations

from dataclasses import replace

from domain.complaint import steps as s
from domain.complaint.paying_out.steps import AgreeMeans
from domain.complaint.problems import RemedyKind
from domain.payment import steps as p
from domain.payment.gateway.state import Heard, Stands
from domain.payment.gateway.steps import Found, ReportReversed, SettleMismatch, SettleUnknown
from domain.payment.means import Means
from domain.payment.parting.steps import SignPart
from domain.policy import Sourced
from domain.shared_steps import AddEvidence
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.moves import judged, paid, propose
from tests.journeys.people import AGENT, CUSTOMER, FINANCE, SHOP_SYSTEM, SUPERVISOR
from workflows.news import GatewayNews


async def approved(desk: Desk, amount: int = 50) -> tuple[str, str]:
    """A compensation whose slip was just approved; the complaint and its slip."""
    case = await desk.open()
    await judged(desk, case)
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(amount)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    slip = f"{case}-P1"
    await desk.state(slip, "to_approve")
    await desk.step(slip, p.ApproveSlip(actor=SUPERVISOR, amount=yuan(amount)))
    return case, slip


async def gateway_tells(desk: Desk, slip: str, heard: Heard) -> None:
    """The payment gateway tells a slip something by itself, as the API passes it on."""
    await desk.case(slip).signal("gateway_told", GatewayNews(heard, SHOP_SYSTEM))


async def money_back(desk: Desk) -> dict[str, str]:
    """Paid in two parts, given back by the bank, paid anew to another account that a photo proves."""
    case, slip = await approved(desk)
    await desk.step(slip, SignPart(actor=FINANCE, amount=yuan(20), reference="PART-1"))
    await desk.step(slip, p.SignPaid(actor=FINANCE, amount=yuan(30), reference="PART-2"))
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    await desk.step(slip, ReportReversed(actor=FINANCE, reference="BANK-7", reason="no such account"))
    await desk.state(case, "slip_failed")
    proof = photo("bank card")
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(proof,), purpose="receipt"))
    account = await desk.sealed("account", "6222 0000 1111 2222")
    agreed = AgreeMeans(
        actor=AGENT,
        means=Means.ACCOUNT,
        account=account,
        with_whom="the customer, by phone",
        proof=proof.photo,
        reason="the old account was closed",
        account_mark="mark-2",
    )
    await desk.step(case, agreed)
    await desk.step(case, s.RequestSlip(actor=AGENT, slip=slip, reason="to the new account"))
    await paid(desk, f"{case}-P2", yuan(50))
    await desk.until(case, lambda view: view.story["payments"][-1]["result"] == "paid")  # type: ignore[index]
    return {"complaint": case, "slip": slip}


async def gateway(desk: Desk) -> dict[str, str]:
    """Sent, but the shop has no gateway; it tells of a payment all the same, then of another: each is finance's."""
    chosen = replace(desk.pinned.policy, gateway_means=Sourced(("original",), "O"))
    desk.pinned = replace(desk.pinned, policy=chosen)
    case, slip = await approved(desk)
    await desk.state(slip, "with_finance")
    await gateway_tells(desk, slip, Heard(Stands.PAID, "GW-1", yuan(50)))
    await desk.state(slip, "unknown")
    assert await desk.refused(slip, p.SignPaid(actor=FINANCE, amount=yuan(50), reference="PAY-1")) == "with_gateway"
    found = SettleUnknown(actor=FINANCE, found=Found.PAID, reference="GW-1", reason="stands in their statement")
    await desk.step(slip, found)
    await desk.until(case, lambda view: view.story["payments"][0]["result"] == "paid")  # type: ignore[index]
    await gateway_tells(desk, slip, Heard(Stands.PAID, "GW-2", yuan(50)))
    await desk.until(slip, lambda view: any(task.key == "mismatch-2" for task in view.tasks))
    await desk.step(slip, SettleMismatch(actor=FINANCE, number=2, how="they sent the second one back"))
    return {"slip": slip}


STORIES = {
    "given_back_by_the_bank": Story(money_back, ("complaint", "slip")),
    "gateway": Story(gateway, ("slip",)),
}

"""Receipts of freight: what one case was paid for, no other case is."""

from domain.shared_steps import AddEvidence
from tests.journeys.desk import Desk, photo
from tests.journeys.moves import agreed, inspect, receive, ship
from tests.journeys.people import CUSTOMER


async def sent_back_with(desk: Desk, receipt: str, tracking: str) -> str:
    """A complaint whose goods are back, the freight proved by that receipt; its case number."""
    case = await desk.open()
    await agreed(desk, case)
    proof = photo(receipt)
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(proof,), purpose="receipt"))
    await desk.state(f"{case}-R1", "waiting_for_goods")
    await desk.step(case, ship(tracking, receipt=proof.photo))
    await desk.state(f"{case}-R1", "in_transit")
    await desk.step(f"{case}-R1", receive(tracking))
    await desk.step(f"{case}-R1", inspect())
    return case


async def test_a_receipt_that_another_case_was_paid_for_pays_no_freight_and_the_agent_hears_why(desk: Desk) -> None:
    first = await sent_back_with(desk, "receipt", "SF1001")
    await desk.state(f"{first}-P2", "to_approve")
    second = await sent_back_with(desk, "receipt", "SF2002")
    refused = await desk.state(f"{second}-P2", "above_ceiling")
    assert "receipt" in str(refused.story["note"])
    await desk.state(f"{second}-P1", "to_approve")
    await desk.state(second, "slip_failed")
    await desk.replays(second)

"""The canonical quality return: twelve human steps from the first fact to the last call, one refund."""

from __future__ import annotations

from typing import Any

from bench import bodies
from bench.player import Player
from bench.plays.stories import Story
from tests.adapters.pictures import phone_photo


async def tell_the_return(player: Player) -> list[dict[str, Any]]:
    """Play it once; its cases, how many steps people took, and the customer's address."""
    story = Story(player, pause=0.05)
    number, buyer = player.name("T"), bodies.customer(player.name("K"), email=True)
    await player.tell("integration", "PUT", f"/v1/orders/{number}", bodies.order(buyer))
    said = bodies.complaint(number, buyer)
    del said["line"], said["quantity"]
    opened = await player.tell("integration", "POST", "/v1/complaints", said)
    case: str = opened.json()["case"]["case"]
    returned, slip = f"{case}-R1", f"{case}-P1"
    await story.step("agent", case, "supply_facts", line=1, quantity=1)
    await story.photo("agent", case, phone_photo())
    await story.step("agent", case, "give_feedback", **bodies.FEEDBACK)
    await story.step("agent", case, "judge", **bodies.judgement(1))
    offer = {"kind": "return_and_refund", "refund": bodies.PRICE, "freight": False, "words": "Send it back, please."}
    await story.step("agent", case, "propose_remedy", **offer)
    await story.step("agent", case, "accept_proposal", proposal=1, heard_on="phone")
    await story.until(returned, "waiting_for_goods")
    tracking = player.name("SF")
    await story.step("agent", case, "report_shipment", carrier="SF Express", tracking=tracking)
    await story.until(returned, "in_transit")
    await story.step("warehouse", returned, "receive_parcel", tracking=tracking)
    found = {"quantity": 1, "intact": True, "packaging_whole": True, "fault_found": True, "grade": "C"}
    await story.step("warehouse", returned, "inspect", **found, signed="Zhao")
    await story.until(slip, "to_approve")
    await story.step("supervisor", slip, "approve_slip", amount=bodies.PRICE)
    await story.step("finance", slip, "sign_paid", amount=bodies.PRICE, reference=f"PAY-{case}")
    await story.until(case, "to_call_back")
    await story.step("call_back", case, "record_call_back", result="satisfied")
    return [{"cases": [case, returned, slip], "steps": story.steps, "address": buyer["email"], "stale": story.stale}]

"""An exchange that the inspection stops: goods first, then the new ones; what failed goes back to the customer."""

from __future__ import annotations

import secrets

from standalone.callers import Caller, open_with_photos


async def exchange(caller: Caller) -> None:
    """From the complaint to the cup that is the customer's again, each step told."""
    case = await open_with_photos(caller, "There is a crack on the rim.")
    await _agree(caller, case)
    returned = await _bring_back(caller, case)
    await caller.until(case, "inspection_failed")
    words = "The warehouse found no crack; you get your cup back. We are glad to show you the photos."
    await caller.step("agent", case, "propose_remedy", "proposes to send it back", kind="send_back", words=words)
    await caller.step("customer", case, "accept_proposal", "accepts", proposal=2)
    await caller.until(returned, "to_send_back")
    back = {"carrier": "SF Express", "tracking": f"SF{secrets.randbelow(10**10):010d}"}
    await caller.step("warehouse", returned, "send_goods_back", "sends the cup back", **back)
    await caller.until(case, "to_call_back")
    await caller.step("call_back", case, "record_call_back", "calls: the customer is satisfied", result="satisfied")


async def _agree(caller: Caller, case: str) -> None:
    found = {"fault": "crack", "place": "rim", "responsible": "supplier", "severity": "minor"}
    await caller.step("agent", case, "judge", "confirms the fault by the photos", fault_confirmed=True, **found)
    await caller.step(
        "agent",
        case,
        "propose_remedy",
        "proposes a new cup once this one is in",
        kind="exchange",
        what="Tea cup, blue",
        worth={"amount": "40.00", "currency": "CNY"},
        words="Send the cup back; the new one leaves once it is in and checked.",
    )
    await caller.step("customer", case, "accept_proposal", "accepts", proposal=1)


async def _bring_back(caller: Caller, case: str) -> str:
    returned = f"{case}-R1"
    await caller.until(returned, "waiting_for_goods")
    tracking = f"SF{secrets.randbelow(10**10):010d}"
    said = "reports the parcel"
    await caller.step("customer", case, "report_shipment", said, carrier="SF Express", tracking=tracking)
    await caller.until(returned, "in_transit")
    await caller.step("warehouse", returned, "receive_parcel", "receives the parcel", tracking=tracking)
    found = {"quantity": 1, "intact": True, "packaging_whole": True, "fault_found": False, "grade": "A"}
    said = "inspects it: there is no crack; the exchange stops"
    await caller.step("warehouse", returned, "inspect", said, **found, signed="Zhao")
    return returned

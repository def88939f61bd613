"""An exchange that the inspection stops: goods first, then the new ones; what failed goes back to the customer."""

from __future__ import annotations

from standalone.callers import Caller, open_with_photos
from standalone.scenes import call_back, judge, new_tracking, receive_and_inspect, send_parcel


async def exchange(caller: Caller) -> None:
    """From the complaint to the cup that is the customer's again, each step told."""
    case = await open_with_photos(caller, "There is a crack on the rim.")
    await judge(caller, case, "confirms the fault by the photos", fault="crack", place="rim")
    await _agree(caller, case)
    tracking = new_tracking()
    returned = await send_parcel(caller, case, tracking, "reports the parcel")
    said = "inspects it: there is no crack; the exchange stops"
    await receive_and_inspect(caller, returned, tracking, said, fault_found=False, grade="A")
    await _send_back(caller, case, returned)
    await call_back(caller, case)


async def _agree(caller: Caller, case: str) -> None:
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


async def _send_back(caller: Caller, case: str, returned: str) -> None:
    await caller.until(case, "inspection_failed")
    words = "The warehouse found no crack; you get your cup back. We are glad to show you the photos."
    await caller.step("agent", case, "propose_remedy", "proposes to send it back", kind="send_back", words=words)
    await caller.step("customer", case, "accept_proposal", "accepts", proposal=2)
    await caller.until(returned, "to_send_back")
    back = {"carrier": "SF Express", "tracking": new_tracking()}
    await caller.step("warehouse", returned, "send_goods_back", "sends the cup back", **back)

"""Scenes that more than one story of ``make demo`` plays: judged, brought back, inspected, called back."""

from __future__ import annotations

import secrets
from typing import Any

from standalone.callers import Caller


def new_tracking() -> str:
    """A courier's number that no other parcel has."""
    return f"SF{secrets.randbelow(10**10):010d}"


async def judge(caller: Caller, case: str, said: str, *, fault: str, place: str) -> None:
    """The agent confirms the fault at its place of the goods."""
    found = {"fault": fault, "place": place, "responsible": "supplier", "severity": "minor"}
    await caller.step("agent", case, "judge", said, fault_confirmed=True, **found)


async def send_parcel(caller: Caller, case: str, tracking: str, said: str, **further: Any) -> str:
    """The customer reports the parcel; the return that it belongs to, once it is on its way."""
    returned = f"{case}-R1"
    await caller.until(returned, "waiting_for_goods")
    parcel = {"carrier": "SF Express", "tracking": tracking}
    await caller.step("customer", case, "report_shipment", said, **parcel, **further)
    await caller.until(returned, "in_transit")
    return returned


async def receive_and_inspect(caller: Caller, returned: str, tracking: str, said: str, **found: Any) -> None:
    """The warehouse receives the one piece and inspects it."""
    await caller.step("warehouse", returned, "receive_parcel", "receives the parcel", tracking=tracking)
    piece = {"quantity": 1, "intact": True, "packaging_whole": True}
    await caller.step("warehouse", returned, "inspect", said, **piece, **found, signed="Zhao")


async def call_back(caller: Caller, case: str) -> None:
    """The last call."""
    await caller.until(case, "to_call_back")
    await caller.step("call_back", case, "record_call_back", "calls: the customer is satisfied", result="satisfied")

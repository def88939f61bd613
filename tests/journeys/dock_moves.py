"""Parcels as the dock takes them in, on a desk of the journeys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from domain.casefile import Customer
from domain.dock import steps as ds
from domain.dock.leads import Agrees, lead_of
from domain.dock.state import Lead, OpenParcel, ParcelSeen
from tests.journeys.desk import SHOP, Desk
from tests.journeys.moves import agreed, send
from tests.journeys.people import AGENT, SUPERVISOR, WAREHOUSE
from workflows.answers import Begin


async def scan(desk: Desk, *leads: Lead, case: str = "", **seen: Any) -> str:
    """The dock takes a parcel in, as the API does it; its number."""
    desk.numbers += 1
    name, now = case or f"AS-2026-9{desk.numbers:05d}", datetime.now(UTC)
    subject = f"c_sender_{desk.numbers}"
    opening = OpenParcel(
        case=name,
        shop=SHOP,
        received_at=now,
        entered_at=now,
        received_by=WAREHOUSE,
        seen=ParcelSeen(**({"tracking": "ZZ7777"} | seen)),
        customer=Customer(subject=subject),
        pinned=desk.pinned,
        fingerprint="f",
        leads=leads,
    )
    memo = {"shop": SHOP, "customer": subject}
    await desk.client.start_workflow("Parcel", Begin(opening), id=name, task_queue=desk.settings.task_queue, memo=memo)
    return name


async def waiting(desk: Desk, tracking: str | None = "SF1001") -> str:
    """A return that waits for its goods."""
    case = await desk.open()
    await agreed(desk, case)
    name = f"{case}-R1"
    await desk.state(name, "waiting_for_goods")
    if tracking is not None:
        await send(desk, case, tracking)
        await desk.state(name, "in_transit")
    return name


async def lead(desk: Desk, name: str, **agrees: Any) -> Lead:
    """The return as the register shows it."""
    return replace(lead_of((await desk.look(name)).view, Agrees()), **agrees)


def match(lead: Lead) -> ds.MatchParcel:
    return ds.MatchParcel(actor=AGENT, return_case=lead.return_case, reason="the colour is the same", leads=(lead,))


def unmatch(name: str) -> ds.UnmatchParcel:
    return ds.UnmatchParcel(actor=SUPERVISOR, return_case=name, reason="it was the neighbour's")

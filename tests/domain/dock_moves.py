"""Parcels as the dock takes them in, and the returns as the register shows them."""

from __future__ import annotations

from typing import Any

from domain import casework
from domain.casefile import Event
from domain.dock import steps as ds
from domain.dock.state import Goods, Lead, OpenParcel, ParcelSeen, TrackedParcel
from domain.goods_return.state import Return
from domain.people import DESK, Actor
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

PARCEL = "AS-2026-000007"
ELSEWHERE = "AS-2026-000002-R1"
"""A return of somebody else."""


def seen(**changes: Any) -> ParcelSeen:
    """A parcel with a number that nobody reported."""
    return ParcelSeen(**({"tracking": "ZZ7777", "carrier": "SF Express"} | changes))


def parcel(desk: Desk, *leads: Lead, case: str = PARCEL, **changes: Any) -> OpenParcel:
    """A parcel that comes in now."""
    return OpenParcel(
        case=case,
        shop="shop-1",
        received_at=desk.now,
        entered_at=desk.now,
        received_by=b.ZHAO,
        seen=seen(**changes),
        customer=b.customer(subject="c-sender"),
        pinned=b.policy(),
        fingerprint="f",
        leads=leads,
    )


def lead(case: Return, **agrees: Any) -> Lead:
    """The return as the register shows it."""
    tracked = tuple(TrackedParcel(p.tracking, p.carrier, p.received_at is not None) for p in case.parcels)
    arrival = case.running("arrival")
    known: dict[str, Any] = {
        "return_case": case.case,
        "over": case.closed_at is not None,
        "received": case.received,
        "tracked": tracked,
        "expected_at": arrival.due_at if arrival is not None else None,
    }
    return Lead(**(known | agrees))


def stranger(**agrees: Any) -> Lead:
    """A return of somebody else that waits for its goods."""
    return Lead(**({"return_case": ELSEWHERE} | agrees))


def match(*leads: Lead, actor: Actor = b.LIN, name: str | None = None) -> ds.MatchParcel:
    named = name or leads[0].return_case
    return ds.MatchParcel(actor=actor, return_case=named, reason="the customer told the colour", leads=leads)


def unmatch(return_case: str, actor: Actor = b.WU) -> ds.UnmatchParcel:
    return ds.UnmatchParcel(actor=actor, return_case=return_case, reason="it was the neighbour's")


def take_on(actor: Actor = b.LIN) -> ds.TakeOnParcel:
    return ds.TakeOnParcel(actor=actor)


def split(*shares: ds.Share, leads: tuple[Lead, ...]) -> ds.SplitParcel:
    return ds.SplitParcel(actor=b.LIN, shares=shares, reason="two notes lay in it", leads=leads)


def close(outcome: ds.WhereItWent = ds.WhereItWent.NOT_A_RETURN) -> ds.CloseParcel:
    return ds.CloseParcel(actor=b.WU, outcome=outcome, reason="a gift for the office")


def answered(d: Desk, return_case: str, result: str = "inspected") -> tuple[Event, ...]:
    """What a return's answer causes."""
    step = ds.TakeReturnAnswer(actor=DESK, return_case=return_case, result=result)
    return casework.decide(d.book(PARCEL), d.parcels[PARCEL], step, d.now)


def goods(barcode: str = "6901", quantity: int = 1) -> Goods:
    return Goods(barcode, quantity)


def awaited(tracking: str | None = "SF1111") -> tuple[Desk, str]:
    """A return that waits: for its parcel, or without a number for the customer to send it."""
    d = desk()
    name = m.returning(d)
    if tracking is not None:
        d.take(m.shipped(tracking))
    return d, name


def state(d: Desk) -> str:
    """Where the parcel stands."""
    return d.view(PARCEL).state

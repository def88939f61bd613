"""What a return shows of itself that a parcel at the dock may agree with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from domain.dock.state import Goods, Lead, ParcelSeen, TrackedParcel
from domain.view import CaseView


@dataclass(frozen=True)
class Agrees:
    """What the parcel says that a return's row is compared with; empty or None agrees with nothing."""

    card: str = ""
    order_index: str | None = None
    customer: str | None = None
    phone_index: str | None = None


def lead_of(view: CaseView, said: Agrees, *, same_name: bool = False) -> Lead:
    """The return as a lead, from its view alone; the same view and marks give the same."""
    story = cast("dict[str, Any]", view.story or {})
    lines: list[dict[str, Any]] = story.get("lines") or []
    parcels: list[dict[str, Any]] = story.get("parcels") or []
    tracked = tuple(
        TrackedParcel(each["tracking"], each["carrier"], each["received_at"] is not None) for each in parcels
    )
    return Lead(
        return_case=view.case,
        over=view.closed_at is not None and not story.get("takes_late"),
        received=any(each.here for each in tracked),
        tracked=tracked,
        on_card=bool(said.card) and said.card in {view.case, view.parent},
        same_order=_same(said.order_index, view.order_index),
        same_customer=_same(said.customer, view.customer),
        same_phone=_same(said.phone_index, view.phone_index),
        same_name=same_name,
        goods=tuple(Goods(each["barcode"], each["quantity"]) for each in lines if each["barcode"]),
        grams=_weight(lines),
        expected_at=_expected(view),
    )


def seen_of(parcel: CaseView) -> ParcelSeen:
    """What was seen of a parcel, from its view."""
    seen: dict[str, Any] = dict(cast("dict[str, Any]", (parcel.story or {})["seen"]))
    goods = tuple(Goods(each["barcode"], each["quantity"]) for each in seen.pop("goods"))
    return ParcelSeen(**seen, goods=goods)


def _same(ours: str | None, theirs: str | None) -> bool:
    return ours is not None and ours == theirs


def _weight(lines: list[dict[str, Any]]) -> int | None:
    """All of it; None where it is not known of a line."""
    if not lines or not all(each["grams"] for each in lines):
        return None
    return sum(each["grams"] * each["quantity"] for each in lines)


def _expected(view: CaseView) -> datetime | None:
    """When the running wait for the parcel is due."""
    return next((clock.due_at for clock in view.clocks if clock.name == "arrival" and clock.ended_at is None), None)

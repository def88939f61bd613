"""What the register knows of a case's replacements, read from the case's own story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from domain.complaint.fulfilling.state import PartState
from domain.complaint.problems import RemedyKind
from domain.complaint.replaced.state import Replacement
from domain.complaint.watching.state import ParcelState
from domain.instants import instant_in
from domain.view import CaseView

ABOUT = "about_replacement"
"""The name in a story of the replacement that the case is about."""
REPLACES = frozenset({RemedyKind.EXCHANGE.value, RemedyKind.RESHIPMENT.value})
"""Remedies that give the customer other goods; mended goods are the same ones."""
_OUT = frozenset({PartState.SENT.value, PartState.DONE.value})

Told = dict[str, Any]


def about_of(view: CaseView) -> str:
    """The case whose replacement this one is about; empty if it is about the goods that were first sent."""
    told = cast("Told", (view.story or {}).get(ABOUT) or {})
    return str(told.get("case", ""))


def replaces(view: CaseView) -> bool:
    """Whether an exchange or reshipment was begun in the case, whatever became of it."""
    return any(part["kind"] in REPLACES for part in view.told("fulfilments"))


def sent_out(view: CaseView) -> tuple[Replacement, ...]:
    """The replacements that left and were not lost or sent back, in the order of their parts."""
    units = tuple(_units(view))
    found: list[Replacement] = []
    for part in view.told("fulfilments"):
        if part["kind"] in REPLACES and part.get("tracking") and part["state"] in _OUT:
            parcel = _parcel(view, str(part["tracking"]))
            found.append(
                Replacement(
                    part=int(part["number"]),
                    kind=str(part["kind"]),
                    carrier=str(part.get("carrier", "")),
                    tracking=str(part["tracking"]),
                    arrived_at=_arrived_at(parcel),
                    units=units,
                )
            )
    return tuple(found)


def _arrived_at(parcel: Told) -> datetime | None:
    """By the four facts of the arrival; before those are told, when a check found that it had come [S]."""
    told = parcel.get("arrival")
    if told is not None:
        return instant_in(str(told["arrived_at"]))
    checks = (check for check in parcel.get("checks", ()) if check["result"] == ParcelState.ARRIVED.value)
    return next((instant_in(str(check.get("seen_at") or check["at"])) for check in checks), None)


def _parcel(view: CaseView, tracking: str) -> Told:
    """The watched parcel of that number, also if it travelled on under another one."""
    for each in reversed(view.told("parcels")):
        if tracking in {each["tracking"], *(was["tracking"] for was in each.get("earlier", ()))}:
            return each
    return {}


def _units(view: CaseView) -> Iterator[tuple[int, int | None]]:
    story = view.story or {}
    if claimed := view.told("claimed"):
        yield from ((int(each["line"]), int(each["quantity"])) for each in claimed)
    elif (line := cast("int | None", story.get("line"))) is not None:
        yield line, cast("int | None", story.get("quantity"))

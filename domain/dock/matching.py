"""To which return a parcel belongs: what speaks for each, and when that is certain (domain.md [S], ranking [O]).

A tracking number that one open return knows, or a card with its number, is certain. Everything else is a reason for a
person to look there first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.dock.state import Basis, DockParcel, Lead, Match, ParcelSeen

POINTS: dict[str, int] = {
    "tracking": 100,
    "card": 100,
    "order": 60,
    "customer": 50,
    "phone": 40,
    "goods": 30,
    "name": 15,
    "weight": 10,
    "expected": 5,
}
"""What each reason weighs [O]: what names the case before what names the person, that before what many have."""

WEIGHT_WITHIN = 20
"""A parcel weighs as much as its goods if it is at most so many hundredths lighter or heavier; boxes weigh too [O]."""

NEAR = timedelta(days=3)
"""A parcel comes when it is expected if that is not more than so far away [O]."""

MOST_LEADS = 20
"""So many returns are looked at for one parcel."""


@dataclass(frozen=True)
class Candidate:
    """A return that the parcel may belong to, with the reasons, the weightiest first."""

    return_case: str
    points: int
    reasons: tuple[str, ...]
    over: bool


def reasons(seen: ParcelSeen, lead: Lead, at: datetime) -> tuple[str, ...]:
    """What speaks for this return, in the order of `POINTS`. at: when the parcel came in (UTC)."""
    return tuple(_reasons(seen, lead, at))


def _reasons(seen: ParcelSeen, lead: Lead, at: datetime) -> Iterator[str]:
    holds = {
        "tracking": any(_same_number(seen, each.tracking, each.carrier) for each in lead.tracked),
        "card": lead.on_card,
        "order": lead.same_order,
        "customer": lead.same_customer,
        "phone": lead.same_phone,
        "goods": bool({each.barcode for each in seen.goods} & {each.barcode for each in lead.goods}),
        "name": lead.same_name,
        "weight": _weighs_as_much(seen.grams, lead.grams),
        "expected": lead.expected_at is not None and not lead.received and abs(lead.expected_at - at) <= NEAR,
    }
    return (name for name in POINTS if holds[name])


def candidates(seen: ParcelSeen, leads: Iterable[Lead], at: datetime) -> tuple[Candidate, ...]:
    """Every return for which anything speaks, the likeliest first; of equals those that still wait, then by number."""
    found: list[Candidate] = []
    for lead in leads:
        why = reasons(seen, lead, at)
        if why:
            found.append(Candidate(lead.return_case, sum(POINTS[name] for name in why), why, lead.over))
    return tuple(sorted(found, key=lambda each: (-each.points, each.over, each.return_case)))


def certain(case: DockParcel) -> Match | None:
    """The match that needs no person; None if none, or more than one return, is named for certain [S].

    A return that is over, one whose parcel of that number is here already, and one from which a person took this parcel
    away are never certain.
    """
    named = {lead.return_case: basis for lead in case.leads if (basis := _named_for_certain(case, lead)) is not None}
    if len(named) != 1:
        return None
    ((return_case, basis),) = named.items()
    lead = next(each for each in case.leads if each.return_case == return_case)
    why = reasons(case.seen, lead, case.opened_at)
    return Match(return_case, basis, why, case.opened_at, case.received_by)


def _named_for_certain(case: DockParcel, lead: Lead) -> Basis | None:
    undone = any(match.return_case == lead.return_case and not match.holds for match in case.matches)
    if lead.over or undone:
        return None
    same = [each for each in lead.tracked if _same_number(case.seen, each.tracking, each.carrier)]
    if any(each.here for each in same):
        return None
    if same:
        return Basis.TRACKING
    return Basis.CARD if lead.on_card else None


def _same_number(seen: ParcelSeen, tracking: str, carrier: str) -> bool:
    """Numbers repeat between carriers: where both are told they must not contradict each other."""
    if not seen.tracking or seen.tracking != tracking:
        return False
    ours, theirs = "".join(seen.carrier.split()).casefold(), "".join(carrier.split()).casefold()
    return not ours or not theirs or ours in theirs or theirs in ours


def _weighs_as_much(grams: int | None, expected: int | None) -> bool:
    if not grams or not expected:
        return False
    return abs(grams - expected) * 100 <= expected * WEIGHT_WITHIN

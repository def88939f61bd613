"""What happens to a parcel at the dock, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.dock.state import Goods, Lead, Match, ParcelSeen


@dataclass(frozen=True, kw_only=True)
class ParcelCame(Event):
    """The warehouse has a parcel in its hands."""

    seen: ParcelSeen


@dataclass(frozen=True, kw_only=True)
class GoodsCounted(Event):
    """What lies in it was counted when it was divided."""

    goods: tuple[Goods, ...]


@dataclass(frozen=True, kw_only=True)
class ParcelMatched(Event):
    """It belongs to a return, or some of its goods do."""

    match: Match


@dataclass(frozen=True, kw_only=True)
class MatchUndone(Event):
    """The match was wrong: nothing of it stands, for the parcel or for the return."""

    return_case: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LeadCame(Event):
    """A return has become known that the parcel may belong to."""

    lead: Lead


@dataclass(frozen=True, kw_only=True)
class ParcelTakenOn(Event):
    """Somebody owns the question whose parcel it is."""

    handles = True


@dataclass(frozen=True, kw_only=True)
class ReturnHeard(Event):
    """The return was told that the parcel is here, or that it never was its own."""

    return_case: str
    arrived: bool


@dataclass(frozen=True, kw_only=True)
class ReturnAnswered(Event):
    """The return says what came of the parcel: inspected, or over, so that it cannot take it."""

    return_case: str
    result: str


@dataclass(frozen=True, kw_only=True)
class ParcelClosed(Event):
    """Nothing more happens to this parcel; `outcome` says where it went."""

    outcome: str
    reason: str = ""

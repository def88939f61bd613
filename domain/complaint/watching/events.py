"""What happens to parcels that a case waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.complaint.watching.state import Arrival, Chase, ParcelCheck, Why
from domain.people import Role


@dataclass(frozen=True, kw_only=True)
class ParcelWatched(Event):
    """Somebody put a parcel under watch."""

    tracking: str
    carrier: str
    awaited_as: Why


@dataclass(frozen=True, kw_only=True)
class ParcelChecked(Event):
    """Somebody looked where a parcel is; `changed` says whether that differs from the check before."""

    number: int
    tracking: str
    made: ParcelCheck
    changed: bool


@dataclass(frozen=True, kw_only=True)
class ParcelSeenAgain(Event):
    """The courier saw a parcel as it was before, at `seen` (UTC), and no check was planned."""

    number: int
    tracking: str
    seen: datetime


@dataclass(frozen=True, kw_only=True)
class CourierChased(Event):
    """The courier was asked about a parcel that does not move."""

    number: int
    tracking: str
    chase: Chase


@dataclass(frozen=True, kw_only=True)
class ParcelReRegistered(Event):
    """A stubborn parcel travels on under another number."""

    number: int
    tracking: str
    new_tracking: str
    carrier: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WatchGivenUp(Event):
    """Nobody waits for the parcel any more."""

    number: int
    tracking: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ArrivalConfirmed(Event):
    """The customer was called and told the four facts of the arrival."""

    number: int
    tracking: str
    arrival: Arrival


@dataclass(frozen=True, kw_only=True)
class ExceptionSeen(Event):
    """A desk has seen what was not as it should be at the customer's door."""

    number: int
    tracking: str
    desk: Role

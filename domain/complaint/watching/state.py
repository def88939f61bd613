"""Watched parcels, their checks and their arrival as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people import Actor, Role
from domain.sealed import Sealed


class Why(StrEnum):
    """What a parcel is to the case."""

    LATE_PARCEL = "late_parcel"
    SECOND_PARCEL = "second_parcel"
    """The rest of an order that travels in several parcels [T]."""
    RESHIPMENT = "reshipment"
    REFUSED_PARCEL = "refused_parcel"
    """Refused at the door: it is followed until it is back [T]."""
    RETURN = "return"


TO_US = frozenset({Why.REFUSED_PARCEL, Why.RETURN})
"""Parcels that come to the shop; the others go to the customer."""


class ParcelState(StrEnum):
    """What a check found."""

    MOVING = "moving"
    NOT_MOVING = "not_moving"
    ARRIVED = "arrived"
    LOST = "lost"
    REFUSED = "refused"
    """The customer did not take it in: it turns back, and is watched until it is here."""
    FORWARDED = "forwarded"
    """Sent on to another depot or address [S]."""
    UNKNOWN = "unknown"
    """The courier cannot say."""


ENDS = frozenset({ParcelState.ARRIVED, ParcelState.LOST})
"""After these nothing is left to watch."""


class Condition(StrEnum):
    """How the parcel looked when it arrived [S]."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    OPENED = "opened"


class Manner(StrEnum):
    """How the driver behaved [S]."""

    GOOD = "good"
    POOR = "poor"
    NOT_MET = "not_met"


@dataclass(frozen=True)
class PlannedCheck:
    """A planned instant (UTC), and the shifts that worked then; none while the desk was closed [S]."""

    at: datetime
    on_duty: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParcelCheck:
    """One look at where a parcel is, its result written [S].

    `planned` is the planned check that it answers (None: one more than was asked for), `missed` how many planned ones
    went by since the check before; `missed_checks` are those, the last ones if they are many.
    """

    at: datetime
    by: Actor
    result: ParcelState
    note: str
    answers: PlannedCheck | None
    missed: int = 0
    missed_checks: tuple[PlannedCheck, ...] = ()
    seen_at: datetime | None = None
    """Of a courier's news: when the courier saw it there (UTC); None: a person looked, at `at`."""

    @property
    def planned(self) -> datetime | None:
        """The planned instant that it answers (UTC)."""
        return None if self.answers is None else self.answers.at


@dataclass(frozen=True)
class Chase:
    """The courier was asked about a parcel that does not move, and what it answered."""

    at: datetime
    by: Actor
    answer: str


@dataclass(frozen=True)
class EarlierNumber:
    """A number under which a stubborn parcel travelled before it was registered anew [S]."""

    tracking: str
    carrier: str
    until: datetime
    reason: str
    by: Actor


@dataclass(frozen=True)
class Arrival:
    """The four facts of an arrival: time, condition, the driver's manner, who signed (a name: sealed) [S].

    `exceptions` are those of them that are not as they should be; `seen_by` are the desks that have seen them.
    """

    arrived_at: datetime
    condition: Condition
    manner: Manner
    signed_by_customer: bool
    note: str
    at: datetime
    by: Actor
    signed_by: Sealed | None = None
    exceptions: tuple[str, ...] = ()
    seen_by: tuple[Role, ...] = ()


@dataclass(frozen=True)
class WatchedParcel:
    """A parcel that the case waits for, checked from `since` on until it has arrived, is lost, or nobody waits."""

    number: int
    tracking: str
    carrier: str
    why: Why
    since: datetime
    checks: tuple[ParcelCheck, ...] = ()
    chases: tuple[Chase, ...] = ()
    arrival: Arrival | None = None
    earlier: tuple[EarlierNumber, ...] = ()
    """Numbers before the present one, the first one first: it is followed over all of them."""
    seen_again: datetime | None = None
    """When the courier last saw it as it was before (UTC), where no check was planned."""
    ended_at: datetime | None = None
    """When it had arrived or was lost, as a check found; or when the watching was given up."""

    @property
    def to_us(self) -> bool:
        """Whether it comes to the shop."""
        return self.why in TO_US

    @property
    def result(self) -> ParcelState | None:
        """What the last check found."""
        return self.checks[-1].result if self.checks else None

    @property
    def stubborn(self) -> bool:
        """Whether it was forwarded, refused, bounced, or sent on under another number: it is called about [S]."""
        turned = any(check.result in {ParcelState.REFUSED, ParcelState.FORWARDED} for check in self.checks)
        return bool(self.earlier) or turned

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number that it had, the present one last."""
        return (*(each.tracking for each in self.earlier), self.tracking)

    @property
    def watched(self) -> bool:
        """Whether the next check is still waited for."""
        return self.ended_at is None

    @property
    def call_owed(self) -> bool:
        """Whether it has arrived at the customer, who was not called for the four facts yet [S]."""
        return self.result is ParcelState.ARRIVED and not self.to_us and self.arrival is None

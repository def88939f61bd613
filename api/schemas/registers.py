"""Registers as the API answers them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field


class PersonNamed(BaseModel):
    """A person of the desk, in the role in which the thing was done."""

    person: str
    role: str
    name: str


class PlannedCheckShown(BaseModel):
    """A planned check, and the shifts that were on duty then; none while the desk was closed."""

    at: datetime
    on_duty: list[str] = Field(default_factory=list[str])


class ParcelCheckShown(BaseModel):
    """One look at where a parcel is. `missed_checks` are the planned ones that went by before it, the last if many."""

    at: datetime
    by: str
    result: str
    note: str = ""
    answers: PlannedCheckShown | None = Field(
        default=None, description="The planned check that it answers; null for one more than was planned"
    )
    missed: int = 0
    missed_checks: list[PlannedCheckShown] = Field(default_factory=list[PlannedCheckShown])


class ParcelLine(BaseModel):
    """A parcel that an open case waits for, with each check [S]."""

    case: str
    problem: str | None
    handler: str | None
    tracking: str
    carrier: str
    why: str
    since: datetime
    next_check_at: datetime
    overdue: bool = Field(description="The next check is past its time: it counts as missed once the one after is made")
    checks: list[ParcelCheckShown]
    chases: list[dict[str, Any]] = Field(description="When the courier was asked, by whom, and what it answered")


class ParcelPage(BaseModel):
    """Parcels under way, the next check first."""

    items: list[ParcelLine]
    next: str | None


class PromiseLine(BaseModel):
    """A promise that is to be kept, or was broken and is not dealt with [D]."""

    case: str
    problem: str | None
    handler: str | None
    number: int
    words: str
    who: PersonNamed
    until: datetime
    made_at: datetime
    planned: bool = Field(description="A line of the case's timetable")
    renewals: int = Field(description="How often its time was moved, each time with a message to the customer")
    broken_at: datetime | None = Field(description="When it was noticed that the time had passed; null while it runs")


class PromisePage(BaseModel):
    """Promises, what is due first, first."""

    items: list[PromiseLine]
    next: str | None

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
    stubborn: bool = Field(default=False, description="Refused, bounced, forwarded, or sent on under another number")
    earlier: list[dict[str, Any]] = Field(
        default_factory=list[dict[str, Any]], description="Numbers under which it travelled before, with the reason"
    )
    chases: list[dict[str, Any]] = Field(description="When the courier was asked, by whom, and what it answered")


class ParcelPage(BaseModel):
    """Parcels under way, the next check first."""

    items: list[ParcelLine]
    next: str | None


class ReminderShown(BaseModel):
    """Who was reminded, when, and by whom."""

    at: datetime
    by: PersonNamed
    whom: str
    note: str = ""


class PlatformLine(BaseModel):
    """A refund request or dispute that waits for the shop's answer on the platform [S]."""

    case: str
    handler: str | None
    number: int
    kind: str
    reference: str
    amount: dict[str, str] | None = None
    opened_at: datetime
    due_at: datetime = Field(description="As the platform named it last")
    overdue: bool
    reminders: list[ReminderShown] = Field(description="Each with person and time; none on an overdue dispute counts")
    reminded_today: bool = Field(description="Since the last daily time of the list")
    next_look_at: datetime | None = Field(default=None, description="When the supervisor looks at it next")
    unreminded_at: datetime | None = Field(
        default=None, description="When a dispute ran out without a reminder on record: the supervisor answers too"
    )


class NewsWithoutCase(BaseModel):
    """What the platform told of an order about which no complaint is open: it runs out all the same."""

    news: str
    kind: str
    reference: str
    said: str
    due_at: datetime | None
    received_at: datetime


class PlatformPage(BaseModel):
    """Refund requests and disputes under way, due first; `without_case` waits for a complaint to be opened."""

    items: list[PlatformLine]
    without_case: list[NewsWithoutCase]
    next: str | None


class OutstandingLine(BaseModel):
    """Money or goods that are out, with who has to get them back [S][F]."""

    case: str
    key: str = Field(description="The `item` of `settle_outstanding`")
    why: str
    amount: dict[str, str]
    rest: dict[str, str]
    asked: dict[str, str] = Field(description="What slips under way ask the customer for")
    owner: str = Field(description="The case's handler; empty: it stands on the supervisor's desk")


class OutstandingPage(BaseModel):
    """What is to be recovered."""

    items: list[OutstandingLine]
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

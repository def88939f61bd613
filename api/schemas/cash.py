"""The day's cash as the API shows it: what came in, what went out, and costs beside it."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from api.schemas.money import MoneyBody


class CashLineShown(BaseModel):
    """One movement, at the instant at which it was signed (UTC)."""

    way: str = Field(description="in, out; or cost: a coupon, or what the platform paid by itself, which is no cash")
    what: str = Field(description="What the slip is for; or coupon, platform")
    key: str = Field(description="Case number of the slip; or the key of the cost")
    case: str
    amount: MoneyBody
    at: datetime
    slip: str = Field(description="Number of the slip in shop and year; empty for a cost")
    reference: str
    signed_by: str = Field(description="Id of who signed for finance; empty for a cost")
    signed_name: str = Field(description="That person's name; empty where no person signed")


class DayTotalShown(BaseModel):
    """A sum of the day in one currency."""

    way: str
    what: str
    amount: MoneyBody
    count: int


class CashPage(BaseModel):
    """The shop's day by its own calendar: totals of all of it, and a page of the movements; `next` is the cursor."""

    day: date
    since: datetime
    until: datetime
    totals: list[DayTotalShown]
    items: list[CashLineShown]
    next: str | None

"""Registers as the API shows them: one line a slip, a parcel or whatever the register is about."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from domain.complaint.recall.state import Holder, RecallState


class RecallSlipShown(BaseModel):
    """A recall slip: how far it has come, and with whom part one is since when; instants UTC."""

    case: str
    number: int = Field(description="Of the case's recalls, from 1")
    state: RecallState
    open: bool = Field(description="Whether the parcel may still come back by it")
    carrier: str
    tracking: str
    slip: str = Field(default="", description="Number of the slip; empty until it is registered")
    courier: str = ""
    part_one_with: Holder | None = None
    since: datetime | None = Field(default=None, description="When part one came to its holder")
    asked_at: datetime
    registered_at: datetime | None = None
    received_at: datetime | None = None
    signed: str = Field(default="", description="Who signed that the original parcel was received")
    failed_at: datetime | None = None


class ClaimShown(BaseModel):
    """A claim on a courier: what is claimed, what it granted, and what of that has not come in; instants UTC."""

    case: str
    number: int
    open: bool = Field(description="Whether the courier's word or money is waited for")
    tracking: str
    carrier: str
    amount: dict[str, str]
    reason: str
    reference: str = Field(default="", description="The courier's own number")
    filed_at: datetime
    granted: dict[str, str] | None = Field(default=None, description="0.00: it refuses; null: no answer yet")
    answer: str = ""
    answered_at: datetime | None = None
    rest: dict[str, str]
    given_up_because: str = ""


class ClaimPage(BaseModel):
    """Claims on couriers, those of the case opened last first."""

    items: list[ClaimShown]
    next: str | None


class RecallSlipPage(BaseModel):
    """Recall slips, those of the case opened last first; `next` is the cursor of the following page."""

    items: list[RecallSlipShown]
    next: str | None

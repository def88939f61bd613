"""What opens a complaint."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from api.schemas.order import CustomerBody, Instant
from api.texts import ClearText, OrderNumber
from domain.complaint.problems import FaultKind, Problem
from domain.complaint.state import Channel


class ComplaintBody(BaseModel):
    """A complaint. What is left out is missing: the case opens all the same, and asks for it."""

    model_config = ConfigDict(
        extra="forbid",
        title="Complaint",
        json_schema_extra={
            "example": {
                "order": "T-2026-1001",
                "line": 1,
                "quantity": 1,
                "problem": "quality",
                "channel": "web",
                "description": "The handle is cracked near the rim.",
                "customer": {"reference": "wang_88", "name": "王芳", "phone": "138 0013 8000"},
            }
        },
    )

    problem: Problem
    fault_kind: FaultKind | None = Field(None, description="The leaf of the problem tree, where the problem has kinds")
    signed_for: bool | None = Field(
        None,
        description="For damaged goods: whether the parcel was taken in; false when refused at the door",
    )
    channel: Channel = Channel.API
    order: OrderNumber | None = Field(default=None, description="The shop's order number; need not be registered yet")
    line: Annotated[int, Strict()] | None = Field(default=None, ge=1, le=100_000)
    quantity: Annotated[int, Strict()] | None = Field(default=None, ge=1, le=100_000)
    description: Annotated[ClearText, StringConstraints(min_length=1, max_length=4000)] | None = Field(
        default=None, description="What is wrong, and where; sealed, since customers write it"
    )
    customer: CustomerBody | None = Field(default=None, description="Left out: the customer of the registered order")
    received_at: Instant | None = Field(
        default=None, description="For a complaint entered later: when it truly came in; clocks count from it [E]"
    )

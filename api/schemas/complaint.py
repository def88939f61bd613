"""What opens a complaint."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from api.schemas.money import MoneyBody
from api.schemas.order import CustomerBody, Instant
from api.texts import ClearText, Line, OrderNumber
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.priority.state import Answers, Loss
from domain.complaint.problems import Extent, FaultKind, Problem, Urgency
from domain.complaint.state import Channel

OfReplacement = Annotated[Line, StringConstraints(min_length=1, max_length=64)]
"""The number of the case that sent a replacement."""


class FurtherLine(BaseModel):
    """One more line of the same order that the complaint is about."""

    model_config = ConfigDict(extra="forbid")

    line: Annotated[int, Strict()] = Field(ge=1, le=100_000, description="Line of the order")
    quantity: Annotated[int, Strict()] = Field(ge=1, le=100_000, description="Units of it")

    def claim(self) -> ClaimedLine:
        """As the case keeps it; its fault is the agent's to describe."""
        return ClaimedLine(self.line, self.quantity)


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
    further: list[FurtherLine] = Field(
        default_factory=list[FurtherLine], max_length=200, description="Further lines of the same order, each once"
    )
    description: Annotated[ClearText, StringConstraints(min_length=1, max_length=4000)] | None = Field(
        default=None, description="What is wrong, and where; sealed, since customers write it"
    )
    customer: CustomerBody | None = Field(default=None, description="Left out: the customer of the registered order")
    loss_size: Loss | None = Field(None, description="The actual loss in a word, where the sum is not known [F]")
    loss_amount: MoneyBody | None = Field(None, description="The customer's actual loss")
    extent: Extent | None = Field(None, description="One customer, several, or a fault of the system [F]")
    urgency: Urgency | None = Field(
        None, description="Whether it stops the customer's business, or health is at risk [F]"
    )
    mendable_simply: Annotated[bool, Strict()] | None = Field(None, description="Whether it can be mended simply [F]")
    about_replacement_of: OfReplacement | None = Field(
        None,
        description="The complaint's case number, of whose exchange or reshipment this one complains; order, line and "
        "customer may then be left out. Without it a replacement is recognised where the order line makes it certain",
    )
    received_at: Instant | None = Field(
        default=None, description="For a complaint entered later: when it truly came in; clocks count from it [E]"
    )

    def answers(self) -> Answers:
        """What is known of the four questions."""
        return Answers(
            loss_size=self.loss_size,
            loss_amount=self.loss_amount.money() if self.loss_amount is not None else None,
            extent=self.extent,
            urgency=self.urgency,
            mendable_simply=self.mendable_simply,
        )

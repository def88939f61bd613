"""What opens a return directly, and what answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from api.schemas.case import CaseAnswer
from api.schemas.complaint import ComplaintBody, FurtherLine, OfReplacement
from api.schemas.order import CustomerBody, Instant
from api.texts import ClearText, OrderNumber
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.problems import Problem
from domain.complaint.state import Channel


class ReturnBody(BaseModel):
    """Goods that the customer has and does not want: which, how they are, and why."""

    model_config = ConfigDict(
        extra="forbid",
        title="Return",
        json_schema_extra={
            "example": {
                "order": "T-2026-1001",
                "lines": [{"line": 1, "quantity": 1}],
                "reason": "It does not go with the table.",
                "intact": True,
                "packaging_whole": True,
                "fit_to_sell": True,
            }
        },
    )

    order: OrderNumber = Field(description="The shop's order number")
    lines: list[FurtherLine] = Field(min_length=1, max_length=200, description="Lines of the order, each once")
    reason: Annotated[ClearText, StringConstraints(min_length=1, max_length=4000)] = Field(
        description="Why, in the customer's words; sealed"
    )
    intact: Annotated[bool, Strict()] = Field(description="Nothing is damaged [S]")
    packaging_whole: Annotated[bool, Strict()] = Field(description="Box and accessories are whole [S]")
    fit_to_sell: Annotated[bool, Strict()] = Field(description="Unused, labels on: fit to be sold again [S]")
    channel: Channel = Channel.API
    customer: CustomerBody | None = Field(default=None, description="Left out: the customer of the registered order")
    about_replacement_of: OfReplacement | None = Field(
        None, description="The case that sent these goods instead of others; then the window counts from their arrival"
    )
    received_at: Instant | None = Field(
        default=None, description="For a wish entered later: when it truly came in; the window counts to it [E]"
    )

    def complaint(self) -> ComplaintBody:
        """The same as a complaint: a change of mind about goods that were signed for."""
        first, *further = self.lines
        return ComplaintBody.model_validate(
            {
                "problem": Problem.CHANGED_MIND,
                "signed_for": True,
                "channel": self.channel,
                "order": self.order,
                "line": first.line,
                "quantity": first.quantity,
                "further": further,
                "description": self.reason,
                "customer": self.customer,
                "about_replacement_of": self.about_replacement_of,
                "received_at": self.received_at.isoformat() if self.received_at is not None else None,
            }
        )

    def condition(self) -> GoodsCondition:
        """How the goods are, in the customer's word."""
        return GoodsCondition(self.intact, self.packaging_whole, self.fit_to_sell)


class ReturnAnswer(CaseAnswer):
    """The case that carries the return, and both addresses.

    `return_case` is null while a person has to decide. It answers as soon as the register of returned goods holds the
    units, usually at once; if it does not, the case says so and lies with an agent.
    """

    complaint_url: str
    return_case: str | None
    return_url: str | None

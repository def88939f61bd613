"""Steps of carrying out a remedy, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.roles import AGENTS, CUSTOMERS_WORD, DESK_HEADS
from domain.complaint.state import Channel
from domain.complaint.steps import Carrier, Tracking
from domain.limits import Days, Length, Reason, Says
from domain.money import Money
from domain.people import Role
from domain.sealed import Sealed
from domain.steps import Step

PartNumber = Annotated[int, Says("Number of the part, as in the task part-N.", 1)]


@dataclass(frozen=True, kw_only=True)
class ReportPartSent(Step):
    """The label desk prints the label and reports carrier and tracking number the same day [S]."""

    roles = (Role.LABEL_DESK, Role.SUPERVISOR)
    source = "S"
    summary = "Report carrier and tracking number of goods that were sent to the customer."

    part: PartNumber
    carrier: Carrier
    tracking: Tracking


@dataclass(frozen=True, kw_only=True)
class EstimateRepair(Step):
    """What mending takes is told before it is done, where it takes long or the customer bears a part of it [O]."""

    roles = (Role.WAREHOUSE, Role.DEPARTMENT, Role.SUPERVISOR)
    source = "O"
    summary = "Estimate a repair: days, and what the customer bears; nothing is mended before the customer agrees."

    part: PartNumber
    days: Days
    words: Annotated[str, Length(3, 1000), Says("What is to be done; the customer reads it.", "a new handle")]
    customer_pays: Annotated[Money | None, Says("What the customer bears; left out: nothing.")] = None


@dataclass(frozen=True, kw_only=True)
class AnswerEstimate(Step):
    """The customer agrees to the estimate of a repair, or does not [F][O]."""

    roles = CUSTOMERS_WORD
    source = "F,O"
    summary = "Answer the estimate of a repair."

    part: PartNumber
    agreed: Annotated[bool, Says("Whether it is to be mended so.")]
    heard_on: Annotated[Channel | None, Says("For an agent: where the customer said so.", "phone")] = None


@dataclass(frozen=True, kw_only=True)
class ReportRepaired(Step):
    """The customer's goods are mended [T]."""

    roles = (Role.WAREHOUSE, Role.DEPARTMENT, Role.SUPERVISOR)
    source = "T,O"
    summary = "Report that the goods are mended; the label desk then sends them back."

    part: PartNumber
    note: Annotated[str, Length(3, 1000), Says("What was done, for the desk.", "new handle fitted and fired")]


@dataclass(frozen=True, kw_only=True)
class RecordCorrection(Step):
    """An invoice, address, account or order is put right [F]."""

    roles = (*AGENTS, Role.DEPARTMENT)
    source = "F"
    summary = "Record what was put right, in words that the customer reads."

    part: PartNumber
    words: Annotated[str, Length(3, 1000), Says("What is right now; no names.", "The invoice names the company now.")]


@dataclass(frozen=True, kw_only=True)
class ReportCoupon(Step):
    """The agent issues the coupon in the shop's own system and records its code [T]."""

    roles = AGENTS
    source = "T"
    summary = "Record the coupon that you issued in the shop's system; its code is sealed."

    part: PartNumber
    code: Annotated[Sealed, Length(1, 64), Says("The coupon's code.", "SORRY-2026-77AF")]
    code_shown: Annotated[str, Says("hidden")] = ""
    """Its last characters, made at the edge, by which people tell one coupon from another."""


@dataclass(frozen=True, kw_only=True)
class ReportPartFailed(Step):
    """What was agreed cannot be carried out: it comes back to the agent, who agrees on something else [F][O]."""

    roles = (*AGENTS, Role.LABEL_DESK, Role.WAREHOUSE, Role.DEPARTMENT)
    source = "F,O"
    summary = "Report that a part cannot be carried out, with the reason; the agent proposes something else."

    part: PartNumber
    reason: Reason
    alternatives: Annotated[tuple[str, ...], Says("Out of stock: what is there instead.")] = ()


@dataclass(frozen=True, kw_only=True)
class ShipFirst(Step):
    """An exchange goes out before the goods are back: only the supervisor lets it [S]."""

    roles = DESK_HEADS
    source = "S"
    summary = "Let an agreed exchange be shipped before the customer's goods are back, with the reason."

    reason: Reason

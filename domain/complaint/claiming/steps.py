"""Steps of claims on the courier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.roles import AGENTS, DESK_HEADS
from domain.limits import Length, Reason, Says
from domain.money import Money
from domain.people import Role
from domain.steps import Step

CLAIMING = (*AGENTS, Role.LOGISTICS)
Number = Annotated[int, Says("Number of the claim, as in the task claim-N.", 1)]
OwnNumber = Annotated[str, Length(0, 64), Says("The courier's own number of the claim.", "SF-CL-0117")]


@dataclass(frozen=True, kw_only=True)
class FileClaim(Step):
    """What the courier lost or broke is claimed from it, beside what the customer gets [S]."""

    roles = CLAIMING
    source = "S"
    summary = "Record a claim on the courier for a parcel it lost or damaged; also after the case was closed."

    tracking: Annotated[str, Length(4, 64), Says("The parcel's tracking number.", "SF1234567890")]
    carrier: Annotated[str, Length(1, 60), Says("The courier.", "SF Express")]
    amount: Annotated[Money, Says("What is claimed; at most what was paid for the order line and its freight.")]
    reason: Reason
    number_there: OwnNumber = ""


@dataclass(frozen=True, kw_only=True)
class AnswerClaim(Step):
    """The courier's answer: what it grants, or that it refuses, with its reason [S]."""

    roles = CLAIMING
    source = "S"
    summary = "Record what the courier grants of a claim, or that it refuses; a later answer replaces an earlier one."

    claim: Number
    granted: Annotated[Money | None, Says("What the courier pays; none: it refuses.")] = None
    answer: Reason
    number_there: OwnNumber = ""


@dataclass(frozen=True, kw_only=True)
class GiveUpClaim(Step):
    """The supervisor gives up what the courier has not paid [O]."""

    roles = DESK_HEADS
    source = "O"
    summary = "Give up a claim on the courier with a reason; also after the case was closed."

    claim: Number
    reason: Reason

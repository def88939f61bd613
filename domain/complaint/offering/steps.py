"""Steps of approving what is to be offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.roles import DESK_HEADS
from domain.limits import Reason, Says
from domain.steps import Step


@dataclass(frozen=True, kw_only=True)
class ApproveProposal(Step):
    """What costs more than its proposer may offer, or is goodwill, is approved before the customer sees it [O]."""

    roles = DESK_HEADS
    source = "O"
    summary = "Approve a proposal: it goes to the customer. Nobody approves their own."

    proposal: Annotated[int, Says("Number of the proposal that waits.", 1)]


@dataclass(frozen=True, kw_only=True)
class RejectProposal(Step):
    """It does not go out; the agent reads why and proposes otherwise [O]."""

    roles = DESK_HEADS
    source = "O"
    summary = "Reject a proposal with a reason; the customer never sees it."

    proposal: Annotated[int, Says("Number of the proposal that waits.", 1)]
    reason: Reason

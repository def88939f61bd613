"""What happens to a proposal beside the customer's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event


@dataclass(frozen=True, kw_only=True)
class ProposalApproved(Event):
    """It may go out; the customer can accept it until then."""

    proposal: int
    valid_until: datetime


@dataclass(frozen=True, kw_only=True)
class ProposalRejected(Event):
    """It may not go out; the agent proposes otherwise."""

    proposal: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class AcceptedByRule(Event):
    """The rule itself lets it be carried out at once; the customer is told, not asked [T]."""

    proposal: int
    heard_on: str = "rule"

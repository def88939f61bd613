"""A claim on the courier, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.money import Money
from domain.people import Actor


@dataclass(frozen=True)
class Claim:
    """What is claimed for a parcel that the courier lost or broke; `granted` is None until the courier has answered.

    A refused claim is granted nothing, with the courier's reason in `answer`.
    """

    number: int
    tracking: str
    carrier: str
    amount: Money
    reason: str
    filed_at: datetime
    by: Actor
    reference: str = ""
    """The courier's own number of the claim, once it has one."""
    granted: Money | None = None
    answer: str = ""
    answered_at: datetime | None = None
    given_up_because: str = ""

    @property
    def clock(self) -> str:
        """The name of its clock, while the courier's answer is waited for."""
        return f"courier_claim#{self.number}"

    @property
    def unanswered(self) -> bool:
        """Whether the courier has the next word."""
        return self.granted is None and not self.given_up_because

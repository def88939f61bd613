"""What was recovered from the responsible parties, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.complaint.parties import Party
from domain.money import Money
from domain.people import Actor


@dataclass(frozen=True)
class Recovered:
    """A party made a sum good, by its reference, or the supervisor wrote it off, with the reason."""

    party: Party
    amount: Money
    at: datetime
    by: Actor
    reference: str = ""
    written_off_because: str = ""

    @property
    def written_off(self) -> bool:
        """Whether the shop gave the sum up."""
        return self.written_off_because != ""

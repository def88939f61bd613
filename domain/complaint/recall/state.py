"""A recall slip as a value: two parts, one parcel, and with whom part one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.complaint.stopping.state import Aftermath, AftermathNoted
from domain.people import Actor


class RecallState(StrEnum):
    """How far a recall has come [S]."""

    ASKED = "asked"
    REGISTERED = "registered"
    SIGNED = "signed"
    """The courier signed part one, which the label desk keeps; part two travels."""
    RECEIVED = "received"
    FAILED = "failed"


class Holder(StrEnum):
    """With whom part one of the slip is [S]."""

    LOGISTICS = "logistics"
    LABEL_DESK = "label_desk"
    COURIER = "courier"


@dataclass(frozen=True)
class Recall:
    """One recall of the parcel `tracking`. `slip` and `courier` are known once it is registered.

    `courier_signed` is how the courier signed part one, `signed` who wrote "original parcel received"; `since` is when
    part one came to its holder.
    """

    number: int
    state: RecallState
    carrier: str
    tracking: str
    asked_at: datetime
    asked_by: Actor
    slip: str = ""
    courier: str = ""
    registered_at: datetime | None = None
    part_one_with: Holder | None = None
    since: datetime | None = None
    courier_signed: str = ""
    signed: str = ""
    received_at: datetime | None = None
    failed_at: datetime | None = None
    failed_because: str = ""
    aftermath: AftermathNoted | None = None
    """What became of the parcel after it was back."""

    @property
    def running(self) -> bool:
        """Whether the parcel may still come back by it."""
        return self.state not in {RecallState.RECEIVED, RecallState.FAILED}

    @property
    def parcel_here(self) -> bool:
        """Whether it brought the parcel back, and nobody has sent it on since."""
        sent_again = self.aftermath is not None and self.aftermath.done is Aftermath.LET_GO
        return self.received_at is not None and not sent_again

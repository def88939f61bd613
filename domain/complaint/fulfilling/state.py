"""Parts of an accepted remedy that are no money, on their way to their end, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.complaint.problems import RemedyKind
from domain.money import Money
from domain.people import Actor
from domain.sealed import Sealed


class PartState(StrEnum):
    """How far a part has come."""

    OPEN = "open"
    MENDED = "mended"
    """Of a repair: done, and still to be sent back."""
    SENT = "sent"
    """The parcel left, with carrier and tracking number, and is watched until it has come."""
    DONE = "done"
    FAILED = "failed"


class Hold(StrEnum):
    """How far the ledger holds a coupon's value under the ceiling of the order line [T][O]."""

    NONE = "none"
    """Not asked yet, or nothing to ask: a case without an order has no ceiling."""
    ASKED = "asked"
    HELD = "held"
    REFUSED = "refused"
    SPENT = "spent"
    RELEASED = "released"


@dataclass(frozen=True)
class Estimate:
    """How many days a repair takes, and what the customer bears of it; `agreed` is None until the customer answers."""

    days: int
    customer_pays: Money | None
    words: str
    by: Actor
    at: datetime
    agreed: bool | None = None


@dataclass(frozen=True)
class Fulfilment:
    """One part being carried out; `proposal` is the number of the proposal that it belongs to.

    `worth` is what it costs the shop once it is done. A coupon's code is sealed, its last characters are shown.
    """

    number: int
    proposal: int
    kind: RemedyKind
    begun_at: datetime
    what: str = ""
    worth: Money | None = None
    state: PartState = PartState.OPEN
    ended_at: datetime | None = None
    by: Actor | None = None
    carrier: str = ""
    tracking: str = ""
    code: Sealed | None = None
    code_shown: str = ""
    note: str = ""
    """What was mended or put right, or why it failed; the desk's own words."""
    alternatives: tuple[str, ...] = ()
    """Of one that failed: what is in stock instead."""
    estimate: Estimate | None = None
    """Of a repair: the last estimate."""
    hold: Hold = Hold.NONE
    """Of a coupon: whether its value is held on the order line; it is issued only then."""

    @property
    def estimate_waits(self) -> bool:
        """Whether the customer has not answered the estimate yet."""
        return self.estimate is not None and self.estimate.agreed is None

    @property
    def went_out(self) -> bool:
        """Whether a parcel left the house: it is paid for, whatever became of it."""
        return self.tracking != ""

"""Where a slip stands with the payment gateway, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.money import Money


class Standing(StrEnum):
    """How far a slip is with the gateway."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    """On its way, or taken and not finished."""
    UNKNOWN = "unknown"
    """Nobody knows whether it was paid; it is asked for."""
    BY_HAND = "by_hand"
    """Certainly not paid by the gateway: finance pays it."""


class Stands(StrEnum):
    """What a gateway says of an order."""

    PAID = "paid"
    REFUSED = "refused"
    PENDING = "pending"
    NOT_FOUND = "not_found"
    REVERSED = "reversed"
    UNSURE = "unsure"
    """No answer, or none that says anything of the order."""
    NOT_SENT = "not_sent"
    """Nothing left the house: the shop has no gateway, or none that may be asked."""


@dataclass(frozen=True)
class Heard:
    """What was heard of an order.

    reference: the gateway's own number of the payment. amount: what it moved, if it says so. account: the mark of the
    account it went to, if it says so. certain: of `not_found`, that no such order can still be carried out there.
    reply: in a word.
    """

    stands: Stands
    reference: str = ""
    amount: Money | None = None
    account: str = ""
    certain: bool = False
    reply: str = ""


@dataclass(frozen=True)
class Mismatch:
    """Two records that contradict each other: the desk's own and the gateway's. Finance finds out which holds."""

    number: int
    code: str
    """amount, account, reference, paid_twice, paid_elsewhere, paid_not_asked, refused_here_paid, not_ours_to_reverse"""
    ours: str
    theirs: str
    heard: Heard
    at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""
    how: str = ""


@dataclass(frozen=True)
class AtGateway:
    """A slip's side at the gateway. Nothing in it was ever sent while `sent` is empty."""

    standing: Standing = Standing.NOT_SENT
    sent: tuple[datetime, ...] = ()
    """When it was sent, each time under the same key."""
    asked: int = 0
    """How many of the planned inquiries were made since it was last sent."""
    inquiries: int = 0
    """How often it was asked for in all."""
    asking: bool = False
    """Whether an inquiry is due."""
    not_found: int = 0
    """How often in a row the gateway was certain that it has no such order, since it was last sent."""
    why: str = ""
    """The last word that left the outcome open."""
    mismatches: tuple[Mismatch, ...] = ()
    reversed_by: str = ""
    """The reference under which the money came back."""
    late_news_over: bool = False

    @property
    def under_way(self) -> bool:
        """Whether the gateway may be paying it, or have paid."""
        return self.standing in {Standing.SENT, Standing.UNKNOWN}

    @property
    def open_mismatches(self) -> tuple[Mismatch, ...]:
        """Contradictions that finance has not cleared up."""
        return tuple(each for each in self.mismatches if each.settled_at is None)


UNTOUCHED = AtGateway()
"""A slip that the gateway never heard of."""

"""What the label desk was asked to hold back, and what it found and did, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.complaint.problems import StopWish
from domain.people import Actor
from domain.sealed import Sealed


class Found(StrEnum):
    """How far the label desk found the order [S]."""

    NOT_PRINTED = "not_printed"
    PRINTED = "printed"
    PACKED = "packed"
    GONE = "gone"
    """The parcel has left: treated as dispatched."""


class Change(StrEnum):
    """How the order was changed; each belongs to one state in which it was found [S]."""

    ORDER_EDITED = "order_edited"
    PAPERS_CORRECTED = "papers_corrected"
    PARCEL_REPRINTED = "parcel_reprinted"


CHANGES: dict[Found, Change] = {
    Found.NOT_PRINTED: Change.ORDER_EDITED,
    Found.PRINTED: Change.PAPERS_CORRECTED,
    Found.PACKED: Change.PARCEL_REPRINTED,
}


class Aftermath(StrEnum):
    """What became of what was held back, once the refund is paid or the matter has ended otherwise [S][O]."""

    PAPERS_DESTROYED = "papers_destroyed"
    BACK_INTO_STOCK = "back_into_stock"
    STAYS_VOID = "stays_void"
    LET_GO = "let_go"
    """The order goes on its way after all."""


@dataclass(frozen=True)
class Finding:
    """One answer of the label desk. `secured`: void confirmed, papers back or parcel back, by the state found."""

    found: Found
    secured: bool
    note: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class ChangeMade:
    """The order as it now goes out, with the remark that stands on it [S]."""

    done: Change
    remark: str
    tracking: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class AftermathNoted:
    """What became of what was held back, with the name of who did it [S]."""

    done: Aftermath
    signed: str
    note: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class StopRequest:
    """A request in writing to the label desk; a later one replaces it, its last answer decides [S].

    `change` says what is to be other, `address` is the new address where that is it; `round` is the complaint's.
    """

    number: int
    wish: StopWish
    change: str
    at: datetime
    by: Actor
    address: Sealed | None = None
    round: int = 1
    findings: tuple[Finding, ...] = ()
    changed: ChangeMade | None = None
    aftermath: AftermathNoted | None = None

    @property
    def answer(self) -> Finding | None:
        """The label desk's last answer: the one that counts."""
        return self.findings[-1] if self.findings else None

    @property
    def over(self) -> bool:
        """Whether nothing is left to be done about it."""
        return self.changed is not None or self.aftermath is not None

"""A parcel at the dock as a value: what was seen of it, which returns it may belong to, and to which it was matched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.casefile import CaseFile, Customer
from domain.clock import Clock
from domain.people import Actor
from domain.policy import PinnedPolicy
from domain.sealed import Sealed

OVER = "over"
"""What a return answers that had ended before it heard of the parcel."""


@dataclass(frozen=True)
class Goods:
    """So many units under one barcode."""

    barcode: str
    quantity: int


@dataclass(frozen=True)
class ParcelSeen:
    """What the dock sees of a parcel; what it does not show is empty. `grams` is the whole parcel's weight.

    `card` is the case number on the after-sales card, `note_found` whether a card or a note lay inside [S]. What names
    a person stands sealed beside it, in the parcel's own customer, order and words.
    """

    tracking: str = ""
    carrier: str = ""
    card: str = ""
    note_found: bool = False
    grams: int | None = None
    goods: tuple[Goods, ...] = ()
    freight_collect: bool = False


@dataclass(frozen=True)
class TrackedParcel:
    """A tracking number that a return knows, and whether that parcel is here already."""

    tracking: str
    carrier: str = ""
    here: bool = False


@dataclass(frozen=True)
class Lead:
    """A return as the register showed it when somebody looked, and which marks of the parcel it shares.

    `over`: the return takes no parcel any more. `received`: one of its parcels is here. `expected_at` is when its
    arrival is due (UTC), None while nothing is under way. `goods` are its lines that have a barcode, `grams` is the
    weight of all its units, if the order says so.
    """

    return_case: str
    over: bool = False
    received: bool = False
    tracked: tuple[TrackedParcel, ...] = ()
    on_card: bool = False
    same_order: bool = False
    same_customer: bool = False
    same_phone: bool = False
    same_name: bool = False
    goods: tuple[Goods, ...] = ()
    grams: int | None = None
    expected_at: datetime | None = None


class Basis(StrEnum):
    """What a match rests on."""

    TRACKING = "tracking"
    CARD = "card"
    PERSON = "person"


@dataclass(frozen=True)
class Match:
    """The parcel, or some of its goods, belongs to a return: why, by whom, and what came of it.

    `goods` are those of a split parcel; empty means all of them. `ended_as` is the return's own word: inspected, or
    over when it had ended before it heard; empty while it has the parcel in hand.
    """

    return_case: str
    basis: Basis
    reasons: tuple[str, ...]
    at: datetime
    by: Actor
    reason: str = ""
    goods: tuple[Goods, ...] = ()
    told: bool = False
    ended_as: str = ""
    undone_at: datetime | None = None
    undone_by: Actor | None = None
    undone_because: str = ""
    undoing_told: bool = False

    @property
    def holds(self) -> bool:
        """Whether nobody has undone it."""
        return self.undone_at is None


@dataclass(frozen=True, kw_only=True)
class OpenParcel:
    """Everything that a parcel begins with; the start input of its workflow.

    `received_at` is when the warehouse took it in, `entered_at` when that was written down; both UTC. `customer` is the
    sender as the parcel names them, which need not be the customer of any case.
    """

    case: str
    shop: str
    received_at: datetime
    entered_at: datetime
    received_by: Actor
    seen: ParcelSeen
    customer: Customer
    pinned: PinnedPolicy
    fingerprint: str
    order: Sealed | None = None
    order_index: str | None = None
    words: Sealed | None = None
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DockParcel(CaseFile):
    """A parcel at the dock as it stands. `clocks_before` are its clocks as they were when it was matched."""

    seen: ParcelSeen
    received_by: Actor
    words: Sealed | None = None
    leads: tuple[Lead, ...] = ()
    matches: tuple[Match, ...] = ()
    owner: Actor | None = None
    clocks_before: tuple[Clock, ...] = ()

    @property
    def same_number(self) -> tuple[str, ...]:
        """The returns that are known to know this tracking number, whatever the carrier."""
        numbered = (lead for lead in self.leads if any(each.tracking == self.seen.tracking for each in lead.tracked))
        return tuple(lead.return_case for lead in numbered) if self.seen.tracking else ()

    @property
    def live(self) -> tuple[Match, ...]:
        """The matches that hold."""
        return tuple(match for match in self.matches if match.holds)

    @property
    def loose(self) -> tuple[Goods, ...]:
        """What was counted in a divided parcel and belongs to no return; nothing while it is whole."""
        if not any(match.goods for match in self.live):
            return ()
        left = Counter[str]()
        for goods in self.seen.goods:
            left[goods.barcode] += goods.quantity
        for goods in (goods for match in self.live for goods in match.goods):
            left[goods.barcode] -= goods.quantity
        return tuple(Goods(barcode, quantity) for barcode, quantity in left.items() if quantity > 0)

    @property
    def unidentified(self) -> bool:
        """Whether it is here and nobody knows whose it is, or whose the rest of it is."""
        return self.closed_at is None and (not self.live or bool(self.loose))

"""A return as a value: two axes that are never mixed, where the goods are and what we decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from domain.casefile import CaseFile, Customer
from domain.charge import NOBODYS, Charge
from domain.clock import Clock
from domain.limits import Between, Length, Says
from domain.money import Money
from domain.people import Actor
from domain.policy import PinnedPolicy
from domain.sealed import Sealed
from domain.shipment import Shipment


class Goods(StrEnum):
    """Where the goods are."""

    AWAITING = "awaiting"
    IN_TRANSIT = "in_transit"
    AT_DOCK = "at_dock"
    RECEIVED = "received"
    SHORT = "short"
    WRONG_ITEM = "wrong_item"
    LOST = "lost"
    SENT_BACK = "sent_back"
    GIVEN_BACK = "given_back"
    """Handed to the customer, without a parcel."""
    NOT_SENT = "not_sent"


GOES_BACK = frozenset({"send_back", "send_back_failed", "call_off"})
"""Settlements after which goods that are here go back to the customer: all of them, or those that failed."""

KEPT = frozenset({"accepted", "kept"})
"""Settlements after which goods that failed are the shop's all the same."""

WITHOUT_GOODS = frozenset({"not_sent", "lost", "called_off", "sent_back", "given_back"})
"""Endings with nothing of the shop's in hand, after which goods may still come."""


class Verdict(StrEnum):
    """What we decided about them."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    REJECTED = "rejected"
    NEEDS_A_PERSON = "needs_a_person"


class Grade(StrEnum):
    """Condition of returned goods."""

    A = "A"
    B = "B"
    C = "C"
    SCRAP = "scrap"
    NONE = "none"
    """An empty box has nothing to grade."""


class Disposition(StrEnum):
    """Where goods go that are the shop's again."""

    RESTOCK = "restock"
    REPAIR = "repair"
    TO_SUPPLIER = "to_supplier"
    SECOND_CHOICE = "second_choice"
    SCRAP = "scrap"


@dataclass(frozen=True)
class OtherGoods:
    """Goods in the box that nobody announced: of another order, or none of ours; recorded as they are [S]."""

    quantity: Annotated[int, Between(1, 100_000)]
    barcode: Annotated[str, Length(0, 64), Says("The barcode on them, if they have one.", "6901234567892")] = ""
    what: Annotated[str, Length(0, 200), Says("What they are; no names.", "a red scarf")] = ""


@dataclass(frozen=True)
class Disposed:
    """Where the goods went or wait: by whom, since when, and why; an earlier one stays on record."""

    to: Disposition
    at: datetime
    by: Actor
    reason: str = ""
    line: int = 0
    quantity: int = 0


@dataclass(frozen=True)
class ReturnLine:
    """One line of a return: `quantity` units of an order's line, and the registered fault to look for [S]."""

    line: int
    product: str
    quantity: int
    fault: str
    place: str
    barcode: str = ""
    grams: int | None = None
    """Weight of one unit, if the order says so."""


@dataclass(frozen=True)
class Parcel:
    """One parcel: reported by the customer, seen by the courier, received at the dock; any may come first."""

    tracking: str
    carrier: str = ""
    freight: Money | None = None
    reported_at: datetime | None = None
    courier_status: str = ""
    courier_at: datetime | None = None
    received_at: datetime | None = None
    received_by: str = ""
    card_found: bool | None = None
    freight_collect: bool = False
    note: str = ""
    dock: str = ""
    """The number under which the dock took it in, if it came by that door."""
    docked_at: datetime | None = None
    """When the dock took it in; it was known to be this return's from `received_at` on."""
    given_up: bool = False
    """Whether nobody waits for it any more, while other parcels of the return came."""


@dataclass(frozen=True)
class Ending:
    """How a return had ended that a parcel opened again."""

    closed_at: datetime
    outcome: str
    settled_as: str
    verdict: Verdict


@dataclass(frozen=True)
class FromDock:
    """A parcel that the dock matched to this return, and the return as it was before: what an undoing restores.

    `before` is what was known of that parcel, None if nothing; `ending` how the return had ended, if it had. `late`:
    the return was over when it heard. `told` is what the dock has been told came of it.
    """

    dock: str
    tracking: str
    at: datetime
    clocks: tuple[Clock, ...] = ()
    goods: Goods = Goods.AWAITING
    before: Parcel | None = None
    ending: Ending | None = None
    late: bool = False
    back: bool = False
    told: str = ""


@dataclass(frozen=True)
class LineFound:
    """What the parcels of one inspection held of one line; a line that nothing was found of need not be named."""

    line: Annotated[int, Between(1, 100_000), Says("Line of the order.", 2)]
    quantity: Annotated[int, Between(0, 100_000), Says("Units that are really here.", 1)]
    intact: Annotated[bool, Says("Not damaged by the customer.")]
    packaging_whole: Annotated[bool, Says("Box and accessories are whole.")]
    fault_found: Annotated[bool, Says("The registered fault is there.")]
    grade: Grade
    disposition: Annotated[
        Disposition | None, Says("Where the goods go if they stay with the shop; left out, by their grade.")
    ] = None


@dataclass(frozen=True)
class Inspection:
    """What the warehouse found in some parcels, measured against the registered faults, and who signs for it [S].

    `covers` are the tracking numbers of the parcels that it is about. Inspections of different parcels add up; a later
    one of the same parcel stands instead of the earlier, which stays on record.
    """

    found: tuple[LineFound, ...]
    covers: tuple[str, ...]
    photos: tuple[str, ...]
    note: str
    signed: str
    at: datetime
    by: Actor
    others: tuple[OtherGoods, ...] = ()


@dataclass(frozen=True)
class Authorisation:
    """What the customer is told to do: address, what the card or note in the box says, freight, what failing means [S].

    Freight is always prepaid; `freight_cap` is the most that is repaid, None where the way back is the customer's.
    """

    addressee: str
    phone: str
    address: str
    card_reason: str
    freight_rule: str
    exchange_for: str = ""
    freight_cap: Money | None = None
    encloses: tuple[str, ...] = ("customer_id", "contact", "case", "reason", "exchange_for")
    on_failure: str = "agent_agrees_on_part_refund_or_sending_back"


@dataclass(frozen=True)
class Instructed:
    """That the customer was told how to send, prepaid and not freight-collect: when, and by which way."""

    at: datetime
    how: str


@dataclass(frozen=True)
class FreightCollect:
    """A parcel whose freight the courier collected from us.

    `untold`: nobody had told the customer to prepay, which stands against the agent, lifted once the customer bears
    half [S].
    """

    tracking: str
    at: datetime
    untold: bool
    against: str = ""
    lifted_at: datetime | None = None
    lifted_because: str = ""


@dataclass(frozen=True)
class TurnedAway:
    """A freight-collect parcel that the dock did not take in: it is with the courier again [S]."""

    tracking: str
    carrier: str
    at: datetime
    by: Actor
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenReturn:
    """Everything that opens a return; the start input of its workflow. `shipments` were reported before it began."""

    case: str
    shop: str
    parent: str
    customer: Customer
    pinned: PinnedPolicy
    order: Sealed | None
    order_index: str | None
    lines: tuple[ReturnLine, ...]
    freight_repaid: bool
    shipments: tuple[Shipment, ...] = ()
    authorised_by: Actor
    mends: bool = False
    """Whether the goods come to be mended and stay the customer's."""
    exchange_for: str = ""
    """What the goods are to be exchanged for, as the card in the box says [S]."""
    charge: Charge = NOBODYS


@dataclass(frozen=True, kw_only=True)
class Return(CaseFile):
    """A return as it stands."""

    lines: tuple[ReturnLine, ...]
    authorisation: Authorisation
    charge: Charge = NOBODYS
    parcels: tuple[Parcel, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    goods: Goods = Goods.AWAITING
    verdict: Verdict = Verdict.PENDING
    settled_as: str = ""
    reported: str = ""
    """The result that the complaint has been told: passed, failed, or the end that the return came to."""
    inspection_told: int = 0
    from_dock: tuple[FromDock, ...] = ()
    reopened: int = 0
    """How often goods came after it had ended without them, or after the complaint had heard that it failed."""
    reopened_told: int = 0
    late_over: bool = False
    """Whether the time has passed in which it still took them."""
    mends: bool = False
    """Whether the goods stay the customer's: they came to be mended."""
    disposed: tuple[Disposed, ...] = ()
    instructed: Instructed | None = None
    """When the customer was told how to send; None: as far as the desk knows, never."""
    collected: tuple[FreightCollect, ...] = ()
    turned_away: tuple[TurnedAway, ...] = ()
    """Parcels that came freight-collect and were not taken in."""

    def find(self, line: int) -> ReturnLine | None:
        """The return's line of that number."""
        return next((each for each in self.lines if each.line == line), None)

    @property
    def received(self) -> bool:
        """Whether any parcel is here."""
        return any(parcel.received_at is not None for parcel in self.parcels)

    def is_here(self, tracking: str) -> bool:
        """Whether this parcel was received."""
        return any(parcel.tracking == tracking and parcel.received_at is not None for parcel in self.parcels)

    def was_turned_away(self, tracking: str) -> bool:
        """Whether the dock did not take this parcel in; one that came again and was taken in is here."""
        return not self.is_here(tracking) and any(each.tracking == tracking for each in self.turned_away)

    @property
    def on_the_way(self) -> bool:
        """Whether a tracking number is known."""
        return bool(self.parcels)

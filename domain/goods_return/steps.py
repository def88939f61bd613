"""The catalogue of a return's steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from domain.goods_return.state import Disposition, Grade, LineFound, OtherGoods, ReturnLine
from domain.limits import Between, Days, Length, Reason, Says, ShortText
from domain.people import Role
from domain.shipment import Shipment
from domain.steps import Step

Note = Annotated[str, Length(0, 1000), Says("What else was seen; no names.")]


@dataclass(frozen=True, kw_only=True)
class ReceiveParcel(Step):
    """The warehouse has a parcel in its hands; it is recorded as it is, announced or not [S]."""

    roles = (Role.WAREHOUSE,)
    source = "S"
    summary = "Record a parcel that arrived for this return."

    tracking: Annotated[str, Length(4, 64), Says("Tracking number on the parcel.", "SF1234567890")]
    carrier: Annotated[str, Length(0, 120), Says("The courier company.", "SF Express")] = ""
    card_found: Annotated[bool, Says("Whether the after-sales card or a note lay inside [S].")] = True
    freight_collect: Annotated[bool, Says("Whether the courier collected the freight from us [S].")] = False
    note: Note = ""


@dataclass(frozen=True, kw_only=True)
class TurnAwayParcel(Step):
    """A freight-collect parcel is not taken in, where the shop's policy turns such parcels away [S]."""

    roles = (Role.WAREHOUSE,)
    source = "S"
    summary = "Record that you turned away a freight-collect parcel of this return."

    tracking: Annotated[str, Length(4, 64), Says("Tracking number on the parcel.", "SF1234567890")]
    carrier: Annotated[str, Length(0, 120), Says("The courier company.", "SF Express")] = ""
    note: Note = ""


@dataclass(frozen=True, kw_only=True)
class Inspect(Step):
    """The warehouse checks the goods against the registered faults and signs [S].

    What is said beside `line` is about that line, `further` about the others; a line that is not named was not in the
    parcel. Inspections of different parcels add up.
    """

    roles = (Role.WAREHOUSE,)
    source = "S"
    summary = "Inspect what a parcel brought against the registered faults, grade it and sign."

    line: Annotated[int | None, Between(1, 100_000), Says("Line of the order; left out: the return's first.", 1)] = None
    quantity: Annotated[int, Between(0, 100_000), Says("Units that are really here.", 1)]
    intact: Annotated[bool, Says("Not damaged by the customer.")]
    packaging_whole: Annotated[bool, Says("Box and accessories are whole.")]
    fault_found: Annotated[bool, Says("The registered fault is there.")]
    grade: Grade
    photos: Annotated[tuple[str, ...], Says("Ids of photos sent to /evidence.")] = ()
    note: Note = ""
    signed: Annotated[ShortText, Says("The inspector's signature.", "Zhao")]
    others: Annotated[tuple[OtherGoods, ...], Length(0, 50), Says("Goods in the box that nobody announced [S].")] = ()
    disposition: Annotated[
        Disposition | None, Says("Where the goods go if they stay with the shop; left out, by their grade.")
    ] = None
    further: Annotated[tuple[LineFound, ...], Length(0, 200), Says("The same of further lines of the return.")] = ()
    parcel: Annotated[
        str, Length(0, 64), Says("Tracking number of the parcel that was opened; left out: all that wait for it.")
    ] = ""


@dataclass(frozen=True, kw_only=True)
class DisposeGoods(Step):
    """Goods that are the shop's go somewhere else than before; both stay on record, with the reason [S]."""

    roles = (Role.WAREHOUSE, Role.SUPERVISOR)
    source = "S,O"
    summary = "Record where the goods go now: back on the shelf, to repair or supplier, as second choice, or to scrap."

    disposition: Disposition
    reason: Reason
    line: Annotated[int | None, Between(1, 100_000), Says("Line of the order; left out: the return's first.", 1)] = None


@dataclass(frozen=True, kw_only=True)
class SendGoodsBack(Step):
    """Rejected goods go back to the customer [O]."""

    roles = (Role.WAREHOUSE, Role.LABEL_DESK)
    source = "O"
    summary = "Record that the goods were sent back to the customer."

    carrier: ShortText
    tracking: Annotated[str, Length(4, 64), Says("Tracking number of the parcel to the customer.", "SF9876543210")]


@dataclass(frozen=True, kw_only=True)
class GiveGoodsBack(Step):
    """Rejected goods are handed to the customer, who came for them [O]."""

    roles = (Role.WAREHOUSE, Role.LABEL_DESK)
    source = "O"
    summary = "Record that the goods were handed back to the customer in person."

    note: Annotated[
        str, Length(3, 1000), Says("How it was seen that it is the customer; no names.", "showed the order")
    ]


@dataclass(frozen=True, kw_only=True)
class TellHowToSend(Step):
    """The customer is told to prepay, to send nothing freight-collect and to enclose the card or a note [S]."""

    roles = (Role.AGENT, Role.SUPERVISOR)
    source = "S"
    summary = "Record that you told the customer how to send: prepaid, not freight-collect, with card or note."

    how: Annotated[ShortText, Says("By which way.", "phone")]


@dataclass(frozen=True, kw_only=True)
class ShareCollectedFreight(Step):
    """The customer bears half of a freight that the courier collected from us: that lifts the breach [S]."""

    roles = (Role.AGENT, Role.SUPERVISOR)
    source = "S"
    summary = "Record that the customer bears half of the freight of a freight-collect parcel."

    tracking: Annotated[str, Length(4, 64), Says("Tracking number of that parcel.", "SF1234567890")]
    note: Annotated[str, Length(3, 1000), Says("How it is settled; no names.", "taken off the refund as agreed")]


@dataclass(frozen=True, kw_only=True)
class ExtendWait(Step):
    """A person gives the customer or the courier more time [O]."""

    roles = (Role.AGENT, Role.SUPERVISOR, Role.LOGISTICS)
    source = "O"
    summary = "Give more time for the tracking number or the arrival, with a reason."

    days: Days
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class GiveUpReturn(Step):
    """A person ends the waiting: the goods were not sent, or are lost on the way [O]."""

    roles = (Role.AGENT, Role.SUPERVISOR, Role.LOGISTICS)
    source = "O"
    summary = "End the return: not sent, or lost on the way; the complaint goes back to the agent."

    reason: Reason


class CourierStatus(StrEnum):
    """What a courier reports."""

    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    STUCK = "stuck"
    REFUSED = "refused"
    RETURNED = "returned"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True)
class TakeCourierNews(Step):
    """The courier's news of a parcel; each message has an id of its own and counts once."""

    roles = (Role.DESK, Role.INTEGRATION, Role.LOGISTICS)
    by_machine = True

    tracking: str
    status: CourierStatus
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class TakeParcelFromDock(Step):
    """The dock has a parcel that belongs to this return; `dock` is its number there."""

    roles = (Role.DESK,)
    by_machine = True

    dock: str
    tracking: str
    carrier: str = ""
    received_at: datetime
    received_by: str
    card_found: bool = False
    freight_collect: bool = False


@dataclass(frozen=True, kw_only=True)
class TakeParcelBack(Step):
    """The parcel that the dock matched to this return is another's."""

    roles = (Role.DESK,)
    by_machine = True

    dock: str


@dataclass(frozen=True, kw_only=True)
class TakeWordFromComplaint(Step):
    """The complaint passes on reported parcels, and what is to become of the goods."""

    roles = (Role.DESK,)
    by_machine = True

    shipments: tuple[Shipment, ...] = ()
    settle_as: str = ""
    lines: tuple[ReturnLine, ...] = ()
    """Lines that were agreed on since the return began."""

"""What happens to a return, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event, TimeActed
from domain.goods_return.state import Disposition, Inspection, Parcel, ReturnLine, TurnedAway
from domain.shipment import Shipment


@dataclass(frozen=True, kw_only=True)
class ReturnAuthorised(Event):
    """The customer may send the goods back, and is told how."""


@dataclass(frozen=True, kw_only=True)
class ParcelReported(Event):
    """The customer reported a parcel."""

    shipment: Shipment


@dataclass(frozen=True, kw_only=True)
class CourierSaw(Event):
    """The courier reported where a parcel is."""

    tracking: str
    status: str
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class ParcelReceived(Event):
    """The warehouse received a parcel."""

    parcel: Parcel


@dataclass(frozen=True, kw_only=True)
class ParcelTurnedAway(Event):
    """The dock did not take in a parcel that came freight-collect."""

    away: TurnedAway


@dataclass(frozen=True, kw_only=True)
class DockParcelKnown(Event):
    """The dock has a parcel that the warehouse received for this return already: one parcel, recorded at two doors."""

    dock: str
    tracking: str


@dataclass(frozen=True, kw_only=True)
class DockParcelLate(Event):
    """The dock has a parcel for this return, which is over."""

    dock: str
    tracking: str


@dataclass(frozen=True, kw_only=True)
class ParcelTakenBack(Event):
    """A parcel was another's: nothing of it stands here."""

    dock: str
    tracking: str


@dataclass(frozen=True, kw_only=True)
class ReturnReopened(Event):
    """Goods came after the return had ended without them."""


@dataclass(frozen=True, kw_only=True)
class LateGoodsOver(TimeActed):
    """The time in which an ended return still takes goods is over."""

    @property
    def timer(self) -> str:
        """As figures name it."""
        return "late_goods"


@dataclass(frozen=True, kw_only=True)
class DockTold(Event):
    """The dock was told what came of its parcel."""

    dock: str
    result: str


@dataclass(frozen=True, kw_only=True)
class SendingExplained(Event):
    """An agent told the customer how to send: prepaid, not freight-collect, with card or note."""

    how: str


@dataclass(frozen=True, kw_only=True)
class FreightCollectCame(Event):
    """A parcel came whose freight we had to pay; `untold`: nobody had told the customer, `against` whom that stands."""

    tracking: str
    untold: bool
    against: str


@dataclass(frozen=True, kw_only=True)
class CollectedFreightShared(Event):
    """The customer bears half of the freight that we had to pay."""

    tracking: str
    note: str


@dataclass(frozen=True, kw_only=True)
class GoodsInspected(Event):
    """The warehouse inspected and signed; `waits`: the rest may be in a parcel on its way, or in one not opened yet."""

    inspection: Inspection
    quantity: int
    passed: bool
    waits: bool = False


@dataclass(frozen=True, kw_only=True)
class LinesAdded(Event):
    """Further lines were agreed on: they come in under the same return."""

    lines: tuple[ReturnLine, ...]


@dataclass(frozen=True, kw_only=True)
class RestGivenUp(Event):
    """Nobody waits any more for the parcels that did not come, while others did."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class GoodsDisposed(Event):
    """Where goods go that are the shop's again; `reason` is empty when the row of their grade says so."""

    disposition: Disposition
    reason: str = ""
    line: int = 0
    quantity: int = 0


@dataclass(frozen=True, kw_only=True)
class WaitExtended(Event):
    """A deadline was moved by a person."""

    clock: str
    until: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReturnSettled(Event):
    """What becomes of goods that failed the inspection: accepted, kept, send_back; or the return was called off."""

    settle_as: str


@dataclass(frozen=True, kw_only=True)
class GoodsSentBack(Event):
    """The goods are on their way back to the customer."""

    carrier: str
    tracking: str


@dataclass(frozen=True, kw_only=True)
class GoodsGivenBack(Event):
    """The customer came for the goods and has them."""

    note: str


@dataclass(frozen=True, kw_only=True)
class ReturnGivenUp(Event):
    """The waiting was ended by a person: not_sent or lost."""

    result: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReturnClosed(Event):
    """Nothing more happens to this return."""

    outcome: str


@dataclass(frozen=True, kw_only=True)
class ComplaintTold(Event):
    """The complaint was told how the return stands."""

    result: str

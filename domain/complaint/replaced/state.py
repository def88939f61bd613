"""What a complaint about a replacement rests on, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Replacement:
    """Goods that a complaint's exchange or reshipment sent out, as the register has them. Instants UTC.

    `arrived_at` is when the parcel came, None while nobody knows. `units` are those that the first case claims of each
    line of its order.
    """

    part: int
    kind: str
    carrier: str
    tracking: str
    arrived_at: datetime | None
    units: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class AboutReplacement:
    """That a case complains of what another one sent: `part` of that case's remedy, under that tracking number.

    `arrived_at` is what the register knew when the case opened; from then the customer has these goods. `lines` are the
    lines of the order that it stands for. `recognised` when nobody named the first case and the order line alone made
    it certain.
    """

    case: str
    part: int
    kind: str
    carrier: str
    tracking: str
    arrived_at: datetime | None
    lines: tuple[int, ...]
    recognised: bool = False

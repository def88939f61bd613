"""A parcel that the customer sends back, as the customer reports it (domain.md, "Returns and exchanges" [S])."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.money import Money


@dataclass(frozen=True)
class Shipment:
    """Carrier, tracking number, freight prepaid by the customer.

    `reported_at` is the instant of the report (UTC), `receipt` the id of the receipt's photo.
    """

    carrier: str
    tracking: str
    freight: Money | None
    reported_at: datetime
    receipt: str | None = None

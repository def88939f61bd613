"""What the customer says of the goods before sending them, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GoodsCondition:
    """Accepted only when intact, box whole, fit to sell again: the customer says so before sending [S]."""

    intact: bool
    packaging_whole: bool
    fit_to_sell: bool

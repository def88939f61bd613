"""What is said of goods before they move, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.eligible.state import GoodsCondition


@dataclass(frozen=True, kw_only=True)
class GoodsDescribed(Event):
    """The customer said how the goods are."""

    described: GoodsCondition
    heard_on: str

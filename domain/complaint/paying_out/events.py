"""What happens to the way on which a complaint's money goes out."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.payment.means import Agreed


@dataclass(frozen=True, kw_only=True)
class MeansAgreed(Event):
    """Another way for the money was agreed with the customer, or the original one again."""

    part: Agreed

"""Which other complaints are likely about the same matter, the likeliest first: a hint for the agent, no verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.view import CaseView


class Why(StrEnum):
    """What two complaints share."""

    SAME_ORDER_LINE = "same_order_line"
    SAME_PHOTO = "same_photo"
    SAME_CUSTOMER = "same_customer"
    """And they came in within the policy's days of each other."""
    SAME_ORDER = "same_order"
    """Of another line."""


WEIGHTS = {Why.SAME_ORDER_LINE: 4, Why.SAME_PHOTO: 3, Why.SAME_CUSTOMER: 2, Why.SAME_ORDER: 1}


@dataclass(frozen=True)
class AlikePhoto:
    """A photo of this case and one of the other that look alike: so many of 64 bits differ."""

    mine: str
    theirs: str
    bits_apart: int


@dataclass(frozen=True)
class Found:
    """Another complaint with what it shares with this one."""

    view: CaseView
    same_line: bool
    same_order: bool
    same_customer: bool
    photos: tuple[AlikePhoto, ...] = ()
    replaced: bool = False
    """Whether one is about what the other sent instead: two parcels are two matters, however much they share."""

    @property
    def reasons(self) -> tuple[Why, ...]:
        """What they share, the most telling first; none if that is too little to speak of."""
        shared = {
            Why.SAME_ORDER_LINE: self.same_line,
            Why.SAME_PHOTO: bool(self.photos),
            Why.SAME_CUSTOMER: self.same_customer,
            Why.SAME_ORDER: self.same_order and not self.same_line,
        }
        return () if self.replaced else tuple(why for why in Why if shared[why])


def ranked(found: Iterable[Found]) -> list[Found]:
    """The likeliest first: by what is shared, then by how alike the photos are, then the newest."""
    likely = [each for each in found if each.reasons]
    likely.sort(key=lambda each: (each.view.opened_at, each.view.case), reverse=True)
    return sorted(likely, key=_telling)


def _telling(found: Found) -> tuple[int, int]:
    closest = min((photo.bits_apart for photo in found.photos), default=64)
    return -sum(WEIGHTS[why] for why in found.reasons), closest

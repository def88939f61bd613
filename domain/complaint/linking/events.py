"""What happens between cases that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.complaint.linking.state import Word
from domain.money import Money
from domain.people import Actor


@dataclass(frozen=True, kw_only=True)
class CaseLinked(Event):
    """The case was linked with another, here."""

    other_case: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LinkHeard(Event):
    """The case was linked with another, there."""

    other_case: str
    reason: str
    there_by: Actor


@dataclass(frozen=True, kw_only=True)
class MergedInto(Event):
    """The case goes on within another and is closed here; not handling, since nothing was worked on."""

    other_case: str
    number: int
    reason: str
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class MergeConfirmed(Event):
    """The other case has taken it in."""

    other_case: str
    number: int


@dataclass(frozen=True, kw_only=True)
class MergeCameToNothing(Event):
    """The other case was closed in the meantime: this one goes on by itself."""

    other_case: str
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Unmerged(Event):
    """The merge was undone: the case goes on by itself again."""

    handles = True

    other_case: str
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseTakenIn(Event):
    """Another case goes on within this one; `left_out` of its photos did not fit."""

    other_case: str
    number: int
    reason: str
    there_by: Actor
    paid: Money
    refunded: Money
    order_index: str | None
    line: int | None
    handlers: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, kw_only=True)
class CaseTurnedAway(Event):
    """Another case was to go on within this one, which is closed."""

    other_case: str
    number: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class PhotosPassedOn(Event):
    """A case that goes on within this one sent more photos; `left_out` of them did not fit."""

    other_case: str
    left_out: int


@dataclass(frozen=True, kw_only=True)
class CaseParted(Event):
    """A case that went on within this one goes on by itself again."""

    other_case: str
    number: int
    reason: str
    there_by: Actor


@dataclass(frozen=True, kw_only=True)
class JointCaseOver(Event):
    """The case within which this one went on is over, and with it the matter."""

    other_case: str
    number: int


@dataclass(frozen=True, kw_only=True)
class CaseTold(Event):
    """Another case was told something."""

    other_case: str
    word: Word
    number: int
    photos_told: int = 0

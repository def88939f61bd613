"""Links and merges as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.complaint.watching.state import Why
from domain.money import Money
from domain.people import Actor


class Word(StrEnum):
    """What one case tells another."""

    LINKED = "linked"
    """We belong together."""
    MERGED = "merged"
    """I was merged into you."""
    TAKEN_IN = "taken_in"
    """I have taken you in."""
    TURNED_AWAY = "turned_away"
    """I have not, for I am closed."""
    PHOTOS = "photos"
    """My customer sent me more photos."""
    PARTED = "parted"
    """I go on by myself again."""
    OVER = "over"
    """I am over, and with me the matter."""


@dataclass(frozen=True)
class OtherCase:
    """The case that a step names, as the register knows it now: looked up by the API's edge. Instants UTC."""

    case: str
    received_at: datetime
    customer: str
    order_index: str | None
    line: int | None
    state: str
    closed: bool
    priority: int
    due_at: datetime | None = None
    about: str = ""
    """The case whose replacement it is about, if it is about one."""


@dataclass(frozen=True)
class Link:
    """Another case that this one belongs together with; `there` when the link was made in the other."""

    case: str
    reason: str
    at: datetime
    by: Actor
    there: bool = False


@dataclass(frozen=True)
class Merge:
    """This case's going into another, for the `number`-th time. It holds until it is undone or the other is over.

    `taken_in_at` is when the other confirmed it; `due` what the other had to do next by then; `photos_told` counts
    the entries of the case's photo list that the other knows.
    """

    number: int
    into: str
    reason: str
    at: datetime
    by: Actor
    due: datetime | None = None
    taken_in_at: datetime | None = None
    photos_told: int = 0
    undone_at: datetime | None = None
    undone_by: Actor | None = None
    undone_because: str = ""
    over_at: datetime | None = None


@dataclass(frozen=True)
class TakenIn:
    """Another case that goes on within this one; what was paid in it counts here too [T].

    `paid` is all of it; `refunded` the part that went back for the order's line, freight apart.
    """

    case: str
    number: int
    reason: str
    at: datetime
    by: Actor
    paid: Money
    refunded: Money
    order_index: str | None = None
    line: int | None = None
    parted_at: datetime | None = None
    over_told: bool = False


@dataclass(frozen=True)
class AwaitedParcel:
    """A parcel that a merged case waited for; it is watched where the case goes on [S]."""

    tracking: str
    carrier: str
    why: Why


@dataclass(frozen=True)
class WordOwed:
    """A word to another case that is still to be said."""

    to: str
    word: Word
    number: int
    reason: str = ""

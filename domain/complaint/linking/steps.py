"""Steps of linking and merging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from domain.complaint.linking.state import AwaitedParcel, OtherCase, Word
from domain.complaint.roles import AGENTS
from domain.evidence import Photo
from domain.limits import Length, Reason, Says
from domain.money import Money
from domain.people import Actor, Role
from domain.steps import Step

CaseNumber = Annotated[str, Length(1, 64), Says("The other complaint's case number.", "AS-2026-000002")]


@dataclass(frozen=True, kw_only=True)
class LinkCase(Step):
    """Two cases belong together; each goes on by itself, and both show it [F][O]."""

    roles = AGENTS
    source = "F,O"
    summary = "Link the case with another complaint of the shop; both show it from now on."

    other_case: CaseNumber
    reason: Reason
    other: Annotated[OtherCase | None, Says("hidden")] = None


@dataclass(frozen=True, kw_only=True)
class MergeInto(Step):
    """The same matter came in twice: this case closes as merged, the one that came in first goes on with its clocks.

    The merge can be undone until that one is over; both histories stay whole.
    """

    roles = AGENTS
    source = "F,O"
    summary = "Merge the case into the one of the same matter that came in first; it goes on there."

    other_case: CaseNumber
    reason: Reason
    other: Annotated[OtherCase | None, Says("hidden")] = None


@dataclass(frozen=True, kw_only=True)
class Unmerge(Step):
    """A merge was a mistake: the case opens again, with the clocks that its situation asks for [O]."""

    roles = AGENTS
    source = "O"
    summary = "Undo the merge: the case goes on by itself again, with the reason."

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class TakeWordFromCase(Step):
    """Another case tells of a link or a merge."""

    roles = (Role.DESK,)
    by_machine = True

    case: str
    word: Word
    number: int
    reason: str = ""
    said_by: Actor | None = None
    """Who linked, merged or parted there."""
    paid: Money | None = None
    """All that was paid there; `refunded` is the part that went back for that order's line, freight apart."""
    refunded: Money | None = None
    order_index: str | None = None
    line: int | None = None
    photos: tuple[Photo, ...] = ()
    photo_purposes: tuple[tuple[str, str], ...] = ()
    parcels: tuple[AwaitedParcel, ...] = ()
    handlers: tuple[str, ...] = ()
    """Who had a hand in it there, and so leaves the call-back to others here too [D][E][S]."""

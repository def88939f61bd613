"""What a case shows: the one shape that answers a step, fills the read model and is compared by a rebuild."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from domain.charge import MIDDLE
from domain.evidence import Photo
from domain.money import Money
from domain.people import Role
from domain.sealed import Sealed


class Kind(StrEnum):
    """Which workflow a case is."""

    COMPLAINT = "complaint"
    RETURN = "return"
    PAYMENT = "payment"
    PARCEL = "parcel"


@dataclass(frozen=True)
class Task:
    """One thing that waits for a desk: `key` is stable within the case, `due_at` UTC or None, `reason` why it waits.

    `needs_a_person` marks what no ordinary step would settle (design.md, invariant 8).
    """

    key: str
    desk: Role
    step: str
    due_at: datetime | None = None
    reason: str = ""
    needs_a_person: bool = False


@dataclass(frozen=True)
class SegmentFace:
    """A stretch of a clock's life: it ran (`cause` None) or stood still for somebody. Instants UTC.

    `until` and `counted_seconds` are None while the stretch lasts; a pause counts nothing.
    """

    since: datetime
    until: datetime | None
    cause: str | None
    counted_seconds: float | None


@dataclass(frozen=True)
class LedgerFace:
    """The whole life of a clock that ever stood still, in the hours that it counts; the seconds counted add up.

    `counted_seconds` is what it used of its budget, None until it has ended.
    """

    hours: str
    budget_seconds: float
    counted_seconds: float | None
    segments: tuple[SegmentFace, ...]


@dataclass(frozen=True)
class ClockFace:
    """A service clock as people see it; instants are UTC. `on_time` is None while it runs before its due instant.

    `paused_for` says for whom it stands still; then `due_at` is what it was, and moves when it goes on. `escalated_to`
    is the highest desk that heard of its breach. `ledger` is None for a clock that never stood still: its only stretch
    is from start to end.
    """

    name: str
    started_at: datetime
    due_at: datetime
    warned_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    end_cause: str | None
    on_time: bool | None
    desk: str
    source: str
    paused_for: str | None = None
    escalated_to: str | None = None
    ledger: LedgerFace | None = None


@dataclass(frozen=True)
class StepOffer:
    """Whether a person may take a step now, until when, and if not, why not and what would open it.

    Of a refusal it holds code and facts: its words are the same for all cases, and dozens of them would travel with
    every answer and stay in every history (`domain.refusals.refusal_of`).
    """

    step: str
    open: bool
    until: datetime | None = None
    code: str = ""
    facts: dict[str, str] | None = None


@dataclass(frozen=True)
class CaseView:
    """A case as it stands at `version` (1, 2, … : counts the changes of this very content).

    Personal values stay sealed. `story` carries the kind's own facts (judgement, proposal, goods, slip) as a
    plain JSON object with stable keys. `waits_for` is the state in the desk's words.
    """

    case: str
    shop: str
    kind: Kind
    parent: str | None
    version: int
    state: str
    problem: str | None
    channel: str | None
    customer: str
    """The subject id of the customer."""
    handler: str | None
    opened_at: datetime
    closed_at: datetime | None
    phone_index: str | None
    order_index: str | None
    tracking: tuple[str, ...]
    """Tracking numbers by which the courier's news find this case."""
    amount: Money | None
    policy_version: str
    tasks: tuple[Task, ...] = ()
    clocks: tuple[ClockFace, ...] = ()
    photos: tuple[Photo, ...] = ()
    sealed: dict[str, Sealed] | None = None
    story: dict[str, object] | None = None
    priority: int = MIDDLE
    """1 (first: health and food safety) to 5."""
    team: str = ""
    stand_in: str | None = None
    stand_in_until: datetime | None = None

    def told(self, name: str) -> list[dict[str, Any]]:
        """What the story lists under this name; empty where it has none."""
        return cast("list[dict[str, Any]]", (self.story or {}).get(name) or [])

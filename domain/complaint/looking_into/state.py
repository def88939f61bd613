"""What was looked up, attached, explained and promised, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.complaint.problems import Check, FaultKind, RemedyKind
from domain.money import Money
from domain.people import Actor
from domain.sealed import Sealed


class Finding(StrEnum):
    """What a check found [T]."""

    IN_ORDER = "in_order"
    OUR_FAULT = "our_fault"
    UNDER_WAY = "under_way"
    """A second parcel of the order is still on its way."""
    THEIR_FAULT = "their_fault"
    """The courier, the platform or somebody else outside."""


class RecordKind(StrEnum):
    """What can be attached as evidence beside photos [S][F][D]."""

    VIDEO = "video"
    CONVERSATION = "conversation"
    TRACKING = "tracking"
    INSPECTION = "inspection"
    STATEMENT = "statement"
    COURIERS_NOTE = "couriers_note"


@dataclass(frozen=True)
class RecordItem:
    """A record in the case: its words sealed or a reference to where it lies, and the hash of what was attached."""

    number: int
    record_kind: RecordKind
    title: str
    digest: str
    at: datetime
    by: Actor
    words: Sealed | None = None
    reference: str = ""


@dataclass(frozen=True)
class CheckMade:
    """One look-up with its finding, noted [T]."""

    check: Check
    finding: Finding
    note: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class Exemption:
    """A fault that no photo shows: the warehouse's inspection decides instead [S]."""

    fault_kind: FaultKind
    reason: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class Explanation:
    """What was explained to the customer, in which round, and whether it helped (None: no answer yet) [T][F]."""

    number: int
    words: str
    round: int
    at: datetime
    by: Actor
    helped: bool | None = None
    heard_on: str = ""


@dataclass(frozen=True)
class OutsidePromise:
    """What somebody of the desk promised outside the software, without evidence: it binds the shop [S][O]."""

    number: int
    kind: RemedyKind
    refund: Money | None
    freight: bool
    promised_by: str
    """The person who promised it."""
    heard_on: str
    at: datetime
    by: Actor

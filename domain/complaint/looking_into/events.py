"""What happens while a complaint is looked into."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.looking_into.state import CheckMade, Exemption, Explanation, OutsidePromise, RecordItem


@dataclass(frozen=True, kw_only=True)
class RecordAttached(Event):
    """A record became part of the case."""

    item: RecordItem


@dataclass(frozen=True, kw_only=True)
class CheckRecorded(Event):
    """The desk looked something up."""

    handles = True

    made: CheckMade


@dataclass(frozen=True, kw_only=True)
class ExemptedFromPhoto(Event):
    """The fault is of a kind that no photo shows."""

    handles = True

    exemption: Exemption


@dataclass(frozen=True, kw_only=True)
class Explained(Event):
    """The goods, or their use, were explained to the customer."""

    handles = True

    explanation: Explanation


@dataclass(frozen=True, kw_only=True)
class EffectReported(Event):
    """The customer said whether the explanation helped."""

    helped: bool
    heard_on: str


@dataclass(frozen=True, kw_only=True)
class OutsidePromiseRecorded(Event):
    """A promise made outside the software was put on record."""

    handles = True

    promise: OutsidePromise

"""What an inspection says of a promise, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event
from domain.complaint.disproving.state import DisprovedPromise


@dataclass(frozen=True, kw_only=True)
class PromiseDisproved(Event):
    """Freight was promised without a photo, and the warehouse found no such fault."""

    promise: DisprovedPromise

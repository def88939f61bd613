"""Which letters sorting sends."""

from __future__ import annotations

from domain.casefile import Event
from domain.complaint.sorting import events as e
from domain.complaint.state import Complaint


def letters_for(_case: Complaint, event: Event) -> tuple[tuple[str, dict[str, str]], ...]:
    """That the platform decides now, and the case is closed here."""
    if isinstance(event, e.PassedToPlatform):
        return (("closed", {"outcome": "passed_to_platform", "words": event.reason}),)
    return ()

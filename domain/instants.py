"""Instants among words: read as RFC 3339 with an offset, or as no instant at all; told to the minute."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import as_utc


def instant_in(text: str) -> datetime | None:
    """The instant (UTC) that the whole text is, such as `2026-03-06T18:00:00+08:00`; None when it is words."""
    try:
        return as_utc(datetime.fromisoformat(text))
    except ValueError:  # no date and time, or one without its offset, which says no instant
        return None


def minute(at: datetime) -> str:
    """The instant (UTC) as people read it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"

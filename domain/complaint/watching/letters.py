"""Which letters watched parcels send."""

from __future__ import annotations

from datetime import timedelta

from domain.casefile import Event
from domain.complaint.state import Complaint
from domain.complaint.watching import events as e
from domain.complaint.watching import questions as ask

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """Each change of where a parcel is, told first; what stays the same is told with the case's progress [T][S]."""
    if not isinstance(event, e.ParcelChecked) or not event.changed:
        return ()
    parcel = case.parcels[event.number - 1]
    until = event.at + timedelta(hours=case.pinned.policy.progress_every_hours.value)
    said = {
        "tracking": parcel.tracking,
        "carrier": parcel.carrier,
        "parcel": ask.told_as(parcel),
        "until": until.isoformat() if parcel.watched else "",
    }
    return (("parcel_news", said),)

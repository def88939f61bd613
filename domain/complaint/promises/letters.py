"""Which letters promises and silence send."""

from __future__ import annotations

from datetime import datetime

from domain.casefile import Event
from domain.complaint.promises import events as e
from domain.complaint.promises import progress
from domain.complaint.promises import questions as ask
from domain.complaint.state import Complaint
from domain.complaint.watching import questions as watching

Drafts = tuple[tuple[str, dict[str, str]], ...]


def letters_for(case: Complaint, event: Event) -> Drafts:
    """A broken promise is told before the customer asks; a moved one with its new time; silence is ended [D][T][F]."""
    match event:
        case e.PromiseBroken(number=number) if (promise := ask.promise(case, number)) is not None:
            due = case.due(f"broken_promise#{number}")
            return (("promise_broken", {"words": promise.words, "due": _instant(due)}),)
        case e.PromiseRenewed(number=number, until=until, words=words) if promise := ask.promise(case, number):
            said = {"promised": promise.words, "words": words, "until": until.isoformat()}
            return (("promise_renewed", said),)
        case e.TimetableSet(lines=lines):
            listed = "\n".join(f"{line.until.isoformat()} {line.words}" for line in lines)
            return (("timetable", {"timetable": listed}),)
        case e.ProgressTold(stands=stands):
            return (("progress", _progress(case, stands, event.at)),)
        case _:
            return ()


def _progress(case: Complaint, stands: str, at: datetime) -> dict[str, str]:
    parcel = watching.most_awaited(case)
    return {
        "stands": stands,
        "tracking": parcel.tracking if parcel is not None else "",
        "parcel": watching.told_as(parcel) if parcel is not None else "",
        "due": _instant(progress.next_due(case, at)),
        "until": (at + progress.every(case)).isoformat(),
    }


def _instant(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""

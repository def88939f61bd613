"""Complaining of a replacement, bound together as a chapter; its link is one like any other."""

from __future__ import annotations

from domain.casefile import Event
from domain.chapters import Chapter
from domain.complaint.linking.events import CaseLinked
from domain.complaint.replaced.from_story import ABOUT
from domain.complaint.state import Complaint, OpenComplaint
from domain.plain import plain


def linked_at_opening(opening: OpenComplaint) -> tuple[Event, ...]:
    """The link with the case that sent the replacement, which shows it too [O]."""
    about = opening.about
    if about is None:
        return ()
    reason = f"about the {about.kind} that {about.case} sent as {about.tracking}"
    return (CaseLinked(at=opening.received_at, by=opening.opened_by, other_case=about.case, reason=reason),)


def _shown(case: Complaint) -> dict[str, object]:
    return {ABOUT: plain(case.about)} if case.about is not None else {}


CHAPTER: Chapter[Complaint] = Chapter(changes={}, shown=_shown, told_to_customers=frozenset({ABOUT}))

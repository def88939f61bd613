"""How each event of stopping an order changes the complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.casefile import Event
from domain.complaint.evolve import take_back_open_proposal
from domain.complaint.looking_into import questions as looking
from domain.complaint.recall import questions as recalls
from domain.complaint.state import Complaint
from domain.complaint.stopping import events as e
from domain.complaint.stopping import questions as stops


def asked(case: Complaint, event: e.StopAsked) -> Complaint:
    """The request stands; it tells the customer process, time and next step, which is feedback [F]."""
    return replace(case, stops=(*case.stops, event.request), feedback_at=case.feedback_at or event.at)


def confirmed(case: Complaint, event: e.StopConfirmed) -> Complaint:
    """The label desk's last word counts; a proposal that rested on another one is taken back."""
    findings = (*case.stops[-1].findings, event.answer)
    return take_back_what_no_longer_fits(_last(case, findings=findings), event)


def changed(case: Complaint, event: e.OrderChanged) -> Complaint:
    """The order goes out as the customer wants it now."""
    return replace(_last(case, changed=event.change), call_backs=())


def noted(case: Complaint, event: e.AftermathRecorded) -> Complaint:
    """What became of what was held back, or of the parcel that was called back."""
    recall = stops.to_settle(case)
    if recall is not None:
        return replace(case, recalls=(*case.recalls[:-1], replace(recall, aftermath=event.aftermath)))
    return _last(case, aftermath=event.aftermath)


def take_back_what_no_longer_fits(case: Complaint, event: Event) -> Complaint:
    """The case without an unanswered proposal that does not fit where the order is now, unless it was promised."""
    current = case.proposal
    if current is None or recalls.fits(case, current.kind):
        return case
    promised = looking.promise_for(case, current.kind, current.refund) is not None
    return case if promised else take_back_open_proposal(case, event)


def _last(case: Complaint, **changes: Any) -> Complaint:
    return replace(case, stops=(*case.stops[:-1], replace(case.stops[-1], **changes)))

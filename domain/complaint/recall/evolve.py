"""How each event of a recall changes the complaint."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.complaint.recall import events as e
from domain.complaint.recall.state import Holder, Recall, RecallState
from domain.complaint.state import Complaint
from domain.complaint.stopping.evolve import take_back_what_no_longer_fits


def asked(case: Complaint, event: e.RecallAsked) -> Complaint:
    """No return is offered while the parcel is called back."""
    fresh = Recall(
        number=len(case.recalls) + 1,
        state=RecallState.ASKED,
        carrier=event.carrier,
        tracking=event.tracking,
        asked_at=event.at,
        asked_by=event.by,
    )
    return take_back_what_no_longer_fits(replace(case, recalls=(*case.recalls, fresh)), event)


def registered(case: Complaint, event: e.RecallRegistered) -> Complaint:
    """The slip is written; both parts are with the logistics desk."""
    return _last(
        case,
        state=RecallState.REGISTERED,
        slip=event.slip,
        courier=event.courier,
        registered_at=event.at,
        part_one_with=Holder.LOGISTICS,
        since=event.at,
    )


def signed(case: Complaint, event: e.PartOneSigned) -> Complaint:
    """The label desk keeps part one."""
    return _last(
        case,
        state=RecallState.SIGNED,
        courier_signed=event.courier_signed,
        part_one_with=Holder.LABEL_DESK,
        since=event.at,
    )


def received(case: Complaint, event: e.OriginalReceived) -> Complaint:
    """Part one went to the courier in exchange for the parcel."""
    case = _last(
        case,
        state=RecallState.RECEIVED,
        signed=event.signed,
        received_at=event.at,
        part_one_with=Holder.COURIER,
        since=event.at,
    )
    return take_back_what_no_longer_fits(case, event)


def failed(case: Complaint, event: e.RecallFailed) -> Complaint:
    """Part one stays with whom it is."""
    return _last(case, state=RecallState.FAILED, failed_at=event.at, failed_because=event.reason)


def _last(case: Complaint, **changes: Any) -> Complaint:
    return replace(case, recalls=(*case.recalls[:-1], replace(case.recalls[-1], **changes)))

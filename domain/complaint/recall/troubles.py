"""What a person has to look at, because money and goods no longer match: the refund's parcel has left, or came back."""

from __future__ import annotations

from datetime import datetime

from domain.casefile import Event, TroubleArose
from domain.complaint.problems import BRINGS_GOODS
from domain.complaint.recall import questions as ask
from domain.complaint.state import Complaint
from domain.complaint.stopping import questions as stops
from domain.people import Actor


def parcel_moved(before: Complaint, after: Complaint, at: datetime, by: Actor) -> tuple[Event, ...]:
    """What the label desk's word brings: the parcel has left after all, or is here although a return was agreed.

    A slip of the refund waits from now on; one that finance has paid already cannot.
    """
    left = stops.gone(after) and not stops.gone(before)
    live = ", ".join(p.case for p in after.payments if p.result is None and p.purpose == "refund")
    if left and live and ask.ground_lost(after):
        sentence = f"the parcel has left after all, and its refund ({live}) waits: void the slip, or recall the parcel"
        return (_trouble("refund_of_gone_parcel", sentence, at, by),)
    if left and stops.refunded(after) and not after.original_received:
        return (_both_out(at, by),)
    return _here_after_all(before, after, at, by)


def paid_all_the_same(case: Complaint, result: str, at: datetime, by: Actor) -> tuple[Event, ...]:
    """What a slip's news brings that was paid before it could be told to wait."""
    out = result == "paid" and ask.ground_lost(case) and stops.gone(case)
    return (_both_out(at, by),) if out else ()


def original_came(before: Complaint, after: Complaint, at: datetime, by: Actor) -> tuple[Event, ...]:
    """What a parcel brings that came back too late: after the closing, or when a return was agreed meanwhile."""
    if after.closed_at is not None and not stops.refunded(after):
        sentence = "the original parcel came back after the closing: repay, or send it again"
        return (_trouble("goods_of_closed_case", sentence, at, by),)
    return _here_after_all(before, after, at, by)


def _here_after_all(before: Complaint, after: Complaint, at: datetime, by: Actor) -> tuple[Event, ...]:
    agreed = after.accepted
    if agreed is None or agreed.kind not in BRINGS_GOODS:
        return ()
    if ask.fits(after, agreed.kind) or not ask.fits(before, agreed.kind):
        return ()
    sentence = f"the parcel is here, but proposal {agreed.number} waits for the customer to send it: tell the customer"
    return (_trouble("parcel_is_here", sentence, at, by),)


def _both_out(at: datetime, by: Actor) -> Event:
    sentence = "the refund is paid and the parcel has left: recall it, or settle with the customer"
    return _trouble("refund_and_parcel_out", sentence, at, by)


def _trouble(code: str, sentence: str, at: datetime, by: Actor) -> Event:
    return TroubleArose(at=at, by=by, code=code, sentence=sentence)

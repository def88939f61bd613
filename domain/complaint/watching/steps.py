"""Steps of watching parcels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from domain.complaint.roles import AGENTS
from domain.complaint.watching.state import Condition, Manner, ParcelState, Why
from domain.limits import Length, Reason, Says
from domain.people import Role
from domain.sealed import Sealed
from domain.steps import Step

WATCHING = (*AGENTS, Role.LOGISTICS)

Tracking = Annotated[str, Length(4, 64), Says("The parcel's tracking number.", "SF1234567890")]


@dataclass(frozen=True, kw_only=True)
class WatchParcel(Step):
    """Every parcel that a case waits for, to us or to the customer, is checked each day until it arrives [S]."""

    roles = WATCHING
    source = "S,T"
    summary = "Put a parcel under watch: it is checked at the planned times of each day, and the customer hears of it."

    tracking: Tracking
    carrier: Annotated[str, Length(1, 60), Says("The courier.", "SF Express")]
    why: Why


@dataclass(frozen=True, kw_only=True)
class RecordParcelCheck(Step):
    """A planned check with its result; planned ones that went by since the last are recorded as missed [S]."""

    roles = WATCHING
    source = "S"
    summary = "Record where a watched parcel is; each change is told to the customer at once."

    tracking: Tracking
    result: ParcelState
    note: Annotated[str, Length(0, 1000), Says("What the courier shows; no names.", "left the depot at 07:40")] = ""


@dataclass(frozen=True, kw_only=True)
class ChaseCourier(Step):
    """A parcel that stands still or is stubborn: the courier is called, and its answer written down [T][S]."""

    roles = WATCHING
    source = "T,S"
    summary = "Record that the courier was asked about a parcel that stands still or is stubborn, and its answer."

    tracking: Tracking
    answer: Annotated[str, Length(3, 1000), Says("What the courier said; no names.", "goes out this afternoon")]


@dataclass(frozen=True, kw_only=True)
class ReRegisterParcel(Step):
    """A parcel that bounced or was forwarded is followed on under its new number, as the same parcel [S]."""

    roles = WATCHING
    source = "S"
    summary = "Register a watched parcel under a new tracking number; its checks and calls go on."

    tracking: Tracking
    new_tracking: Annotated[str, Length(4, 64), Says("The number under which it travels now.", "SF0987654321")]
    carrier: Annotated[str, Length(1, 60), Says("Who carries it now.", "SF Express")]
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class GiveUpWatch(Step):
    """A parcel that nobody waits for any more, or a wrong number, is watched no longer [O]."""

    roles = WATCHING
    source = "O"
    summary = "End the watch over a parcel that is not waited for any more, with the reason."

    tracking: Tracking
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class ConfirmArrival(Step):
    """On arrival at the customer: a call with four facts: time, condition, driver's manner, who signed [S]."""

    roles = (*AGENTS, Role.CALL_BACK)
    source = "S"
    summary = "Record the call after a parcel's arrival: when it came, how it looked, the driver's manner, who signed."

    tracking: Tracking
    arrived_at: Annotated[datetime, Says("When the parcel came, as the customer says.")]
    condition: Condition
    manner: Manner
    signed_by_customer: Annotated[bool, Says("Whether the customer signed for it in person.", True)]
    signed_by: Annotated[Sealed | None, Length(1, 120), Says("Who signed, if somebody else did.")] = None
    note: Annotated[str, Length(0, 1000), Says("What else was said; no names.")] = ""


@dataclass(frozen=True, kw_only=True)
class AcknowledgeException(Step):
    """Exceptions go to supervisor and salesperson, each of whom has seen them [S]."""

    roles = (Role.SUPERVISOR, Role.SALESPERSON)
    source = "S"
    summary = "Record for your desk that you have seen what was not as it should be at the customer's door."

    tracking: Tracking

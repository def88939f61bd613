"""Steps that make, move, keep and settle promises, and take in a customer who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from domain.complaint.promises.state import PlannedLine
from domain.complaint.roles import AGENTS, DESK_HEADS
from domain.complaint.state import Channel
from domain.limits import Between, Length, Reason, Says, Words
from domain.people import Role
from domain.sealed import Sealed
from domain.steps import Step

PROMISING = (*AGENTS, Role.CALL_BACK)
MOST_MINUTES = 60 * 24 * 60
MOST_LINES = 10
"""A timetable has at most so many lines."""

Minutes = Annotated[int | None, Between(1, MOST_MINUTES), Says("In how many minutes from now.", 20)]
Until = Annotated[datetime | None, Says("By which instant; instead of minutes.")]
Number = Annotated[int, Says("Number of the promise, as in the task promise-N.", 1)]


@dataclass(frozen=True, kw_only=True)
class MakePromise(Step):
    """A promise is first class: what, who, until when; it runs through breaks and nights, and is kept [D]."""

    roles = PROMISING
    source = "D"
    summary = "Promise the customer something by a time: what, and in how many minutes or until when."

    words: Annotated[str, Length(3, 200), Says("What was promised, as the customer may read it.", "I call you back")]
    minutes: Minutes = None
    until: Until = None


@dataclass(frozen=True, kw_only=True)
class KeepPromise(Step):
    """The promise was kept; a broken one may be kept late, and stays broken [D]."""

    roles = PROMISING
    source = "D"
    summary = "Record that a promise was kept, and how."

    number: Number
    note: Annotated[str, Length(1, 1000), Says("How it was kept; no names.", "called at 14:10, she was content")]


@dataclass(frozen=True, kw_only=True)
class RenewPromise(Step):
    """A due time is moved only with a message to the customer, and only before it has passed [D][T][F]."""

    roles = PROMISING
    source = "D,T,F"
    summary = "Move a promise to a later time, with a message to the customer; not once it is broken."

    number: Number
    minutes: Minutes = None
    until: Until = None
    message: Words


@dataclass(frozen=True, kw_only=True)
class SettlePromise(Step):
    """The supervisor has dealt with a broken promise; it stays broken and visible [O]."""

    roles = DESK_HEADS
    source = "O"
    summary = "Record how a broken promise was dealt with."

    number: Annotated[int, Says("Number of the promise, as in the task broken-promise-N.", 1)]
    how: Reason


@dataclass(frozen=True, kw_only=True)
class SetTimetable(Step):
    """A complex case has a timetable, told to the customer; each line is a promise [F]."""

    roles = AGENTS
    source = "F"
    summary = "Give the customer a timetable of up to ten lines; what is still to come of an earlier one is replaced."

    lines: Annotated[tuple[PlannedLine, ...], Length(1, MOST_LINES), Says("What is done until when.")]


@dataclass(frozen=True, kw_only=True)
class RecordContact(Step):
    """A customer who had to ask is counted: a second contact on an open matter [O]."""

    roles = PROMISING
    source = "O"
    summary = "Record that the customer asked how it stands: by which way, and what."

    channel: Channel
    words: Annotated[Sealed | None, Length(1, 4000), Says("What the customer asked.")] = None
    answered: Annotated[bool, Says("Whether you answered on the spot.", False)] = False


@dataclass(frozen=True, kw_only=True)
class AskHowItStands(Step):
    """The customer asks; it is counted, and an agent answers [O]."""

    roles = (Role.CUSTOMER,)
    source = "O"
    summary = "Ask how your complaint stands; a person answers."

    words: Annotated[Sealed | None, Length(1, 4000), Says("What you would like to know.")] = None

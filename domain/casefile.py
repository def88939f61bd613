"""What every case carries, whatever its kind: its clocks, its messages to the customer, its troubles.

A case is a value. Events are the only way it changes; `Event.at` is an instant of the case's own workflow, UTC.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeVar

from domain import clock as clocks
from domain.clock import Clock, ClockFact
from domain.evidence import Photo
from domain.people import Actor, Role
from domain.policy import PinnedPolicy
from domain.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class Customer:
    """The person who complains: `subject` is the opaque id, everything that names the person is sealed.

    `reference` is the id under which the shop knows the customer (it goes on the card in the parcel, domain.md [S]).
    """

    subject: str
    reference: Sealed | None = None
    name: Sealed | None = None
    phone: Sealed | None = None
    email: Sealed | None = None
    address: Sealed | None = None
    phone_index: str | None = None
    level: int | None = None
    """How important the customer is to the shop; None if it never said [S]."""

    @property
    def can_be_reached(self) -> bool:
        """Whether any way to the customer is known."""
        return self.phone is not None or self.email is not None


class LetterState(StrEnum):
    """How far a message to the customer has got."""

    TO_SEND = "to_send"
    SENT = "sent"
    WITH_A_PERSON = "with_a_person"
    TOLD = "told"


@dataclass(frozen=True)
class Letter:
    """One message to the customer: `kind` names its text, `says` its plain facts, `quotes` sealed ones."""

    number: int
    kind: str
    queued_at: datetime
    says: dict[str, str]
    state: LetterState = LetterState.TO_SEND
    settled_at: datetime | None = None
    told_by: str = ""
    how: str = ""
    round: int = 1
    """How often it was to be sent: 1, and one more for each time that a person had it sent again."""
    asked_by: str = ""
    """Who had it sent again last."""
    not_before: datetime | None = None
    """While it waits: until when the ways to the customer are quiet."""
    waits: int = 0
    """How often it has waited for the morning in this round."""
    reached_before: bool = False
    """Whether the customer had it from an earlier round, as far as anybody knew when it was sent again."""

    @property
    def reached(self) -> bool:
        """Whether the customer has it, as far as anybody knows; it stays so while it is sent once more."""
        return self.reached_before or self.state in {LetterState.SENT, LetterState.TOLD}


@dataclass(frozen=True)
class Trouble:
    """Something that no ordinary step settles; stands in "needs a person" until a person has dealt with it."""

    number: int
    code: str
    sentence: str
    arose_at: datetime
    desk: Role = Role.SUPERVISOR
    settled_at: datetime | None = None
    settled_by: str = ""
    how: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The part of a case that all kinds share."""

    case: str
    shop: str
    parent: str | None
    opened_at: datetime
    customer: Customer
    pinned: PinnedPolicy
    order_index: str | None = None
    order: Sealed | None = None
    clocks: tuple[Clock, ...] = ()
    letters: tuple[Letter, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    photos: tuple[Photo, ...] = ()
    photo_purposes: tuple[tuple[str, str], ...] = ()
    """What each photo was sent as (fault, receipt, inspection): its id and the purpose; a photo may be two things."""
    news_seen: tuple[str, ...] = ()
    """Ids of the machine messages taken in, so that one delivered twice acts once."""
    closed_at: datetime | None = None
    outcome: str | None = None

    @property
    def has_loose_ends(self) -> bool:
        """Whether a message waits to be told or a trouble to be settled: then even a closed case is not over."""
        told = all(letter.state in {LetterState.SENT, LetterState.TOLD} for letter in self.letters)
        return not told or any(trouble.settled_at is None for trouble in self.troubles)

    def photos_as(self, purpose: str) -> frozenset[str]:
        """Ids of the photos that were sent as this: fault, receipt or inspection."""
        return frozenset(photo for photo, sent_as in self.photo_purposes if sent_as == purpose)

    def running(self, name: str) -> Clock | None:
        """The clock of that name that runs now, if any."""
        return next((c for c in reversed(self.clocks) if c.name == name and c.ended_at is None), None)

    def breached(self, name: str) -> bool:
        """Whether the running clock of that name has passed its due instant, and this was noticed."""
        running = self.running(name)
        return running is not None and running.breached_at is not None

    def due(self, name: str) -> datetime | None:
        """Due instant of the running clock of that name; None while it is paused, for then nobody knows it yet."""
        running = self.running(name)
        return running.due_at if running is not None and running.paused_for is None else None


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to a case: past tense, with the instant (UTC) and the person."""

    handles: ClassVar[bool] = False
    """Whether an agent takes the case on by it: then one that was nobody's is this person's."""

    at: datetime
    by: Actor


@dataclass(frozen=True, kw_only=True)
class TimeActed(Event, ABC):
    """Time did something to the case: planned for `due`, noticed at `at`; the difference is its lateness, on record."""

    due: datetime

    @property
    @abstractmethod
    def timer(self) -> str:
        """What was waited for, as figures name it."""


@dataclass(frozen=True, kw_only=True)
class ClockActed(TimeActed):
    """A clock had something to say."""

    clock: str

    @property
    def timer(self) -> str:
        """The policy's row of the clock: one of many requests counts with the others."""
        return self.clock.partition("#")[0]


@dataclass(frozen=True, kw_only=True)
class ClockReminded(ClockActed):
    """The desk reminded whoever the clock waits for."""

    number: int


@dataclass(frozen=True, kw_only=True)
class ClockWarned(ClockActed):
    """A deadline comes near: the agreed share of its time has run, the `number`-th of them."""

    number: int = 1


@dataclass(frozen=True, kw_only=True)
class ClockBreached(ClockActed):
    """A deadline passed at `due`; `at` is when that was noticed, so that lateness is on record."""


@dataclass(frozen=True, kw_only=True)
class ClockEscalated(ClockActed):
    """A breach went up the line: the `level`-th desk, `to`, hears of it [D][S]."""

    level: int
    to: Role


@dataclass(frozen=True, kw_only=True)
class LetterSent(Event):
    """A message was handed to the customer's mail server."""

    number: int
    how: str


@dataclass(frozen=True, kw_only=True)
class LetterFellToPerson(Event):
    """A message could not go out by machine; a person tells the customer, not by phone before `not_before`."""

    number: int
    why: str
    not_before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LetterPutOff(Event):
    """A message waits until the quiet hours end; `until` is UTC."""

    number: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class LetterResent(Event):
    """A person had a message sent once more."""

    number: int


@dataclass(frozen=True, kw_only=True)
class LetterTold(Event):
    """A person told the customer."""

    number: int
    how: str
    note: str


@dataclass(frozen=True, kw_only=True)
class TroubleArose(Event):
    """Something went wrong that a person has to look at."""

    code: str
    sentence: str
    desk: Role = Role.SUPERVISOR


@dataclass(frozen=True, kw_only=True)
class TroubleSettled(Event):
    """A person dealt with a trouble."""

    number: int
    how: str


@dataclass(frozen=True, kw_only=True)
class PhotosAdded(Event):
    """Photos came in, checked, cleaned and stored; only their references are here.

    A photo that the case holds already stands here again when it is sent for another purpose.
    """

    photos: tuple[Photo, ...]
    purpose: str


@dataclass(frozen=True, kw_only=True)
class NewsTaken(Event):
    """A machine's message was taken in under its own id."""

    news: str


@dataclass(frozen=True, kw_only=True)
class NewsSetAside(Event):
    """A machine's message did not fit the case; it is kept on record and changes nothing."""

    news: str
    what: str
    code: str


CaseT = TypeVar("CaseT", bound=CaseFile)


def evolve_common(case: CaseT, event: Event) -> CaseT:  # noqa: PLR0911  one row an event
    """The case after an event that all kinds know; an event of one kind only leaves the common part as it is."""
    match event:
        case ClockReminded(clock=name, number=number, due=due):
            return _note(case, name, clocks.ReminderDue(at=due, number=number), event.at)
        case ClockWarned(clock=name, due=due, number=number):
            return _note(case, name, clocks.WarningDue(at=due, number=number), event.at)
        case ClockBreached(clock=name, due=due):
            return _note(case, name, clocks.BreachDue(at=due), event.at)
        case ClockEscalated(clock=name, due=due, level=level, to=to):
            return _note(case, name, clocks.EscalationDue(at=due, level=level, to=to), event.at)
        case LetterSent() | LetterFellToPerson() | LetterPutOff() | LetterResent() | LetterTold():
            return _of_letters(case, event)
        case TroubleArose(code=code, sentence=sentence, desk=desk):
            trouble = Trouble(len(case.troubles) + 1, code, sentence, event.at, desk)
            return replace(case, troubles=(*case.troubles, trouble))
        case TroubleSettled(number=number, how=how):
            settled = replace(case.troubles[number - 1], settled_at=event.at, settled_by=event.by.person, how=how)
            return replace(case, troubles=(*case.troubles[: number - 1], settled, *case.troubles[number:]))
        case PhotosAdded(photos=photos, purpose=purpose):
            return _photos(case, photos, purpose)
        case NewsTaken(news=news) | NewsSetAside(news=news):
            return replace(case, news_seen=(*case.news_seen, news))
        case _:
            return case


def _photos(case: CaseT, photos: tuple[Photo, ...], purpose: str) -> CaseT:
    held = {photo.photo for photo in case.photos}
    fresh = tuple(photo for photo in photos if photo.photo not in held)
    sent_as = tuple((photo.photo, purpose) for photo in photos)
    return replace(case, photos=(*case.photos, *fresh), photo_purposes=(*case.photo_purposes, *sent_as))


def _note(case: CaseT, name: str, fact: ClockFact, at: datetime) -> CaseT:
    noted = tuple(
        clocks.after_fact(clock, fact, at) if clock.name == name and clock.ended_at is None else clock
        for clock in case.clocks
    )
    return replace(case, clocks=noted)


def _of_letters(
    case: CaseT, event: LetterSent | LetterFellToPerson | LetterPutOff | LetterResent | LetterTold
) -> CaseT:
    match event:
        case LetterSent(number=number, how=how):
            return _letter(case, number, state=LetterState.SENT, settled_at=event.at, how=how, not_before=None)
        case LetterFellToPerson(number=number, why=why, not_before=not_before):
            return _letter(case, number, state=LetterState.WITH_A_PERSON, how=why, not_before=not_before)
        case LetterPutOff(number=number, until=until):
            waits = case.letters[number - 1].waits + 1
            return _letter(case, number, not_before=until, waits=waits)
        case LetterResent(number=number):
            return _sent_again(case, number, event.by.person)
        case LetterTold(number=number, how=how):
            return _letter(case, number, state=LetterState.TOLD, settled_at=event.at, how=how, told_by=event.by.person)


def _sent_again(case: CaseT, number: int, by: str) -> CaseT:
    known = case.letters[number - 1]
    anew = replace(
        known,
        state=LetterState.TO_SEND,
        settled_at=None,
        told_by="",
        how="",
        round=known.round + 1,
        asked_by=by,
        not_before=None,
        waits=0,
        reached_before=known.reached,
    )
    return replace(case, letters=(*case.letters[: number - 1], anew, *case.letters[number:]))


def _letter(case: CaseT, number: int, **changes: object) -> CaseT:
    letters = tuple(
        replace(letter, **changes) if letter.number == number else letter  # pyright: ignore[reportArgumentType]  # replace() cannot be typed by field name
        for letter in case.letters
    )
    return replace(case, letters=letters)

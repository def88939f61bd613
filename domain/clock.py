"""A service clock: what was promised by when, when to warn and remind, who hears of a breach, whether it was kept.

A clock is a value (domain.md, "Shifts"). Time passing is told to it: `passed` names the facts that are due,
`after_fact` notes one of them. Late or on time is decided by comparing instants alone, never by which of two tasks
happened to wake first. How a clock stands still for a while is in `clock_pauses.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import Calendar, as_utc
from domain.people import Role

NO_TIME = timedelta(0)


class Hours(StrEnum):
    """Which hours a clock counts: all of them, or those in which the desk is open."""

    WALL = "wall"
    BUSINESS = "business"


class PauseCause(StrEnum):
    """For whom a case waits while a clock may stand still, if the policy's row says so [O]."""

    CUSTOMER = "customer"
    """The next move is the customer's, and its deadline has not passed."""
    COURIER = "courier"
    """A parcel is with the courier."""
    ANOTHER_DESK = "another_desk"
    """The next move is another case's: the return's or the slip's."""


@dataclass(frozen=True)
class Escalation:
    """One level of the line up: so long `after` the due instant, counted as the clock counts, `to` hears of it."""

    after: timedelta
    to: Role


@dataclass(frozen=True)
class ClockRule:
    """How long a step may take, and what happens on the way there.

    `after` and `reminders` are durations from the start, counted in `hours`. `warn_at` are the shares of `after`,
    between 0 and 1, at which the desk is warned ahead; none warns nobody. `desk` is whose task it is, `escalation` who
    hears of a breach and when. The clock stands still while one of the causes in `pauses` holds, and for nothing else.
    `calendar` names the team whose business hours count, None the shop's. `source` holds the tags of the rule books
    (domain.md), comma between them.
    """

    after: timedelta
    hours: Hours
    warn_at: tuple[float, ...]
    reminders: tuple[timedelta, ...]
    desk: Role
    source: str
    escalation: tuple[Escalation, ...] = (Escalation(NO_TIME, Role.SUPERVISOR),)
    pauses: tuple[PauseCause, ...] = ()
    calendar: str | None = None


@dataclass(frozen=True)
class Level:
    """One level of a clock's line up: `to` hears of the breach at `at`, UTC, if the clock still runs then."""

    at: datetime
    to: Role


@dataclass(frozen=True)
class Pause:
    """The clock stood still from `since` for `cause`; `until` is None while it still does. UTC."""

    since: datetime
    cause: PauseCause
    until: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """One running, paused or ended service clock; every instant is UTC.

    `warnings`, `reminders` and `escalations` are the instants planned; `warned`, `reminded` and `escalated` count those
    noted so far. `warned_at` (of the last warning) and `breached_at` are the instants at which they were noticed, which
    after an outage may be later than planned. `budget` is the time from start to due as the clock counts. While the
    clock is paused the planned instants are those of before; they move when it goes on. `end_cause` says in a word what
    ended the clock, such as `answered` or `cancelled`.
    """

    name: str
    started_at: datetime
    due_at: datetime
    warnings: tuple[datetime, ...]
    reminders: tuple[datetime, ...]
    escalations: tuple[Level, ...]
    desk: Role
    source: str
    budget: timedelta
    hours: Hours
    calendar: str | None = None
    pausable_by: tuple[PauseCause, ...] = ()
    warned: int = 0
    reminded: int = 0
    escalated: int = 0
    pauses: tuple[Pause, ...] = ()
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    ended_at: datetime | None = None
    end_cause: str | None = None

    @property
    def paused_for(self) -> PauseCause | None:
        """Why the clock stands still now; None while it runs, and once it has ended."""
        last = self.pauses[-1] if self.pauses else None
        return last.cause if last is not None and last.until is None else None


@dataclass(frozen=True)
class ReminderDue:
    """The `number`-th reminder (from 1) was due at `at`, UTC."""

    at: datetime
    number: int


@dataclass(frozen=True)
class WarningDue:
    """The `number`-th warning (from 1) ahead of a breach was due at `at`, UTC."""

    at: datetime
    number: int = 1


@dataclass(frozen=True)
class BreachDue:
    """The promise was broken at `at`, UTC: the due instant passed while the clock ran."""

    at: datetime


@dataclass(frozen=True)
class EscalationDue:
    """The `level`-th desk (from 1) of the line up had to hear of the breach at `at`, UTC."""

    at: datetime
    level: int
    to: Role


ClockFact = ReminderDue | WarningDue | BreachDue | EscalationDue


class FactOutOfTurn(ValueError):  # noqa: N818  named for what happened
    """A fact was noted on a clock that does not wait for it: ended, paused, noted before, or not the next one."""


def start(name: str, rule: ClockRule, calendar: Calendar, at: datetime) -> Clock:
    """Start a clock at `at` (aware; kept as UTC); a case entered late starts it at the true receipt [E].

    calendar: the one that the rule names.

    Raises:
        ValueError: `at` has no timezone.
        CalendarExhausted: business hours are counted and the calendar never opens long enough.
    """
    due = later(rule.hours, calendar, at, rule.after)
    return Clock(
        name=name,
        started_at=later(rule.hours, calendar, at, NO_TIME),
        due_at=due,
        warnings=tuple(later(rule.hours, calendar, at, rule.after * share) for share in rule.warn_at),
        reminders=tuple(later(rule.hours, calendar, at, reminder) for reminder in rule.reminders),
        escalations=_line(rule, calendar, due),
        desk=rule.desk,
        source=rule.source,
        budget=rule.after,
        hours=rule.hours,
        calendar=rule.calendar,
        pausable_by=rule.pauses,
    )


def start_until(name: str, rule: ClockRule, calendar: Calendar, at: datetime, until: datetime) -> Clock:
    """Start a clock at `at` that is due at `until` (both UTC), as a person has decided; nobody is reminded on the way.

    Raises:
        CalendarExhausted: business hours are counted and the calendar never opens long enough for the line up.
    """
    return replace(
        start(name, rule, calendar, at),
        due_at=until,
        warnings=tuple(at + (until - at) * share for share in rule.warn_at),
        reminders=(),
        escalations=_line(rule, calendar, until),
        budget=counted(rule.hours, calendar, at, until),
    )


def next_instant(clock: Clock) -> datetime | None:
    """The next instant (UTC) at which time has to do something; None when paused, ended, or nothing is left to do."""
    return min((fact.at for fact in _still_to_come(clock)), default=None)


def passed(clock: Clock, now: datetime) -> tuple[ClockFact, ...]:
    """The facts that are due at `now` and not noted yet, in the order of their own instants.

    At one same instant a reminder comes before a warning, a warning before the breach, the breach before the line up.
    """
    due = [fact for fact in _still_to_come(clock) if fact.at <= now]
    return tuple(sorted(due, key=lambda fact: fact.at))  # the sort is stable, so the order of equals is as listed


def after_fact(clock: Clock, fact: ClockFact, noticed_at: datetime) -> Clock:
    """The clock once `fact` has been noted at `noticed_at` (UTC).

    Raises:
        FactOutOfTurn: the clock does not wait for this fact.
    """
    if fact not in _still_to_come(clock) or not _in_turn(clock, fact):
        raise FactOutOfTurn(f"clock {clock.name} does not wait for {fact}")
    match fact:
        case ReminderDue(number=number):
            return replace(clock, reminded=number)
        case WarningDue(number=number):
            return replace(clock, warned=number, warned_at=noticed_at)
        case BreachDue():
            return replace(clock, breached_at=noticed_at)
        case EscalationDue(level=level):
            return replace(clock, escalated=level)


def stop(clock: Clock, at: datetime, cause: str) -> Clock:
    """End the clock at `at` (UTC) for `cause`; one that has ended stays as it ended. What it still planned is off."""
    if clock.ended_at is not None:
        return clock
    pauses = clock.pauses
    if clock.paused_for is not None:
        lasted = (replace(pauses[-1], until=at),) if pauses[-1].since < at else ()
        pauses = (*pauses[:-1], *lasted)
    return replace(clock, ended_at=at, end_cause=cause, pauses=pauses)


def on_time(clock: Clock, now: datetime | None = None) -> bool:
    """Whether the promise was kept: ended no later than due.

    A running clock is judged at `now`; without `now`, at the instant its breach was noticed, if it was.
    """
    return late_by(clock, now) == NO_TIME


def late_by(clock: Clock, now: datetime | None = None) -> timedelta:
    """How long after the due instant, in wall-clock time, the clock ended; zero when on time, or ended in a pause.

    A running clock is judged at `now`; without `now`, at the instant its breach was noticed, if it was.
    """
    last = clock.pauses[-1] if clock.pauses else None
    if last is not None and last.until == clock.ended_at:
        return NO_TIME  # it stands still, or ended so: a clock is paused only before it is due
    judged_at = clock.ended_at or now or clock.breached_at or clock.due_at
    return max(NO_TIME, judged_at - clock.due_at)


def later(hours: Hours, calendar: Calendar, at: datetime, after: timedelta) -> datetime:
    """The instant (UTC) at which so much time has passed since `at`, as the hours are counted.

    Raises:
        ValueError: `at` has no timezone.
        CalendarExhausted: business hours are counted and the calendar never opens long enough.
    """
    if hours is Hours.BUSINESS:
        return calendar.add_business(at, after)
    return as_utc(at) + after


def counted(hours: Hours, calendar: Calendar, since: datetime, until: datetime) -> timedelta:
    """The time between two instants (UTC) as the hours are counted."""
    if hours is Hours.BUSINESS:
        return calendar.business_between(since, until)
    return until - since


def _line(rule: ClockRule, calendar: Calendar, due: datetime) -> tuple[Level, ...]:
    return tuple(Level(later(rule.hours, calendar, due, each.after), each.to) for each in rule.escalation)


def _in_turn(clock: Clock, fact: ClockFact) -> bool:
    match fact:
        case ReminderDue(number=number):
            return number == clock.reminded + 1
        case WarningDue(number=number):
            return number == clock.warned + 1
        case EscalationDue(level=level):
            return clock.breached_at is not None and level == clock.escalated + 1
        case BreachDue():
            return True


def _still_to_come(clock: Clock) -> list[ClockFact]:
    """Every fact not noted yet: reminders first, then warnings, then the breach, then the line up."""
    if clock.ended_at is not None or clock.paused_for is not None:
        return []
    facts: list[ClockFact] = [
        ReminderDue(at, number) for number, at in enumerate(clock.reminders, start=1) if number > clock.reminded
    ]
    facts.extend(WarningDue(at, number) for number, at in enumerate(clock.warnings, start=1) if number > clock.warned)
    if clock.breached_at is None:
        facts.append(BreachDue(at=clock.due_at))
    facts.extend(
        EscalationDue(level.at, number, level.to)
        for number, level in enumerate(clock.escalations, start=1)
        if number > clock.escalated
    )
    return facts

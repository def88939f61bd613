"""A service clock: what was promised by when, when to warn and remind, and whether it was kept (domain.md, "Shifts").

A clock is a value. Time passing is told to it: `passed` names the facts that are due, `after_fact` notes one of them.
Late or on time is decided by comparing instants alone, never by which of two tasks happened to wake first.
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


@dataclass(frozen=True)
class ClockRule:
    """How long a step may take, and what happens on the way there.

    `after` and `reminders` are durations from the start, counted in `hours`. `warn_at` is the share of `after`, between
    0 and 1, at which the desk is warned ahead; None warns nobody. `desk` is whose task it is, `escalates_to` who
    hears of a breach. `source` holds the tags of the rule books (domain.md), comma between them.
    """

    after: timedelta
    hours: Hours
    warn_at: float | None
    reminders: tuple[timedelta, ...]
    desk: Role
    source: str
    escalates_to: Role = Role.SUPERVISOR


@dataclass(frozen=True)
class Clock:
    """One running or ended service clock; every instant is UTC.

    `warn_at` and `reminders` are the instants planned, `reminded` counts the reminders noted so far. `warned_at` and
    `breached_at` are the instants at which the warning and the breach were noticed, which after an outage may be later
    than planned. `end_cause` says in a word what ended the clock, such as `answered` or `cancelled`.
    """

    name: str
    started_at: datetime
    due_at: datetime
    warn_at: datetime | None
    reminders: tuple[datetime, ...]
    desk: Role
    source: str
    escalates_to: Role = Role.SUPERVISOR
    reminded: int = 0
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    ended_at: datetime | None = None
    end_cause: str | None = None


@dataclass(frozen=True)
class ReminderDue:
    """The `number`-th reminder (from 1) was due at `at`, UTC."""

    at: datetime
    number: int


@dataclass(frozen=True)
class WarningDue:
    """The warning ahead of a breach was due at `at`, UTC."""

    at: datetime


@dataclass(frozen=True)
class BreachDue:
    """The promise was broken at `at`, UTC: the due instant passed while the clock ran."""

    at: datetime


ClockFact = ReminderDue | WarningDue | BreachDue


class FactOutOfTurn(ValueError):  # noqa: N818  named for what happened
    """A fact was noted on a clock that does not wait for it: ended, noted before, or not the next reminder."""


def start(name: str, rule: ClockRule, calendar: Calendar, at: datetime) -> Clock:
    """Start a clock at `at` (aware; kept as UTC); a case entered late starts it at the true receipt [E].

    Raises:
        ValueError: `at` has no timezone.
        CalendarExhausted: business hours are counted and the calendar never opens long enough.
    """
    return Clock(
        name=name,
        started_at=_instant(rule.hours, calendar, at, NO_TIME),
        due_at=_instant(rule.hours, calendar, at, rule.after),
        warn_at=None if rule.warn_at is None else _instant(rule.hours, calendar, at, rule.after * rule.warn_at),
        reminders=tuple(_instant(rule.hours, calendar, at, reminder) for reminder in rule.reminders),
        desk=rule.desk,
        source=rule.source,
        escalates_to=rule.escalates_to,
    )


def next_instant(clock: Clock) -> datetime | None:
    """The next instant (UTC) at which time has to do something; None when ended or when nothing is left to do."""
    return min((fact.at for fact in _still_to_come(clock)), default=None)


def passed(clock: Clock, now: datetime) -> tuple[ClockFact, ...]:
    """The facts that are due at `now` and not noted yet, in the order of their own instants.

    At one same instant a reminder comes before the warning and the warning before the breach.
    """
    due = [fact for fact in _still_to_come(clock) if fact.at <= now]
    return tuple(sorted(due, key=lambda fact: fact.at))  # the sort is stable, so the order of equals is as listed


def after_fact(clock: Clock, fact: ClockFact, noticed_at: datetime) -> Clock:
    """The clock once `fact` has been noted at `noticed_at` (UTC).

    Raises:
        FactOutOfTurn: the clock does not wait for this fact.
    """
    if fact not in _still_to_come(clock):
        raise FactOutOfTurn(f"clock {clock.name} does not wait for {fact}")
    match fact:
        case ReminderDue(number=number):
            if number != clock.reminded + 1:
                raise FactOutOfTurn(f"clock {clock.name} waits for reminder {clock.reminded + 1}, not {number}")
            return replace(clock, reminded=number)
        case WarningDue():
            return replace(clock, warned_at=noticed_at)
        case BreachDue():
            return replace(clock, breached_at=noticed_at)


def stop(clock: Clock, at: datetime, cause: str) -> Clock:
    """End the clock at `at` (UTC) for `cause`; a clock that has ended stays as it ended."""
    if clock.ended_at is not None:
        return clock
    return replace(clock, ended_at=at, end_cause=cause)


def on_time(clock: Clock, now: datetime | None = None) -> bool:
    """Whether the promise was kept: ended no later than due.

    A running clock is judged at `now`; without `now`, at the instant its breach was noticed, if it was.
    """
    return late_by(clock, now) == NO_TIME


def late_by(clock: Clock, now: datetime | None = None) -> timedelta:
    """How long after the due instant, in wall-clock time, the clock ended; zero when on time.

    A running clock is judged at `now`; without `now`, at the instant its breach was noticed, if it was.
    """
    judged_at = clock.ended_at or now or clock.breached_at or clock.due_at
    return max(NO_TIME, judged_at - clock.due_at)


def _instant(hours: Hours, calendar: Calendar, at: datetime, after: timedelta) -> datetime:
    if hours is Hours.BUSINESS:
        return calendar.add_business(at, after)
    return as_utc(at) + after


def _still_to_come(clock: Clock) -> list[ClockFact]:
    """Every fact not noted yet: reminders first, then the warning, then the breach."""
    if clock.ended_at is not None:
        return []
    facts: list[ClockFact] = [
        ReminderDue(at=at, number=number)
        for number, at in enumerate(clock.reminders, start=1)
        if number > clock.reminded
    ]
    if clock.warn_at is not None and clock.warned_at is None:
        facts.append(WarningDue(at=clock.warn_at))
    if clock.breached_at is None:
        facts.append(BreachDue(at=clock.due_at))
    return facts

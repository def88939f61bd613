"""How a clock stands still and goes on, and the ledger of it: stretches of time whose sum anybody can add by hand.

A clock is paused only by a cause that its policy row lists, only while it is not due yet, and never by a step: after
each event the causes that hold are compared with it (`in_step`). When it goes on, what is still planned moves: each
instant lies as far ahead again, in the time that the clock counts, as it did when the clock stopped.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.calendar import Calendar
from domain.clock import NO_TIME, Clock, Level, Pause, PauseCause, counted, later, passed


@dataclass(frozen=True)
class Segment:
    """One stretch of a clock's life: running, or paused for `cause`. Instants UTC.

    `until` is None while the stretch lasts; `counted` is what it adds to the time used, nothing for a pause.
    """

    since: datetime
    until: datetime | None
    cause: PauseCause | None
    counted: timedelta


def in_step(clock: Clock, calendar: Calendar, causes: Set[PauseCause], at: datetime) -> Clock:
    """The clock as the causes that hold since `at` (UTC) want it: running, or paused for the first that it lists.

    A pause lasts as long as its own cause. A clock that is due, or has something to say at `at`, is not paused: first
    it says so, and a promise that was broken is not mended by waiting.
    """
    if clock.ended_at is not None or not clock.pausable_by:
        return clock
    if clock.paused_for is not None:
        if clock.paused_for in causes:
            return clock
        clock = _gone_on(clock, calendar, at)
    cause = next((each for each in clock.pausable_by if each in causes), None)
    if cause is None or clock.breached_at is not None or passed(clock, at):
        return clock
    return replace(clock, pauses=(*clock.pauses, Pause(at, cause)))


def ledger(clock: Clock, calendar: Calendar, now: datetime | None = None) -> tuple[Segment, ...]:
    """Every stretch of the clock, in order and without gaps; the last lasts until the end.

    now: until when (UTC) the last stretch of a clock that has not ended is counted; without it, it counts as nothing.
    """
    ends = clock.ended_at
    stretches: list[tuple[datetime, datetime | None, PauseCause | None]] = []
    since = clock.started_at
    for pause in clock.pauses:
        stretches.extend([(since, pause.since, None)] if since < pause.since else [])
        stretches.append((pause.since, pause.until, pause.cause))
        since = pause.until or since
    if clock.paused_for is None and (ends is None or since < ends or not stretches):
        stretches.append((since, ends, None))
    return tuple(
        Segment(begun, over, cause, _counted(clock, calendar, begun, over or now) if cause is None else NO_TIME)
        for begun, over, cause in stretches
    )


def elapsed(clock: Clock, calendar: Calendar, now: datetime) -> timedelta:
    """The time used of the clock's budget at its end, or at `now` (UTC): the sum of its ledger."""
    return sum((segment.counted for segment in ledger(clock, calendar, now)), NO_TIME)


def _counted(clock: Clock, calendar: Calendar, since: datetime, until: datetime | None) -> timedelta:
    return NO_TIME if until is None else counted(clock.hours, calendar, since, until)


def _gone_on(clock: Clock, calendar: Calendar, at: datetime) -> Clock:
    """The clock that goes on at `at` after its pause; a pause that lasted no time leaves no trace."""
    pause = clock.pauses[-1]
    if at <= pause.since:
        return replace(clock, pauses=clock.pauses[:-1])

    def moved(planned: datetime) -> datetime:
        if planned <= pause.since:
            return planned
        left = counted(clock.hours, calendar, pause.since, planned)
        return max(planned, later(clock.hours, calendar, at, left))

    return replace(
        clock,
        due_at=moved(clock.due_at),
        warnings=tuple(moved(warning) for warning in clock.warnings),
        reminders=tuple(moved(reminder) for reminder in clock.reminders),
        escalations=tuple(Level(moved(level.at), level.to) for level in clock.escalations),
        pauses=(*clock.pauses[:-1], replace(pause, until=at)),
    )

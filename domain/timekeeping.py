"""A case's clocks beside its situation: which run, which stand still, what time owes, who hears of what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from domain import clock as clocks
from domain.casefile import (
    CaseFile,
    ClockBreached,
    ClockEscalated,
    ClockReminded,
    ClockWarned,
    Event,
    TimeActed,
)
from domain.clock import BreachDue, Clock, ClockFact, ClockRule, EscalationDue, PauseCause, ReminderDue
from domain.clock_pauses import in_step, ledger
from domain.people import DESK, Role
from domain.steps import slug
from domain.view import ClockFace, LedgerFace, SegmentFace, Task

C = TypeVar("C", bound=CaseFile)


def rule_of(case: CaseFile, clock: str) -> ClockRule:
    """The policy's row for a clock; of one among many (`department#3`), the row before the `#`.

    Raises:
        AttributeError: the policy has no such row: a bug.
    """
    rule = getattr(case.pinned.policy.clocks, clock.partition("#")[0])
    if not isinstance(rule, ClockRule):
        raise TypeError(f"policy has no clock {clock}")
    return rule


def with_clocks(case: C, wanted: Set[str], rule_for: Callable[[C, str], ClockRule], event: Event) -> C:
    """The case with the clocks that its situation asks for since `event`: others end with it as their cause."""
    cause = slug(type(event))
    kept = tuple(
        clocks.stop(clock, event.at, cause) if clock.ended_at is None and clock.name not in wanted else clock
        for clock in case.clocks
    )
    running = {clock.name for clock in kept if clock.ended_at is None}
    started: list[Clock] = []
    for name in sorted(wanted - running):
        rule = rule_for(case, name)
        started.append(clocks.start(name, rule, case.pinned.calendar_of(rule.calendar), event.at))
    return replace(case, clocks=(*kept, *started))


def with_pauses(case: C, causes_of: Callable[[C], Set[PauseCause]], at: datetime) -> C:
    """The case with each clock running or standing still, as the causes want it that hold since `at` (UTC)."""
    if not any(clock.pausable_by and clock.ended_at is None for clock in case.clocks):
        return case
    causes = causes_of(case)
    stepped = tuple(in_step(clock, case.pinned.calendar_of(clock.calendar), causes, at) for clock in case.clocks)
    return replace(case, clocks=stepped)


def time_owes(case: CaseFile, now: datetime) -> tuple[TimeActed, ...]:
    """What the clocks have to say at `now` (UTC), in the order of the planned instants; each thing is owed once."""
    owed = [_told(clock, fact, now) for clock in case.clocks for fact in clocks.passed(clock, now)]
    return tuple(sorted(owed, key=lambda event: event.due))


def overdue_tasks(case: CaseFile) -> Iterator[Task]:
    """A broken promise on the list of each desk of its line up that had to hear of it, the first one's beside it.

    Before the first level is reached it stands on the clock's own list, so that no breach is unseen.
    """
    for clock in case.clocks:
        if clock.ended_at is not None or clock.breached_at is None:
            continue
        own = Role.SUPERVISOR if clock.desk is Role.CUSTOMER else clock.desk
        heard = [level.to for level in clock.escalations[: clock.escalated]] or [own]
        for number, desk in enumerate(heard, start=1):
            key = f"overdue-{clock.name}" if number == 1 else f"overdue-{clock.name}-{number}"
            yield Task(key, desk, "", clock.due_at, f"overdue: {clock.name}")


def faces(case: CaseFile) -> Iterable[ClockFace]:
    """The clocks as people see them."""
    return (_face(case, clock) for clock in case.clocks)


def _face(case: CaseFile, clock: Clock) -> ClockFace:
    judged = clock.ended_at is not None or clock.breached_at is not None
    return ClockFace(
        name=clock.name,
        started_at=clock.started_at,
        due_at=clock.due_at,
        warned_at=clock.warned_at,
        breached_at=clock.breached_at,
        ended_at=clock.ended_at,
        end_cause=clock.end_cause,
        on_time=clocks.on_time(clock) if judged else None,
        desk=clock.desk,
        source=clock.source,
        paused_for=clock.paused_for,
        escalated_to=clock.escalations[clock.escalated - 1].to.value if clock.escalated else None,
        ledger=_ledger(case, clock) if clock.pauses else None,
    )


def _ledger(case: CaseFile, clock: Clock) -> LedgerFace:
    stretches = ledger(clock, case.pinned.calendar_of(clock.calendar))
    used = sum(stretch.counted.total_seconds() for stretch in stretches)
    return LedgerFace(
        hours=clock.hours.value,
        budget_seconds=clock.budget.total_seconds(),
        counted_seconds=None if clock.ended_at is None else round(used, 6),
        segments=tuple(
            SegmentFace(
                since=stretch.since,
                until=stretch.until,
                cause=stretch.cause,
                counted_seconds=None if stretch.until is None else stretch.counted.total_seconds(),
            )
            for stretch in stretches
        ),
    )


def _told(clock: Clock, fact: ClockFact, now: datetime) -> TimeActed:
    if isinstance(fact, ReminderDue):
        return ClockReminded(at=now, by=DESK, clock=clock.name, number=fact.number, due=fact.at)
    if isinstance(fact, BreachDue):
        return ClockBreached(at=now, by=DESK, clock=clock.name, due=fact.at)
    if isinstance(fact, EscalationDue):
        return ClockEscalated(at=now, by=DESK, clock=clock.name, level=fact.level, to=fact.to, due=fact.at)
    return ClockWarned(at=now, by=DESK, clock=clock.name, number=fact.number, due=fact.at)

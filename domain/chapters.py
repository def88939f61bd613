"""A kind of case is told in chapters: each brings its steps, what its events change, and what it waits for.

A chapter knows nothing of its neighbours' steps; what it needs of them it reads from the case. So a new side of a case
is one folder, and one line in the kind's book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from domain.casefile import CaseFile, Event
from domain.casework import Draft, StepRule
from domain.sealed import Sealed
from domain.view import Task

C = TypeVar("C", bound=CaseFile)

Change = Callable[[Any, Any], Any]
"""How one kind of event changes the case: `(case, event) -> case`."""


def _nothing(_case: CaseFile) -> tuple[Any, ...]:
    return ()


def _nobody_told(_case: CaseFile, _event: Event) -> tuple[Draft, ...]:
    return ()


def _nothing_passed(_case: CaseFile, _now: datetime) -> tuple[Event, ...]:
    return ()


def _nothing_shown(_case: CaseFile) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Chapter(Generic[C]):
    """One side of a kind of case.

    `clocks` names the clocks that its situation asks for; a name may carry a number after `#`, and the part before it
    is the policy's row. `instants` are other points in time at which `passed` has something to say. `told_to_customers`
    are the keys of `shown` that the customer may see; everything else is the desk's own remark.
    """

    rules: tuple[StepRule[C], ...] = ()
    changes: Mapping[type[Event], Change]
    clocks: Callable[[C], Iterable[str]] = _nothing
    instants: Callable[[C], Iterable[tuple[datetime, str]]] = _nothing
    passed: Callable[[C, datetime], tuple[Event, ...]] = _nothing_passed
    tasks: Callable[[C], Iterable[Task]] = _nothing
    loose_ends: Callable[[C], Iterable[Task]] = _nothing
    """Tasks that outlive the closing of the case."""
    letters: Callable[[C, Event], tuple[Draft, ...]] = _nobody_told
    shown: Callable[[C], dict[str, object]] = _nothing_shown
    sealed: Callable[[C], dict[str, Sealed]] = _nothing_shown
    told_to_customers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Volume(Generic[C]):
    """Chapters bound together: what a kind's `Rulebook` asks, answered by all of them in their order."""

    chapters: tuple[Chapter[C], ...]

    def rules(self) -> dict[str, StepRule[C]]:
        """Every step by its name; a name that two chapters claim is a bug (ValueError)."""
        found: dict[str, StepRule[C]] = {}
        for rule in (rule for chapter in self.chapters for rule in chapter.rules):
            if rule.step.slug() in found:
                raise ValueError(f"two chapters have a step {rule.step.slug()}")
            found[rule.step.slug()] = rule
        return found

    def changes(self) -> dict[type[Event], tuple[Change, ...]]:
        """What each kind of event changes; several chapters may follow one event, in their order."""
        found: dict[type[Event], tuple[Change, ...]] = {}
        for chapter in self.chapters:
            for kind, change in chapter.changes.items():
                found[kind] = (*found.get(kind, ()), change)
        return found

    def clocks(self, case: C) -> frozenset[str]:
        """The clocks that the situation asks for."""
        return frozenset(name for chapter in self.chapters for name in chapter.clocks(case))

    def instants(self, case: C) -> tuple[tuple[datetime, str], ...]:
        """Points in time beside the clocks, each with its name."""
        return tuple(instant for chapter in self.chapters for instant in chapter.instants(case))

    def passed(self, case: C, now: datetime) -> tuple[Event, ...]:
        """What those points in time owe the case at `now`."""
        return tuple(event for chapter in self.chapters for event in chapter.passed(case, now))

    def tasks(self, case: C) -> tuple[Task, ...]:
        """The open tasks, most telling first."""
        return tuple(task for chapter in self.chapters for task in chapter.tasks(case))

    def loose_ends(self, case: C) -> tuple[Task, ...]:
        """The tasks that outlive the closing."""
        return tuple(task for chapter in self.chapters for task in chapter.loose_ends(case))

    def letters(self, case: C, event: Event) -> tuple[Draft, ...]:
        """The messages to the customer that this event causes."""
        return tuple(draft for chapter in self.chapters for draft in chapter.letters(case, event))

    def shown(self, case: C) -> dict[str, object]:
        """The kind's own facts as a view shows them; what is empty is left out by its chapter."""
        return {name: value for chapter in self.chapters for name, value in chapter.shown(case).items()}

    def sealed(self, case: C) -> dict[str, Sealed]:
        """Personal words by name."""
        return {name: box for chapter in self.chapters for name, box in chapter.sealed(case).items()}

    def told_to_customers(self) -> frozenset[str]:
        """The facts that the customer may see."""
        return frozenset(name for chapter in self.chapters for name in chapter.told_to_customers)

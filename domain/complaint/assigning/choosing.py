"""Who gets a new case: problem, skill, shift and load, each as the rule says, and the reason beside it [F][S]."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.complaint.assigning.state import Because, Choice
from domain.complaint.problems import Problem
from domain.people import Role

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Shift:
    """A stretch of work on the roster; instants UTC, `ends` is the first one off duty."""

    begins: datetime
    ends: datetime

    def covers(self, at: datetime) -> bool:
        """Whether it is worked at that instant."""
        return self.begins <= at < self.ends


@dataclass(frozen=True)
class Candidate:
    """A person who may get a case.

    `skills` are the problems that the person was trained for, none means all. `shifts` are the person's on the roster,
    None in a shop that keeps no roster. `last_given` is when the person got a case last, UTC.
    """

    person: str
    name: str
    role: Role
    team: str = ""
    skills: frozenset[str] = frozenset()
    shifts: tuple[Shift, ...] | None = None
    open_cases: int = 0
    last_given: datetime | None = None

    def knows(self, problem: Problem) -> bool:
        """Whether the person was trained for the problem."""
        return not self.skills or problem.value in self.skills

    def on_duty(self, at: datetime) -> bool:
        """Whether the person works at that instant; without a roster everybody does."""
        return self.shifts is None or any(shift.covers(at) for shift in self.shifts)


def choose(candidates: Iterable[Candidate], problem: Problem, now: datetime, *, important: bool = False) -> Choice:
    """Where a new case goes at `now`.

    An important customer's goes to a centre manager [S], any other to an agent who knows the problem [F]. Of those on
    duty the one with the fewest open cases; of equals who waited longest for a case, then by name: in turn. Nobody on
    duty: the desk's work list, and the team that knows the problem.
    """
    desk = Role.CENTRE_MANAGER if important else Role.AGENT
    able = [each for each in candidates if each.role is desk and (important or each.knows(problem))]
    if not able:
        because = Because.IMPORTANT_CUSTOMER if important else Because.NOBODY_SKILLED
        return Choice(None, "", "", desk, because)
    there = [each for each in able if each.on_duty(now)]
    if not there:
        team = next((each.team for each in sorted(able, key=_by_name) if each.team), "")
        because = Because.IMPORTANT_CUSTOMER if important else Because.NOBODY_ON_DUTY
        return Choice(None, "", team, desk, because)
    chosen = min(there, key=_in_turn)
    because = Because.IMPORTANT_CUSTOMER if important else Because.LEAST_LOADED
    return Choice(chosen.person, chosen.name, chosen.team, desk, because, chosen.open_cases)


def _in_turn(candidate: Candidate) -> tuple[int, datetime, str, str]:
    return candidate.open_cases, candidate.last_given or LONG_AGO, *_by_name(candidate)


def _by_name(candidate: Candidate) -> tuple[str, str]:
    return candidate.name, candidate.person

"""Hands in which a case lies, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people import Actor, Role


class Because(StrEnum):
    """Why a case lies where it lies."""

    LEAST_LOADED = "least_loaded"
    """Of those on duty who know the problem, the one with the fewest open cases [F]."""
    IMPORTANT_CUSTOMER = "important_customer"
    """Complaints of important customers go to the centre manager [S]."""
    NOBODY_ON_DUTY = "nobody_on_duty"
    """Somebody knows the problem, but nobody of them is on duty now."""
    NOBODY_SKILLED = "nobody_skilled"
    """Nobody of the shop is named for this problem."""
    TAKEN = "taken"
    REASSIGNED = "reassigned"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True)
class Choice:
    """Where the desk puts a new case, and why: a person, or the work list of a desk and perhaps a team.

    `open_cases` is how many the person had when chosen; beyond 200 nobody counts.
    """

    person: str | None
    name: str
    team: str
    for_desk: Role
    because: Because
    open_cases: int | None = None


@dataclass(frozen=True)
class Colleague:
    """A person whom a step names, as the shop knows them now: looked up by the API's edge."""

    person: str
    name: str
    roles: tuple[Role, ...]
    team: str = ""


@dataclass(frozen=True)
class Assignment:
    """In whose hands the case lies since `at`, who put it there and why."""

    person: str | None
    name: str
    team: str
    for_desk: Role
    because: Because
    at: datetime
    by: Actor
    reason: str = ""
    open_cases: int | None = None


@dataclass(frozen=True)
class ActingFor:
    """Who acts for the handler until an instant (UTC), by whose leave; both names are shown [E]."""

    person: str
    name: str
    for_person: str
    for_name: str
    until: datetime
    reason: str
    at: datetime
    by: Actor

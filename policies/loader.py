"""Reads a shop's policy as a whole: either every cell is right, or nothing is published and every fault is named."""

from __future__ import annotations

import hashlib
import json
import reprlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from domain.calendar import Calendar
from domain.clock import ClockRule
from domain.policy import ClockRules, PinnedPolicy, ShopPolicy, TeamCalendar
from policies.calendar_plan import CalendarPlan
from policies.cell_rules import faults_of_plan, faults_of_policy
from policies.cells import Cell, plain_cells
from policies.clock_rules import (
    faults_of_clock,
    faults_of_first_replies,
    faults_of_pauses,
    faults_of_platform_clocks,
    faults_of_teams_and_shifts,
)
from policies.expand_calendar import DeskNeverOpens, expand_calendar
from policies.letter_rules import faults_of_letters
from policies.refused import PolicyFault, PolicyRefused, cell_in

CALENDAR = "calendar"
FIRST_REPLY = "first_reply"
T = TypeVar("T")

_STRICT = ConfigDict(extra="forbid", strict=True)
# Strict in JSON: text is no number and a number no text, yet lists, dates and enumerations read from their words.
# The tuples around the dataclasses are there because a configuration reaches a dataclass only from outside.
_POLICIES = TypeAdapter(tuple[ShopPolicy], config=_STRICT)
_CLOCKS = TypeAdapter(tuple[ClockRule], config=_STRICT)
_PLANS = TypeAdapter(tuple[CalendarPlan], config=_STRICT)


@dataclass(frozen=True)
class PolicySource:
    """A policy that was read and found right, its calendar still as a plan that each year makes explicit."""

    policy: ShopPolicy
    calendar: CalendarPlan


def default_policy_text() -> str:
    """The default policy as TOML, every number with its source."""
    return (files("policies") / "default.toml").read_text(encoding="utf-8")


def read_policy(text: str) -> PolicySource:
    """Read and check a whole policy.

    Raises:
        PolicyRefused: with every wrong cell.
    """
    try:
        document: dict[str, Cell] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as unreadable:
        raise PolicyRefused((PolicyFault("the text", str(unreadable), "TOML 1.0"),)) from unreadable
    faults: list[PolicyFault] = []
    policy, calendar = _plain_parts(document, faults)
    _check_each_clock(policy, faults)
    read = _typed(_POLICIES, policy, "", faults)
    plan = _typed(_PLANS, calendar, CALENDAR, faults)
    if read is not None:
        faults.extend(faults_of_policy(read))
        faults.extend(faults_of_letters(read))
        faults.extend(faults_of_pauses(read))
        faults.extend(faults_of_platform_clocks(read))
        faults.extend(faults_of_first_replies(read.first_reply, FIRST_REPLY))
    if plan is not None:
        faults.extend(faults_of_plan(plan, CALENDAR))
    if read is not None and plan is not None:
        faults.extend(faults_of_teams_and_shifts(read, plan, CALENDAR))
    if read is None or plan is None or faults:
        raise PolicyRefused(_one_a_cell(faults))
    return PolicySource(read, plan)


def publishable(text: str, year: int) -> PinnedPolicy:
    """The policy as cases opened in `year` carry it, with its calendar made explicit and its version.

    Raises:
        PolicyRefused: with every wrong cell.
    """
    source = read_policy(text)
    calendar = _expanded(source.calendar, year, CALENDAR)
    teams = tuple(
        TeamCalendar(team, _expanded(source.calendar.of_team(team), year, f"{CALENDAR}.teams.{team}"))
        for team in sorted(source.calendar.teams)
    )
    version = version_of(source.policy, calendar, teams)
    return PinnedPolicy(version=version, policy=source.policy, calendar=calendar, teams=teams)


def version_of(policy: ShopPolicy, calendar: Calendar, teams: tuple[TeamCalendar, ...] = ()) -> str:
    """The SHA-256, in hex, of the canonical JSON of all three: sorted keys, no blanks, UTF-8."""
    content = {
        "policy": TypeAdapter(ShopPolicy).dump_python(policy, mode="json"),
        "calendar": TypeAdapter(Calendar).dump_python(calendar, mode="json"),
        "teams": TypeAdapter(tuple[TeamCalendar, ...]).dump_python(teams, mode="json"),
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain_parts(document: dict[str, Cell], faults: list[PolicyFault]) -> tuple[dict[str, Cell], dict[str, Cell]]:
    """The policy's cells and the calendar's; a table that is no table is a fault and reads as empty."""
    policy = {name: cell for name, cell in document.items() if name != CALENDAR}
    calendar = document.get(CALENDAR)
    if not isinstance(calendar, dict):
        faults.append(PolicyFault(CALENDAR, "missing or not a table", "a table [calendar]"))
        calendar = {}
    return (
        plain_cells(policy, ShopPolicy, "", faults),
        plain_cells(calendar, CalendarPlan, CALENDAR, faults),
    )


def _expanded(plan: CalendarPlan, year: int, path: str) -> Calendar:
    try:
        return expand_calendar(plan, year)
    except DeskNeverOpens as never:
        raise PolicyRefused((PolicyFault(f"{path}.closed", str(never), "fewer closed days"),)) from never


def _check_each_clock(policy: dict[str, Cell], faults: list[PolicyFault]) -> None:
    """Each clock by itself, so that a fault elsewhere in the document hides none here."""
    for path, cells in _clock_cells(policy):
        rule = _typed(_CLOCKS, cells, path, faults)
        if rule is not None:
            faults.extend(faults_of_clock(rule, path))


def _clock_cells(policy: dict[str, Cell]) -> Iterator[tuple[str, Cell]]:
    clocks, rows = policy.get("clocks"), policy.get(FIRST_REPLY)
    if isinstance(clocks, dict):
        table = cast("dict[str, Cell]", clocks)
        yield from ((f"clocks.{each.name}", table[each.name]) for each in fields(ClockRules) if each.name in table)
    for place, row in enumerate(cast("list[Cell]", rows) if isinstance(rows, list) else ()):
        if isinstance(row, dict) and "clock" in row:
            yield cell_in(cell_in(FIRST_REPLY, place), "clock"), cast("dict[str, Cell]", row)["clock"]


def _typed(adapter: TypeAdapter[tuple[T]], cells: Cell, path: str, faults: list[PolicyFault]) -> T | None:
    """The cells as the dataclass, or None and a fault for each cell of the wrong type."""
    try:
        return adapter.validate_json(json.dumps([cells]))[0]
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False, include_context=False):
            cell = path
            for step in error["loc"][1:]:
                cell = cell_in(cell, step)
            faults.append(PolicyFault(cell, f"{reprlib.repr(error['input'])} does not fit", error["msg"]))
        return None


def _one_a_cell(faults: Iterable[PolicyFault]) -> tuple[PolicyFault, ...]:
    """The first fault of each cell: what the notation says is plainer than what the type says of the same cell."""
    first: dict[str, PolicyFault] = {}
    for fault in faults:
        first.setdefault(fault.cell, fault)
    return tuple(first.values())

"""What must hold of a policy's clocks: each by itself, the rows of the first reply, what they name in the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import timedelta
from typing import cast

from domain.clock import ClockRule, Hours, PauseCause
from domain.complaint.state import Channel
from domain.people import Role
from domain.policy import ClockRules, FirstReply, ShopPolicy
from policies.calendar_plan import CalendarPlan
from policies.cell_rules import faults_of_source
from policies.notation import duration_in_words
from policies.refused import PolicyFault, cell_in

NOT_A_DESK = frozenset({Role.AUDITOR, Role.INTEGRATION, Role.ADMINISTRATOR, Role.DESK})
"""Roles that have no work list, so no clock can wait for them."""

LONGEST = timedelta(days=366)
"""No clock of a case runs longer; longer ones are typing errors."""

AWAITED = {
    "missing_facts": PauseCause.CUSTOMER,
    "evidence": PauseCause.CUSTOMER,
    "proposal_answer": PauseCause.CUSTOMER,
    "return_tracking": PauseCause.CUSTOMER,
    "arrival": PauseCause.COURIER,
    "trace": PauseCause.COURIER,
}
"""For whom a clock itself waits: if it stood still for them, it would never come due, and a case would be forgotten."""

PLATFORMS = ("refund_request", "dispute")
"""Clocks that are the platform's own."""


def faults_of_clock(rule: ClockRule, path: str) -> Iterator[PolicyFault]:
    """A clock runs for some time, reminds and warns in order before its deadline, and has desks that hear of it."""
    if not timedelta(0) < rule.after <= LONGEST:
        wrong = f"{duration_in_words(rule.after)} is no deadline"
        yield PolicyFault(cell_in(path, "after"), wrong, "more than 0, at most 366d")
    yield from _faults_of_shares(rule, cell_in(path, "warn_at"))
    yield from _faults_of_reminders(rule, cell_in(path, "reminders"))
    if rule.desk in NOT_A_DESK:
        yield PolicyFault(cell_in(path, "desk"), f"{rule.desk} has no work list", _desks(NOT_A_DESK))
    yield from _faults_of_line(rule, cell_in(path, "escalation"))
    for place, cause in enumerate(rule.pauses):
        if cause in rule.pauses[:place]:
            cell = cell_in(cell_in(path, "pauses"), place)
            yield PolicyFault(cell, f"{cause} is named twice", "each cause once")
    yield from faults_of_source(rule.source, path)


def faults_of_first_replies(rows: tuple[FirstReply, ...], path: str) -> Iterator[PolicyFault]:
    """Channels that there are, and no row that an earlier one leaves nothing to."""
    channels = tuple(Channel)
    for place, row in enumerate(rows):
        if not row.channels:
            yield PolicyFault(cell_in(cell_in(path, place), "channels"), "empty", " | ".join(channels))
        for number, channel in enumerate(row.channels):
            cell = cell_in(cell_in(cell_in(path, place), "channels"), number)
            before = [earlier for earlier in rows[:place] if channel in earlier.channels]
            if channel not in channels or channel in row.channels[:number]:
                yield PolicyFault(cell, f"{channel!r} is unknown or named twice", " | ".join(channels))
            elif any(earlier.shift in {None, row.shift} for earlier in before):
                yield PolicyFault(cell, f"an earlier row has {channel} already", "rows that can be reached")


def faults_of_teams_and_shifts(policy: ShopPolicy, plan: CalendarPlan, calendar: str) -> Iterator[PolicyFault]:
    """Whatever a clock names in the calendar is there, and no team's calendar is there for nothing."""
    named: set[str] = set()
    for path, rule in _all_clocks(policy):
        if rule.calendar is None:
            continue
        named.add(rule.calendar)
        cell = cell_in(path, "calendar")
        if rule.calendar not in plan.teams:
            yield PolicyFault(cell, f"{rule.calendar!r} is no team", _one_of(plan.teams, "none"))
        elif rule.hours is Hours.WALL and path.startswith("clocks."):
            yield PolicyFault(cell, "wall hours are the same for every team", 'no calendar, or hours = "business"')
    for team in plan.teams.keys() - named:
        yield PolicyFault(f"{calendar}.teams.{team}", "no clock counts in it", "a clock that names it, or no such team")
    for place, row in enumerate(policy.first_reply):
        team = plan.teams.get(row.clock.calendar or "")
        shifts = plan.shifts if team is None else team.shifts
        if row.shift is not None and row.shift not in shifts:
            cell = cell_in(cell_in("first_reply", place), "shift")
            yield PolicyFault(cell, f"{row.shift!r} is no shift", _one_of(shifts, "none"))


def faults_of_pauses(policy: ShopPolicy) -> Iterator[PolicyFault]:
    """No clock stands still for the very one whom it waits for."""
    for name, awaited in AWAITED.items():
        pauses = cast("ClockRule", getattr(policy.clocks, name)).pauses
        if awaited in pauses:
            cell = cell_in(f"clocks.{name}.pauses", pauses.index(awaited))
            yield PolicyFault(cell, f"the clock waits for the {awaited} itself", "other causes, or none")


def faults_of_platform_clocks(policy: ShopPolicy) -> Iterator[PolicyFault]:
    """The platform's clocks run in wall-clock time and stand still for nobody [S]."""
    for name in PLATFORMS:
        rule = cast("ClockRule", getattr(policy.clocks, name))
        if rule.hours is not Hours.WALL:
            yield PolicyFault(f"clocks.{name}.hours", f"{rule.hours}: the platform does not close", Hours.WALL)
        if rule.pauses:
            yield PolicyFault(f"clocks.{name}.pauses", "the platform waits for nobody", "none")


def _all_clocks(policy: ShopPolicy) -> Iterator[tuple[str, ClockRule]]:
    for each in fields(ClockRules):
        yield f"clocks.{each.name}", cast("ClockRule", getattr(policy.clocks, each.name))
    for place, row in enumerate(policy.first_reply):
        yield cell_in(cell_in("first_reply", place), "clock"), row.clock


def _one_of(names: Iterable[str], otherwise: str) -> str:
    return " | ".join([*names, otherwise])


def _desks(but: frozenset[Role]) -> str:
    return " | ".join(role for role in Role if role not in but)


def _faults_of_shares(rule: ClockRule, path: str) -> Iterator[PolicyFault]:
    earlier = 0.0
    for place, share in enumerate(rule.warn_at):
        cell = path if len(rule.warn_at) == 1 else cell_in(path, place)
        if not 0 < share < 1:
            yield PolicyFault(cell, f"{share} is no share", "more than 0 and less than 1")
        elif share <= earlier:
            yield PolicyFault(cell, f"{share} is not after {earlier}", f"shares in order, more than {earlier}")
        earlier = max(earlier, share)


def _faults_of_reminders(rule: ClockRule, path: str) -> Iterator[PolicyFault]:
    deadline = duration_in_words(rule.after)
    earlier = timedelta(0)
    for place, reminder in enumerate(rule.reminders):
        said, cell = duration_in_words(reminder), cell_in(path, place)
        if reminder >= rule.after:
            lies = "lies after" if reminder > rule.after else "lies on"
            yield PolicyFault(cell, f"{said} {lies} the deadline of {deadline}", f"less than {deadline}")
        elif reminder <= earlier:
            than = duration_in_words(earlier)
            yield PolicyFault(cell, f"{said} is not after {than}", f"reminders in order, more than {than}")
        earlier = max(earlier, reminder)


def _faults_of_line(rule: ClockRule, path: str) -> Iterator[PolicyFault]:
    deaf = NOT_A_DESK | {Role.CUSTOMER}
    if not rule.escalation:
        yield PolicyFault(path, "nobody hears of a breach", "at least one level")
    for place, level in enumerate(rule.escalation):
        cell, said = cell_in(path, place), duration_in_words(level.after)
        if level.to in deaf:
            yield PolicyFault(cell_in(cell, "to"), f"{level.to} hears of no breach", _desks(deaf))
        if level.after > LONGEST:
            yield PolicyFault(cell_in(cell, "after"), f"{said} is too late", "at most 366d")
        if place and level.after <= rule.escalation[place - 1].after:
            than = duration_in_words(rule.escalation[place - 1].after)
            yield PolicyFault(
                cell_in(cell, "after"), f"{said} is not after {than}", f"levels in order, more than {than}"
            )

"""What must hold between the cells of a policy, once each has its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from itertools import pairwise
from typing import Any, cast
from zoneinfo import ZoneInfo

import holidays

from domain.clock import ClockRule
from domain.complaint.problems import PROBLEMS, FaultKind, PhotoRule, Problem
from domain.money import MINOR_DIGITS, Money
from domain.people import Role
from domain.policy import ShopPolicy, Sourced
from policies.calendar_plan import CalendarPlan, Shift
from policies.notation import duration_in_words
from policies.refused import PolicyFault, cell_in

SOURCES = "DTESFO"
"""The rule books' tags, and O for our own rules (domain.md)."""

NOT_A_DESK = frozenset({Role.AUDITOR, Role.INTEGRATION, Role.ADMINISTRATOR, Role.DESK})
"""Roles that have no work list, so no clock can wait for them."""

LEAST_AND_MOST = {
    "call_back_tries": (1, 20),
    "call_back_days": (1, 20),
    "reopen_window_days": (1, 366),
    "proposal_valid_days": (1, 366),
    "customer_link_days": (1, 365),
    "max_photos": (1, 200),
}
LONGEST = timedelta(days=366)
"""No clock of a case runs longer; longer ones are typing errors."""


def faults_of_clock(rule: ClockRule, path: str) -> Iterator[PolicyFault]:
    """A clock runs for some time, reminds in order and before its deadline, warns ahead, and belongs to a desk."""
    after = cell_in(path, "after")
    if not timedelta(0) < rule.after <= LONGEST:
        yield PolicyFault(after, f"{duration_in_words(rule.after)} is no deadline", "more than 0, at most 366d")
    if rule.warn_at is not None and not 0 < rule.warn_at < 1:
        yield PolicyFault(cell_in(path, "warn_at"), f"{rule.warn_at} is no share", "more than 0 and less than 1")
    yield from _faults_of_reminders(rule, cell_in(path, "reminders"))
    for name in ("desk", "escalates_to"):
        role = cast("Role", getattr(rule, name))
        if role in NOT_A_DESK:
            desks = " | ".join(each for each in Role if each not in NOT_A_DESK)
            yield PolicyFault(cell_in(path, name), f"{role} has no work list", desks)
    yield from _faults_of_source(rule.source, path)


def faults_of_policy(policy: ShopPolicy) -> Iterator[PolicyFault]:
    """Numbers within reach, one currency throughout, every number with its source."""
    if policy.currency not in MINOR_DIGITS:
        yield PolicyFault("currency", f"{policy.currency!r} is unknown", " | ".join(sorted(MINOR_DIGITS)))
    for each in fields(policy):
        cell = cast("object", getattr(policy, each.name))
        if isinstance(cell, Sourced):
            sourced = cast("Sourced[Any]", cell)
            yield from _faults_of_source(sourced.source, each.name)
            if isinstance(sourced.value, Money) and sourced.value.currency != policy.currency:
                wrong = f"{sourced.value.currency} in a shop that pays in {policy.currency}"
                yield PolicyFault(cell_in(each.name, "value"), wrong, policy.currency)
    for name, (least, most) in LEAST_AND_MOST.items():
        value = cast("Sourced[int]", getattr(policy, name)).value
        if not least <= value <= most:
            yield PolicyFault(f"{name}.value", f"{value} is out of reach", f"{least} to {most}")
    yield from _faults_between_numbers(policy)
    for name in ("addressee", "phone", "address"):
        if not cast("str", getattr(policy.return_address, name)).strip():
            yield PolicyFault(f"return_address.{name}", "empty", "the shop's own address for returns")


def faults_of_plan(plan: CalendarPlan, path: str) -> Iterator[PolicyFault]:
    """A known zone and country, shifts that open the desk, exceptions that do not contradict each other."""
    if not _is_zone(plan.zone):
        yield PolicyFault(cell_in(path, "zone"), f"{plan.zone!r} is unknown", "an IANA zone such as Asia/Shanghai")
    if plan.public_holidays is not None and plan.public_holidays not in holidays.list_supported_countries():
        allowed = "an ISO country code such as CN, or none"
        yield PolicyFault(cell_in(path, "public_holidays"), f"{plan.public_holidays!r} is unknown", allowed)
    yield from _faults_of_source(plan.source, path)
    shifts = cell_in(path, "shifts")
    if not any(shift.days and shift.spans for shift in plan.shifts.values()):
        yield PolicyFault(shifts, "the desk never opens", "at least one shift with days and spans")
    for name, shift in plan.shifts.items():
        yield from _faults_of_shift(shift, cell_in(shifts, name))
    yield from _faults_of_exceptions(plan, path)


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


def _faults_of_source(source: str, path: str) -> Iterator[PolicyFault]:
    tags = source.split(",")
    if not all(tag in tuple(SOURCES) for tag in tags) or len(set(tags)) < len(tags):
        allowed = f"tags of {', '.join(SOURCES)}, each once, comma between them"
        yield PolicyFault(cell_in(path, "source"), f"{source!r} names no rule book", allowed)


def _faults_between_numbers(policy: ShopPolicy) -> Iterator[PolicyFault]:
    tries, days = policy.call_back_tries.value, policy.call_back_days.value
    if days > tries:
        yield PolicyFault("call_back_days.value", f"{days} days with {tries} tries", f"at most {tries}")
    yield from _faults_of_offers(policy)
    yield from _faults_of_names("evidence_required", policy.evidence_required.value, asking_for_photos())
    yield from _faults_of_names("photo_exempt_kinds", policy.photo_exempt_kinds.value, tuple(FaultKind))


def _faults_of_offers(policy: ShopPolicy) -> Iterator[PolicyFault]:
    """A supervisor lets out no less than an agent, and a proposal is good for as long as its answer is waited for."""
    agent, supervisor = policy.agent_offers_up_to.value, policy.supervisor_offers_up_to.value
    if supervisor.minor < agent.minor:
        yield PolicyFault("supervisor_offers_up_to.value", f"{supervisor} is less than an agent's", f"{agent} or more")
    answer = policy.clocks.proposal_answer.after
    if timedelta(days=policy.proposal_valid_days.value) < answer:
        said = f"{policy.proposal_valid_days.value} days, but the answer is waited for {duration_in_words(answer)}"
        yield PolicyFault("proposal_valid_days.value", said, f"at least {duration_in_words(answer)}")


def asking_for_photos() -> tuple[Problem, ...]:
    """The problems whose row knows a photo at all: only those can be asked to have one."""
    return tuple(problem for problem, row in PROBLEMS.items() if row.photo is not PhotoRule.NEVER)


def _faults_of_names(cell: str, given: tuple[str, ...], known: tuple[str, ...]) -> Iterator[PolicyFault]:
    for place, name in enumerate(given):
        if name not in known or name in given[:place]:
            yield PolicyFault(cell_in(f"{cell}.value", place), f"{name!r} is unknown or named twice", " | ".join(known))


def _faults_of_shift(shift: Shift, path: str) -> Iterator[PolicyFault]:
    yield from _faults_of_source(shift.source, path)
    if len(set(shift.days)) < len(shift.days):
        yield PolicyFault(cell_in(path, "days"), "a weekday is named twice", "each weekday once")
    yield from _faults_of_spans(shift.spans, cell_in(path, "spans"))


def _faults_of_spans(spans: tuple[Any, ...], path: str) -> Iterator[PolicyFault]:
    for place, (earlier, later) in enumerate(pairwise(spans), start=1):
        if later.opens < earlier.closes:
            wrong = f"opens at {_clock_time(later.opens)}, before the span ahead of it closes"
            yield PolicyFault(cell_in(path, place), wrong, f"{_clock_time(earlier.closes)} or later")


def _faults_of_exceptions(plan: CalendarPlan, path: str) -> Iterator[PolicyFault]:
    closed = {day.on for day in plan.closed}
    for name, days in (("closed", plan.closed), ("worked", plan.worked)):
        seen = set[object]()
        for place, day in enumerate(days):
            cell = cell_in(cell_in(path, name), place)
            if day.on in seen:
                yield PolicyFault(cell_in(cell, "on"), f"{day.on} is named twice", "each date once")
            if not day.why.strip():
                yield PolicyFault(cell_in(cell, "why"), "empty", "the reason, in a few words")
            seen.add(day.on)
    for place, day in enumerate(plan.worked):
        cell = cell_in(cell_in(path, "worked"), place)
        if day.on in closed:
            yield PolicyFault(cell_in(cell, "on"), f"{day.on} is closed as well", "closed or worked, not both")
        yield from _faults_of_spans(day.spans or (), cell_in(cell, "spans"))
        if day.spans == ():
            yield PolicyFault(cell_in(cell, "spans"), "a worked day without hours", "spans, or leave the cell out")


def _clock_time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ValueError, KeyError, OSError):  # malformed, unknown, or the name of a folder in the database
        return False
    return True

"""What must hold between the cells of a policy, once each has its type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from itertools import pairwise
from typing import Any, cast
from zoneinfo import ZoneInfo

import holidays

from domain.calendar import minute_of_day
from domain.complaint.problems import PROBLEMS, FaultKind, PhotoRule, Problem
from domain.letters import KINDS
from domain.money import MINOR_DIGITS, Money
from domain.payment.means import BY_GATEWAY
from domain.policy import PriorityRules, ReturnRules, ShopPolicy, Sourced
from domain.quiet import QuietHours, Way
from policies.calendar_plan import AS_THE_SHOP, CalendarPlan, Shift, TeamPlan
from policies.notation import duration_in_words
from policies.refused import PolicyFault, cell_in

SOURCES = "DTESFO"
"""The rule books' tags, and O for our own rules (domain.md)."""

LEAST_AND_MOST = {
    "call_back_tries": (1, 20),
    "call_back_days": (1, 20),
    "reopen_window_days": (1, 366),
    "proposal_valid_days": (1, 366),
    "customer_link_days": (1, 365),
    "max_photos": (1, 200),
    "progress_every_hours": (1, 720),
    "promise_days_ahead": (1, 60),
    "timetable_days_ahead": (1, 366),
    "bounces_before_naming": (1, 10),
    "late_news_days": (1, 366),
    "late_goods_days": (1, 366),
    "important_customer_level": (1, 100),
    "gateway_not_found": (1, 10),
    "gateway_sendings": (1, 10),
    "late_payment_news_days": (1, 366),
    "duplicate_days": (1, 366),
}
MOST_CHECKS_A_DAY = 12
MOST_INQUIRIES = 40
LAST_INQUIRY = timedelta(days=30)
MOST_IN_FLIGHT = timedelta(hours=1)
MOST_DAYS_TO_RETURN = 366
WEIGHTS = ("small_loss", "large_loss", "several", "systemic", "business_stopped", "not_mendable_simply")
MOST_POINTS = 100


def faults_of_source(source: str, path: str) -> Iterator[PolicyFault]:
    """A source names rule books, each once."""
    tags = source.split(",")
    if not all(tag in tuple(SOURCES) for tag in tags) or len(set(tags)) < len(tags):
        allowed = f"tags of {', '.join(SOURCES)}, each once, comma between them"
        yield PolicyFault(cell_in(path, "source"), f"{source!r} names no rule book", allowed)


def faults_of_policy(policy: ShopPolicy) -> Iterator[PolicyFault]:
    """Numbers within reach, one currency throughout, every number with its source."""
    if policy.currency not in MINOR_DIGITS:
        yield PolicyFault("currency", f"{policy.currency!r} is unknown", " | ".join(sorted(MINOR_DIGITS)))
    yield from _faults_of_sourced(policy, "", policy.currency)
    yield from _faults_of_priority(policy.priority, policy.currency)
    for name, (least, most) in LEAST_AND_MOST.items():
        value = cast("Sourced[int]", getattr(policy, name)).value
        if not least <= value <= most:
            yield PolicyFault(f"{name}.value", f"{value} is out of reach", f"{least} to {most}")
    if not timedelta(minutes=1) <= policy.mark_lasts.value <= timedelta(hours=1):
        wrong = f"{duration_in_words(policy.mark_lasts.value)} is out of reach"
        yield PolicyFault("mark_lasts.value", wrong, "1m to 1h")
    yield from _faults_between_numbers(policy)
    yield from _faults_of_returns(policy.returns)
    yield from _faults_of_ways(policy.ways_to_customer.value, "ways_to_customer.value")
    if policy.quiet is not None:
        yield from _faults_of_quiet(policy.quiet, "quiet")
    for name in ("addressee", "phone", "address"):
        if not cast("str", getattr(policy.return_address, name)).strip():
            yield PolicyFault(f"return_address.{name}", "empty", "the shop's own address for returns")


def _faults_of_sourced(rows: object, path: str, currency: str) -> Iterator[PolicyFault]:
    """Every cell of a table with its source, every sum in the shop's money."""
    for each in fields(cast("Any", rows)):
        cell = cast("object", getattr(rows, each.name))
        if isinstance(cell, Sourced):
            sourced, here = cast("Sourced[Any]", cell), cell_in(path, each.name)
            yield from faults_of_source(sourced.source, here)
            if isinstance(sourced.value, Money) and sourced.value.currency != currency:
                wrong = f"{sourced.value.currency} in a shop that pays in {currency}"
                yield PolicyFault(cell_in(here, "value"), wrong, currency)


def _faults_of_returns(rules: ReturnRules) -> Iterator[PolicyFault]:
    """Windows that can be met, of problems that exist, each in one row only."""
    yield from faults_of_source(rules.final_sale.source, "returns.final_sale")
    yield from faults_of_source(rules.freight_collect.source, "returns.freight_collect")
    seen = set[str]()
    for place, row in enumerate(rules.windows):
        here = cell_in("returns.windows", place)
        yield from faults_of_source(row.source, here)
        if not 1 <= row.days <= MOST_DAYS_TO_RETURN:
            yield PolicyFault(cell_in(here, "days"), f"{row.days} is out of reach", f"1 to {MOST_DAYS_TO_RETURN}")
        for number, name in enumerate(row.problems):
            if name not in tuple(Problem) or name in seen:
                cell = cell_in(cell_in(here, "problems"), number)
                yield PolicyFault(cell, f"{name!r} is unknown or stands in a row already", " | ".join(Problem))
            seen.add(name)
    for place, name in enumerate(rules.final_sale.value):
        if not name.strip():
            yield PolicyFault(cell_in("returns.final_sale.value", place), "empty", "a barcode or a product")


def _faults_of_priority(rules: PriorityRules, currency: str) -> Iterator[PolicyFault]:
    """Points within reach, the worse answer never weighs less, and each level can be reached and is apart."""
    yield from _faults_of_sourced(rules, "priority", currency)
    for name in WEIGHTS:
        if not 0 <= (points := _points(rules, name)) <= MOST_POINTS:
            yield PolicyFault(f"priority.{name}.value", f"{points} is out of reach", f"0 to {MOST_POINTS}")
    for milder, worse in (("small_loss", "large_loss"), ("several", "systemic")):
        if _points(rules, worse) < _points(rules, milder):
            wrong = f"{_points(rules, worse)} weighs less than {milder}"
            yield PolicyFault(f"priority.{worse}.value", wrong, f"{_points(rules, milder)} or more")
    most = sum(_points(rules, name) for name in ("large_loss", "systemic", "business_stopped", "not_mendable_simply"))
    beyond = most + 1
    for name in ("level_2_from", "level_3_from", "level_4_from"):
        least = _points(rules, name)
        if not 1 <= least < beyond:
            wrong = f"{least} points are never reached, or the level before takes them"
            yield PolicyFault(f"priority.{name}.value", wrong, f"1 to {beyond - 1}, less from level to level")
        beyond = least


def _points(rules: PriorityRules, name: str) -> int:
    return cast("Sourced[int]", getattr(rules, name)).value


def faults_of_plan(plan: CalendarPlan, path: str) -> Iterator[PolicyFault]:
    """Zones and countries that are known, shifts that open the desk, exceptions that agree; its teams likewise."""
    yield from _faults_of_place(plan, path)
    yield from _faults_of_hours(plan, path)
    for name, team in plan.teams.items():
        where = cell_in(cell_in(path, "teams"), name)
        yield from _faults_of_place(team, where)
        yield from _faults_of_hours(team, where)


def _faults_of_place(plan: CalendarPlan | TeamPlan, path: str) -> Iterator[PolicyFault]:
    as_the_shop = isinstance(plan, TeamPlan)
    if not (_is_zone(plan.zone) or (as_the_shop and plan.zone == AS_THE_SHOP)):
        yield PolicyFault(cell_in(path, "zone"), f"{plan.zone!r} is unknown", "an IANA zone such as Asia/Shanghai")
    country = plan.public_holidays
    known = country is None or country in holidays.list_supported_countries()
    if not (known or (as_the_shop and country == AS_THE_SHOP)):
        allowed = "an ISO country code such as CN, or none"
        yield PolicyFault(cell_in(path, "public_holidays"), f"{country!r} is unknown", allowed)


def _faults_of_hours(plan: CalendarPlan | TeamPlan, path: str) -> Iterator[PolicyFault]:
    yield from faults_of_source(plan.source, path)
    shifts = cell_in(path, "shifts")
    if not any(shift.days and shift.spans for shift in plan.shifts.values()):
        yield PolicyFault(shifts, "the desk never opens", "at least one shift with days and spans")
    for name, shift in plan.shifts.items():
        yield from _faults_of_shift(shift, cell_in(shifts, name))
    yield from _faults_of_exceptions(plan, path)


def _faults_between_numbers(policy: ShopPolicy) -> Iterator[PolicyFault]:
    tries, days = policy.call_back_tries.value, policy.call_back_days.value
    if days > tries:
        yield PolicyFault("call_back_days.value", f"{days} days with {tries} tries", f"at most {tries}")
    yield from _faults_of_offers(policy)
    yield from _faults_of_names("evidence_required", policy.evidence_required.value, asking_for_photos())
    yield from _faults_of_names("photo_exempt_kinds", policy.photo_exempt_kinds.value, tuple(FaultKind))
    yield from _faults_of_check_times(policy.parcel_checks.value)
    if minute_of_day(policy.platform_list_at.value) is None:
        wrong = f"{policy.platform_list_at.value!r} does not fit"
        yield PolicyFault("platform_list_at.value", wrong, "a time of day such as 09:00")
    yield from _faults_of_names("gateway_means", policy.gateway_means.value, BY_GATEWAY)
    yield from _faults_of_inquiries(policy.gateway_inquiries.value, policy.gateway_in_flight.value)


def _faults_of_inquiries(plan: tuple[timedelta, ...], in_flight: timedelta) -> Iterator[PolicyFault]:
    cell, earlier = "gateway_inquiries.value", timedelta(0)
    if not timedelta(0) <= in_flight <= MOST_IN_FLIGHT:
        said = f"{duration_in_words(in_flight)} is out of reach"
        yield PolicyFault("gateway_in_flight.value", said, f"at most {duration_in_words(MOST_IN_FLIGHT)}")
    if not 1 <= len(plan) <= MOST_INQUIRIES:
        yield PolicyFault(cell, f"{len(plan)} inquiries", f"1 to {MOST_INQUIRIES}")
    for place, after in enumerate(plan):
        if not earlier < after <= LAST_INQUIRY:
            allowed = f"each later than the one before, the last within {duration_in_words(LAST_INQUIRY)}"
            yield PolicyFault(cell_in(cell, place), f"{duration_in_words(after)} does not fit", allowed)
        earlier = max(earlier, after)


def _faults_of_check_times(times: tuple[str, ...]) -> Iterator[PolicyFault]:
    cell, earlier = "parcel_checks.value", -1
    if not 1 <= len(times) <= MOST_CHECKS_A_DAY:
        yield PolicyFault(cell, f"{len(times)} checks a day", f"1 to {MOST_CHECKS_A_DAY} times of day")
    for place, text in enumerate(times):
        minute = minute_of_day(text)
        if minute is None or minute <= earlier:
            allowed = "times of day such as 09:00, each later than the one before"
            yield PolicyFault(cell_in(cell, place), f"{text!r} does not fit", allowed)
        earlier = earlier if minute is None else max(earlier, minute)


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


def _faults_of_ways(ways: tuple[Way, ...], path: str) -> Iterator[PolicyFault]:
    if len(set(ways)) < len(ways):
        yield PolicyFault(path, "a way is named twice", "each way once")
    if not ways or ways[-1] is not Way.PERSON:
        yield PolicyFault(path, "nobody tells what no machine can", "person as the last one")


def _faults_of_quiet(quiet: QuietHours, path: str) -> Iterator[PolicyFault]:
    if quiet.begins == quiet.ends:
        yield PolicyFault(cell_in(path, "ends"), f"{quiet.ends} is when it begins", "another time, or no table [quiet]")
    if len(set(quiet.ways)) < len(quiet.ways):
        yield PolicyFault(cell_in(path, "ways"), "a way is named twice", "each way once")
    for place, kind in enumerate(quiet.exempt):
        if kind not in KINDS or kind in quiet.exempt[:place]:
            cell = cell_in(cell_in(path, "exempt"), place)
            yield PolicyFault(cell, f"{kind!r} is unknown or named twice", " | ".join(KINDS))
    yield from faults_of_source(quiet.source, path)


def _faults_of_shift(shift: Shift, path: str) -> Iterator[PolicyFault]:
    yield from faults_of_source(shift.source, path)
    if len(set(shift.days)) < len(shift.days):
        yield PolicyFault(cell_in(path, "days"), "a weekday is named twice", "each weekday once")
    yield from _faults_of_spans(shift.spans, cell_in(path, "spans"))


def _faults_of_spans(spans: tuple[Any, ...], path: str) -> Iterator[PolicyFault]:
    for place, (earlier, later) in enumerate(pairwise(spans), start=1):
        if later.opens < earlier.closes:
            wrong = f"opens at {_clock_time(later.opens)}, before the span ahead of it closes"
            yield PolicyFault(cell_in(path, place), wrong, f"{_clock_time(earlier.closes)} or later")


def _faults_of_exceptions(plan: CalendarPlan | TeamPlan, path: str) -> Iterator[PolicyFault]:
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

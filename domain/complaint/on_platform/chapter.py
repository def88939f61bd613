"""What runs on the platform, bound together as a chapter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain import clock as clocks_
from domain.casefile import Event
from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.on_platform import events as e
from domain.complaint.on_platform import questions as ask
from domain.complaint.on_platform import rules
from domain.complaint.on_platform import steps as s
from domain.complaint.on_platform.plan import next_look
from domain.complaint.on_platform.state import Matter, MatterKind
from domain.complaint.state import Complaint
from domain.people import DESK, Role
from domain.plain import plain
from domain.timekeeping import rule_of
from domain.view import Task


def _told(case: Complaint, event: e.PlatformTold) -> Complaint:
    known = ask.find(case, event.reference, event.matter)
    number = len(case.platform_matters) + 1
    matter = known or Matter(number, event.matter, event.reference)
    facts = tuple(sorted((*matter.facts, event.fact), key=lambda fact: (fact.at, fact.news)))
    return _in_time(_with(case, replace(matter, facts=facts)), matter.number, event.at)


def _answered(case: Complaint, event: e.PlatformAnswered) -> Complaint:
    return _with(case, replace(case.platform_matters[event.number - 1], answer=event.answer))


def _reminded(case: Complaint, event: e.PlatformReminded) -> Complaint:
    matter = case.platform_matters[event.number - 1]
    return _with(case, replace(matter, reminders=(*matter.reminders, event.reminder)))


def _missing(case: Complaint, event: e.ReminderMissing) -> Complaint:
    return _with(case, replace(case.platform_matters[event.number - 1], unreminded_at=event.at))


def _settled(case: Complaint, event: e.OutstandingSettled) -> Complaint:
    return replace(case, outstanding_settled=(*case.outstanding_settled, event.settled))


def _with(case: Complaint, matter: Matter) -> Complaint:
    others = case.platform_matters
    place = matter.number - 1
    return replace(case, platform_matters=(*others[:place], matter, *others[place + 1 :]))


def _in_time(case: Complaint, number: int, at: datetime) -> Complaint:
    """The case with the matter's clock as the platform set it: from its own instants, extended when it said so [S]."""
    matter = case.platform_matters[number - 1]
    if not matter.waits:
        return case  # the clock ends with the event, as every clock that nothing asks for any more
    fresh, running = _clock(case, matter), case.running(matter.clock)
    if running is None:
        return replace(case, clocks=(*case.clocks, fresh))
    if (running.started_at, running.due_at) == (fresh.started_at, fresh.due_at):
        return case
    ended = tuple(clocks_.stop(clock, at, "extended") if clock is running else clock for clock in case.clocks)
    return replace(case, clocks=(*ended, fresh))


def _clock(case: Complaint, matter: Matter) -> clocks_.Clock:
    rule = rule_of(case, matter.clock)
    since, until = matter.span
    if until is None:
        return clocks_.start(matter.clock, rule, case.pinned.calendar, since)
    return clocks_.start_until(matter.clock, rule, case.pinned.calendar, since, until)


def clocks(case: Complaint) -> frozenset[str]:
    """The platform's clocks that run, whether the case is open or closed here."""
    return frozenset(matter.clock for matter in ask.waiting(case))


def _unreminded(case: Complaint) -> Iterator[tuple[datetime, Matter]]:
    """Disputes without a reminder on record, each with the instant at which it runs out."""
    for matter in ask.waiting(case):
        running = case.running(matter.clock)
        if matter.kind is MatterKind.DISPUTE and not matter.reminders and matter.unreminded_at is None and running:
            yield running.due_at, matter


def _instants(case: Complaint) -> Iterator[tuple[datetime, str]]:
    yield from ((due, f"reminder of {matter.clock}") for due, matter in _unreminded(case))


def _passed(case: Complaint, now: datetime) -> tuple[Event, ...]:
    return tuple(
        e.ReminderMissing(at=now, by=DESK, number=matter.number, reference=matter.reference, due=due)
        for due, matter in _unreminded(case)
        if due <= now
    )


def _tasks(case: Complaint) -> Iterator[Task]:
    for matter in ask.waiting(case):
        what = f"{matter.kind.value} {matter.reference}"
        due = case.due(matter.clock)
        yield Task(f"platform-{matter.number}", Role.AGENT, "answer_platform", due, f"answer on the platform: {what}")
        look = f"remind who has to answer: {what}"
        yield Task(f"remind-{matter.number}", Role.SUPERVISOR, "remind_of_platform", next_look(case, matter), look)
    for matter in ask.unended(case):
        if matter.answer is not None:
            reason = f"answered; see on the platform what came of {matter.kind.value} {matter.reference}"
            yield Task(f"platform-end-{matter.number}", Role.AGENT, "record_platform_news", None, reason)
    for item in ask.open_items(case):
        if item.asked.minor < item.rest.minor:
            reason = f"{_WHY[item.why]}: {item.rest} to recover, or the goods"
            yield Task(f"outstanding-{item.key}", item.desk, "settle_outstanding", None, reason, needs_a_person=True)


_WHY = {
    ask.Why.PAID_TWICE: "paid twice, or beyond what the line cost",
    ask.Why.RAN_OUT: "the platform paid by itself and the goods are out",
    ask.Why.TURNED_UP: "lost goods turned up after the refund",
}


def _late_steps(case: Complaint) -> frozenset[str]:
    """The platform does not look at whether a case is closed here."""
    late: dict[Any, bool] = {
        s.RecordPlatformNews: True,
        s.TakePlatformNews: True,
        s.AnswerPlatform: bool(ask.waiting(case)),
        s.RemindOfPlatform: bool(ask.waiting(case)),
        s.SettleOutstanding: bool(ask.open_items(case)),
    }
    return frozenset(step.slug() for step, comes in late.items() if comes)


def _shown(case: Complaint) -> dict[str, object]:
    shown: dict[str, object] = {
        "platform": [_matter(case, matter) for matter in case.platform_matters],
        "outstanding": plain(ask.outstanding(case)),
        "outstanding_settled": plain(case.outstanding_settled),
    }
    return {name: value for name, value in shown.items() if value}


def _matter(case: Complaint, matter: Matter) -> dict[str, object]:
    running = case.running(matter.clock)
    facts = [{n: v for n, v in plain(fact).items() if v not in (None, "")} for fact in matter.facts]
    shown: dict[str, object] = {
        "number": matter.number,
        "kind": matter.kind.value,
        "reference": matter.reference,
        "open": matter.waits,
        "amount": plain(matter.amount),
        "opened_at": plain(matter.opened_at),
        "due_at": plain(running.due_at if running is not None else matter.span[1]),
        "ended_as": plain(matter.ended_as),
        "favour": plain(matter.favour),
        "ran_out": matter.ran_out,
        "answer": plain(matter.answer),
        "reminders": plain(matter.reminders),
        "next_look_at": plain(next_look(case, matter)) if matter.waits else None,
        "unreminded_at": plain(matter.unreminded_at),
        "facts": facts,
    }
    kept = {"number", "kind", "reference", "open"}
    return {name: value for name, value in shown.items() if value or name in kept}


def _earliest(case: Complaint) -> datetime | None:
    return min((due for matter in ask.waiting(case) if (due := case.due(matter.clock))), default=None)


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.RecordPlatformNews, always, rules.record_news),
    StepRule(s.TakePlatformNews, always, rules.take_news),
    StepRule(s.AnswerPlatform, rules.may_answer, rules.answer, _earliest),
    StepRule(s.RemindOfPlatform, rules.may_answer, rules.remind, _earliest),
    StepRule(s.SettleOutstanding, rules.may_settle, rules.settle),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.PlatformTold: _told,
        e.PlatformAnswered: _answered,
        e.PlatformReminded: _reminded,
        e.ReminderMissing: _missing,
        e.OutstandingSettled: _settled,
    },
    clocks=clocks,
    instants=_instants,
    passed=_passed,
    tasks=_tasks,
    outliving=_tasks,
    late_steps=_late_steps,
    shown=_shown,
)
"""What happens to refund requests and disputes on the platform, and to what is out because of them."""

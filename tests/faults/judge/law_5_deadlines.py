"""I5: every armed deadline fired once, was cancelled, or still runs; nothing is early, twice, or late for no reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.casework import next_instant
from tests.faults.judge.case_history import CaseHistory, LetterDone, Timer
from tests.faults.judge.evidence import Violation
from tests.faults.judge.law_2_steps import DEADLINES, differing
from tests.faults.judge.retelling import Noted, Retold, owed
from tests.faults.judge.world import Case, World, fine

LAW = "I5"
PROMPT = timedelta(seconds=5)
"""How late time may act on a case for no reason."""

UNDISTURBED = timedelta(seconds=10)
"""A task that Temporal gave to a process which was then killed is given out again after ten seconds: a desk that is
struck within so long after an instant may act on it once it is back."""

SAME = timedelta(seconds=1)
"""Instants this near are one."""


@dataclass(frozen=True)
class Outage:
    """The desk was struck at `start` and gave its next sign of life at `end`, UTC."""

    start: datetime
    end: datetime


def deadlines_act_once(world: World) -> Iterator[Violation]:
    """The whole law."""
    struck = outages(world)
    for case, told in world.told():
        yield from _timers_end_once(case, told)
        if case.retold is None:
            continue
        yield from _nothing_late(case, told, case.retold, struck)
        yield from _nothing_twice(case, told, case.retold)
        if case.is_open:
            yield from _armed(case, told, case.retold)
        if case.is_open and not case.failing:
            yield from _nothing_owed(case, told, case.retold, world.judged_at)
        for field, stands, rules in differing(case, told):
            if field in DEADLINES and not case.retold.refused:
                yield Violation(LAW, case.case, f"{field} stand as {stands}, by the rules {rules}")


def lateness(world: World) -> list[float]:
    """Seconds between each instant at which time was due to act and the one at which it did, struck desk or not."""
    return [
        (noted.at - _from(told, noted)).total_seconds()
        for case, told in world.told()
        if case.retold is not None
        for noted in case.retold.noted
    ]


def outages(world: World) -> list[Outage]:
    """From each blow to the first accepted step that was sent after it, or to the judging."""
    alive = sorted((said.sent_at, said.answered_at) for said in world.steps if fine(said))
    found: list[Outage] = []
    for blow in world.noted:
        at = float(blow["at"])
        over = at + float(blow.get("seconds") or 0.0)
        end = next((answered for sent, answered in alive if sent >= over), world.judged_at.timestamp())
        found.append(Outage(datetime.fromtimestamp(at, UTC), datetime.fromtimestamp(end, UTC)))
    return found


def _timers_end_once(case: Case, told: CaseHistory) -> Iterator[Violation]:
    last = max((timer.run for timer in told.timers), default=0)
    for timer in told.timers:
        if timer.end not in {"fired", "canceled", "dropped", ""}:
            yield Violation(LAW, case.case, f"timer {timer.summary or timer.name} ended twice: {timer.end}")
        if timer.end == "" and (told.over or timer.run != last):
            yield Violation(LAW, case.case, f"timer {timer.summary or timer.name} never ended, and its run is over")
        if timer.end == "fired" and timer.ended_at is not None and timer.ended_at < timer.due - SAME:
            yield Violation(LAW, case.case, f"timer {timer.summary} fired before {timer.due}")


def _from(told: CaseHistory, noted: Noted) -> datetime:
    """From when lateness counts: a case entered late may be born overdue."""
    return max(noted.due, told.activations[0].at)


def _nothing_late(case: Case, told: CaseHistory, retold: Retold, struck: list[Outage]) -> Iterator[Violation]:
    for noted in retold.noted:
        due = _from(told, noted)
        while (back := risen(struck, due)) > due:
            due = back  # struck again before it had risen
        if noted.at > due + PROMPT:
            late = (noted.at - noted.due).total_seconds()
            yield Violation(
                LAW, case.case, f"{noted.what} of {noted.clock} was due {noted.due}, noticed {late:.1f} s later"
            )


def risen(struck: list[Outage], due: datetime) -> datetime:
    """When the desk was up again after the blows that fell upon `due` or too soon after it; `due` if none did."""
    return max((each.end for each in struck if each.start - UNDISTURBED <= due < each.end), default=due)


def _nothing_twice(case: Case, told: CaseHistory, retold: Retold) -> Iterator[Violation]:
    acted = Counter((_clock(timer), timer.due) for timer in told.timers if timer.end == "fired" and timer.summary)
    for (clock, due), times in acted.items():
        if times > 1:
            yield Violation(LAW, case.case, f"{clock} fired {times} times for {due}")
    noted = [each.due for each in retold.noted]
    for timer in told.timers:
        others = ("reopening", "quiet hours end")
        of_clock = timer.end == "fired" and timer.summary and not timer.summary.startswith(others)
        if of_clock and not any(abs(due - timer.due) <= SAME for due in noted):
            yield Violation(LAW, case.case, f"a timer fired for {timer.summary}, when nothing was due by the rules")
    for took in told.taken:
        rules = retold.recorded.get((took.key, took.run))
        if took.answer is None or rules is None:
            continue
        said = Counter(name for name in took.answer.recorded if name.startswith("clock_"))
        due_now = Counter(name for name in rules if name.startswith("clock_"))
        if said - due_now:
            yield Violation(LAW, case.case, f"{took.key} noticed {dict(said)}, by the rules {dict(due_now)}")
    came_in = (each for activation in told.activations for each in activation.inbound)
    sent = Counter(
        (each.number, each.round)
        for each in came_in
        if isinstance(each, LetterDone) and each.outcome and each.outcome.sent
    )
    for (number, _), times in sent.items():
        if times > 1:
            yield Violation(LAW, case.case, f"message {number} was sent {times} times")


def _armed(case: Case, told: CaseHistory, retold: Retold) -> Iterator[Violation]:
    """An open case waits for the instant that the rules wait for."""
    awaited = next_instant(told.book, retold.case)
    waiting = [timer for timer in told.timers if timer.end == "" and timer.run == _last_run(told)]
    if awaited is not None and not any(abs(timer.due - awaited[0]) <= SAME for timer in waiting):
        armed = sorted(f"{timer.summary or timer.name} at {timer.due}" for timer in waiting)
        yield Violation(
            LAW, case.case, f"waits for {armed or 'nothing'}, by the rules for {awaited[1]} at {awaited[0]}"
        )


def _nothing_owed(case: Case, told: CaseHistory, retold: Retold, judged_at: datetime) -> Iterator[Violation]:
    now = max(judged_at, *(activation.at for activation in told.activations)) if told.activations else judged_at
    for event in owed(told, retold, now - PROMPT):
        yield Violation(LAW, case.case, f"{type(event).__name__} is owed at {now}: {event}"[:300])


def _last_run(told: CaseHistory) -> int:
    return max(activation.run for activation in told.activations)


def _clock(timer: Timer) -> str:
    return timer.summary.split(",", 1)[0]

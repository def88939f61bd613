"""How a case thinks, whatever its kind: decide, evolve, clocks by situation, messages by event.

A kind of case is a `Rulebook`: its steps and its few pure functions. Everything here is told the time and reads the
policy and calendar that the case carries; nothing here does anything but compute.

Clocks are never started or stopped by hand. `Rulebook.wanted_clocks` names those that the situation asks for, and
after each event the running ones are reconciled with it: a clock starts when the situation begins to ask for it and
ends, with the event as its cause, when it no longer does. `Rulebook.pause_causes` likewise says for whom clocks stand
still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from domain import clock as clocks
from domain.casefile import (
    CaseFile,
    Event,
    Letter,
    LetterFellToPerson,
    LetterSent,
    LetterState,
    NewsSetAside,
    NewsTaken,
    evolve_common,
)
from domain.charge import FIRST, NOBODYS, Charge
from domain.clock import ClockRule, PauseCause
from domain.people import DESK, Actor, Role
from domain.plain import plain
from domain.refusals import CaseClosed, Refusal, RoleMayNot, StepUnknown
from domain.steps import Step
from domain.timekeeping import faces, overdue_tasks, rule_of, time_owes, with_clocks, with_pauses
from domain.view import CaseView, Kind, StepOffer, Task

C = TypeVar("C", bound=CaseFile)

Draft = tuple[str, dict[str, str]]
"""A message to the customer before it has a number: the kind of its text and its plain facts."""


@dataclass(frozen=True)
class StepRule(Generic[C]):
    """One step's rules: `may` refuses by the case's situation alone, `decide` by what the step says.

    `may` answers "is it open to this person now?" without the step's content, so that it serves the list of open
    steps; `decide` is asked only after `may` has not refused.
    """

    step: type[Step]
    may: Callable[[C, Actor, datetime], None]
    decide: Callable[[C, Step, datetime], tuple[Event, ...]]
    until: Callable[[C], datetime | None] = lambda _case: None
    too_late: type[Refusal] = CaseClosed
    """What the step is told once the case is closed; made with the case's `outcome`."""


def always(_case: CaseFile, _actor: Actor, _now: datetime) -> None:
    """Open in every situation: what the step says decides, not when it comes."""


@dataclass(frozen=True)
class Rulebook(Generic[C]):
    """Everything that one kind of case knows."""

    kind: Kind
    rules: dict[str, StepRule[C]]
    evolve: Callable[[C, Event], C]
    wanted_clocks: Callable[[C], frozenset[str]]
    letters_for: Callable[[C, Event], tuple[Draft, ...]]
    other_instants: Callable[[C], tuple[tuple[datetime, str], ...]]
    """Points in time beside the clocks, each with the name under which its timer is armed."""
    other_passed: Callable[[C, datetime], tuple[Event, ...]]
    tasks: Callable[[C], tuple[Task, ...]]
    state: Callable[[C], str]
    describe: Callable[[C, CaseView], CaseView]
    takes_after_closing: Callable[[C, str, datetime], bool]
    told_to_customers: frozenset[str] = frozenset()
    """Facts of the kind's own story that the customer may see."""
    clock_rule: Callable[[C, str], ClockRule] = rule_of
    """The row by which a clock of that name starts."""
    pause_causes: Callable[[C], frozenset[PauseCause]] = lambda _case: frozenset()
    """For whom the case waits now; a clock stands still only for those that its row lists."""
    outliving: Callable[[C], tuple[Task, ...]] = lambda _case: ()
    """The tasks of a closed case."""
    charge: Callable[[C], Charge] = lambda _case: NOBODYS
    """How urgent the case is, and whose."""


def apply(book: Rulebook[C], case: C, events: Iterable[Event]) -> C:
    """The case after these events, its clocks reconciled and its messages to the customer queued."""
    for event in events:
        case = book.evolve(evolve_common(case, event), event)
        case = _reconcile_clocks(book, case, event)
        case = _queue_letters(case, book.letters_for(case, event), event.at)  # a message names deadlines: clocks first
    return case


def decide(book: Rulebook[C], case: C, step: Step, now: datetime) -> tuple[Event, ...]:
    """What a step causes: first what time owed the case (so that lateness stands before the step), then the step.

    Raises:
        Refusal: the step changes nothing; the refusal says why and what would help.
    """
    rule = book.rules.get(step.slug())
    if rule is None:
        raise StepUnknown(step=step.slug(), kind=book.kind)
    owed = time_passed(book, case, now)
    current = apply(book, case, owed)
    _guard(book, current, rule, step.actor, now)
    return (*owed, *rule.decide(current, step, now))


def take_news(book: Rulebook[C], case: C, news: str, step: Step, now: datetime) -> tuple[Event, ...]:
    """What a machine's message causes; one seen before causes nothing, one that does not fit is set aside on record."""
    if news in case.news_seen:
        return ()
    try:
        events = decide(book, case, step, now)
    except Refusal as refusal:
        return (NewsSetAside(at=now, by=step.actor, news=news, what=step.slug(), code=refusal.code),)
    return (*events, NewsTaken(at=now, by=step.actor, news=news))


def with_time(book: Rulebook[C], case: C, events: tuple[Event, ...], now: datetime) -> tuple[Event, ...]:
    """What machines did at `now`, after what time owed the case until then: lateness stands before what came late."""
    return (*time_passed(book, case, now), *events)


def time_passed(book: Rulebook[C], case: C, now: datetime) -> tuple[Event, ...]:
    """The events that time owes the case at `now`, in the order of their own instants; each is owed once."""
    return (*time_owes(case, now), *book.other_passed(case, now))


def next_instant(book: Rulebook[C], case: C) -> tuple[datetime, str] | None:
    """When time has to act on the case next, and for which clock; None when nothing is awaited."""
    waits = [(at, clock.name) for clock in case.clocks if (at := clocks.next_instant(clock)) is not None]
    waits.extend(book.other_instants(case))
    return min(waits, default=None)


def offers(book: Rulebook[C], case: C, actor: Actor, now: datetime) -> tuple[StepOffer, ...]:
    """Every step of the kind for this person: open, until when, or why not and what would open it.

    Steps that never belong to the person's role are left out; those of the desk's machinery too.
    """
    current = apply(book, case, time_passed(book, case, now))
    listed: list[StepOffer] = []
    for name, rule in book.rules.items():
        if rule.step.by_machine or not _belongs(rule.step, actor):
            continue
        try:
            _guard(book, current, rule, actor, now)
        except Refusal as refusal:
            facts = {fact: str(value) for fact, value in refusal.facts.items()}
            listed.append(StepOffer(name, False, code=refusal.code, facts=facts or None))
        else:
            listed.append(StepOffer(name, True, until=rule.until(current)))
    return tuple(listed)


def view(book: Rulebook[C], case: C, version: int) -> CaseView:
    """The case as everybody sees it, at `version`."""
    charge = book.charge(case)
    own = book.outliving(case) if case.closed_at else book.tasks(case)
    tasks = (*own, *_common_tasks(case), *_tasks_of_the_head(case, charge))
    base = CaseView(
        case=case.case,
        shop=case.shop,
        kind=book.kind,
        parent=case.parent,
        version=version,
        state=book.state(case),
        problem=None,
        channel=None,
        customer=case.customer.subject,
        handler=charge.handler,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        phone_index=case.customer.phone_index,
        order_index=case.order_index,
        tracking=(),
        amount=None,
        policy_version=case.pinned.version,
        tasks=tasks,
        clocks=tuple(faces(case)),
        photos=case.photos,
        priority=charge.priority,
        team=charge.team,
        stand_in=charge.stand_in,
        stand_in_until=charge.stand_in_until,
    )
    return book.describe(case, base)


def letters_to_send(case: CaseFile) -> tuple[Letter, ...]:
    """Messages to the customer that wait for the machine."""
    return tuple(letter for letter in case.letters if letter.state is LetterState.TO_SEND)


def letters_shown(case: CaseFile) -> list[dict[str, object]]:
    """The messages as a view lists them. That a machine sent one is told by the delivery ledger, not here: else each
    letter would change the view, and be written twice."""
    by_machine = {LetterState.TO_SEND, LetterState.SENT}
    return [
        {
            "number": letter.number,
            "kind": letter.kind,
            "queued_at": plain(letter.queued_at),
            "state": "by_machine" if letter.state in by_machine else letter.state.value,
            "how": "" if letter.state in by_machine else letter.how,
        }
        for letter in case.letters
    ]


def letter_sent(number: int, how: str, at: datetime) -> Event:
    """A message went out at `at`."""
    return LetterSent(at=at, by=DESK, number=number, how=how)


def letter_fell_to_person(number: int, why: str, at: datetime) -> Event:
    """A message has to be told by a person."""
    return LetterFellToPerson(at=at, by=DESK, number=number, why=why)


def _guard(book: Rulebook[C], case: C, rule: StepRule[C], actor: Actor, now: datetime) -> None:
    name = rule.step.slug()
    if not _belongs(rule.step, actor):
        roles = ", ".join(role.value for role in rule.step.roles)
        raise RoleMayNot(role=actor.role.value, step=name, roles=roles)
    # The last message of a case may fall to a person after the closing, and a trouble may outlive it.
    loose_end = name in {"report_telling", "settle_trouble"}
    if case.closed_at is not None and not loose_end and not book.takes_after_closing(case, name, now):
        raise rule.too_late(outcome=case.outcome or "closed")
    rule.may(case, actor, now)


def _belongs(step: type[Step], actor: Actor) -> bool:
    return actor.role in step.roles


def _queue_letters(case: C, drafts: tuple[Draft, ...], at: datetime) -> C:
    letters = case.letters
    for kind, says in drafts:
        letters = (*letters, Letter(number=len(letters) + 1, kind=kind, queued_at=at, says=says))
    return case if letters is case.letters else replace(case, letters=letters)


def _reconcile_clocks(book: Rulebook[C], case: C, event: Event) -> C:
    wanted = book.wanted_clocks(case)
    if any(letter.state is LetterState.WITH_A_PERSON for letter in case.letters):
        wanted = wanted | {"telling"}
    return with_pauses(with_clocks(case, wanted, book.clock_rule, event), book.pause_causes, event.at)


def _common_tasks(case: CaseFile) -> Iterable[Task]:
    for letter in case.letters:
        if letter.state is LetterState.WITH_A_PERSON:
            yield Task(
                f"tell-{letter.number}",
                desk=rule_of(case, "telling").desk,
                step="report_telling",
                due_at=case.due("telling"),
                reason=f"tell the customer: {letter.kind} ({letter.how})",
            )
    for trouble in case.troubles:
        if trouble.settled_at is None:
            yield Task(
                f"trouble-{trouble.number}", trouble.desk, "settle_trouble", None, trouble.sentence, needs_a_person=True
            )
    yield from overdue_tasks(case)


def _tasks_of_the_head(case: CaseFile, charge: Charge) -> Iterable[Task]:
    """Health and food safety first in escalation too: what is overdue there stands on the centre manager's desk [F]."""
    if charge.priority != FIRST:
        return
    for clock in case.clocks:
        overdue = clock.ended_at is None and clock.breached_at is not None
        heard = {level.to for level in clock.escalations[: clock.escalated]} or {clock.desk}
        if overdue and Role.CENTRE_MANAGER not in heard:
            reason = f"overdue, and health is at risk: {clock.name}"
            yield Task(f"overdue-{clock.name}-head", Role.CENTRE_MANAGER, "", clock.due_at, reason)

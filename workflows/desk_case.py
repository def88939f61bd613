"""What every case does as a workflow: answers steps, takes news, keeps its deadlines, posts its messages.

The story of each kind is in its own file. Nothing is decided here: `domain` decides, this class waits, records and
calls the ports.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from temporalio import workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

from domain.casefile import CaseFile, Event, Letter, LetterState, TroubleArose, TroubleSettled
from domain.casework import (
    Rulebook,
    apply,
    decide,
    letter_fell_to_person,
    letter_put_off,
    letter_sent,
    letters_ready,
    letters_to_send,
    next_instant,
    offers,
    quiet_of,
    take_news,
    view,
    with_time,
)
from domain.people import DESK, Actor
from domain.refusals import Refusal
from domain.steps import Step, slug
from workflows import ports
from workflows.answers import AnswersGiven, Carried, Look, StepAnswer
from workflows.failures import WAYS_OUT, code_of, is_definite, nobody_tried
from workflows.letter_orders import order_of
from workflows.listeners import tell_auditor, tell_register
from workflows.news import News, ReceiptNews
from workflows.ports import CustomerLine, LetterOutcome, Tries, when_in_words

A = TypeVar("A")
C = TypeVar("C", bound=CaseFile)

Ask = Callable[[Tries, int], Awaitable[A]]
"""Asks a port, so often; the number says how often it may have been asked before."""


class Errand(Protocol):
    """Something to set going outside the case; `done` is the event that takes it off the list."""

    def done(self, now: datetime) -> Event:
        """The event, at `now`."""
        ...


def refused(refusal: Refusal, open_steps: list[str]) -> ApplicationError:
    """A refusal as it crosses the wire: its code as the type, its record and the open steps as details."""
    record = refusal.record()
    return ApplicationError(record.sentence, record.as_json(), open_steps, type=record.code, non_retryable=True)


class DeskCase(Generic[C]):
    """The part of a case's workflow that all kinds share. A kind sets `book` and `messages`, and writes `run`."""

    book: ClassVar[Rulebook[Any]]
    messages: ClassVar[dict[str, type[News]]]
    """The machines' messages that it takes, by signal; beside those of every kind."""
    shared_messages: ClassVar[dict[str, type[News]]] = {"gateway_receipt": ReceiptNews}

    def __init__(self, case: C, carried: Carried[C] | None) -> None:
        self.case: C = case if carried is None else carried.case
        self._answers = AnswersGiven(carried)
        self._seen = view(self.book, self.case, 1 if carried is None else carried.version)
        self._new = carried is None
        self._to_do: list[Any] = []
        self._posting = False
        self._between = False
        self._beside: list[asyncio.Task[None]] = []

    # -- what is asked of the case ----------------------------------------------------------------------------

    def check(self, step: Step) -> None:
        """Refuse a step before anything is written; one answered before passes, to get its answer again."""
        info = workflow.current_update_info()
        if info is not None and self._answers.knows(info.id):
            return
        try:
            decide(self.book, self.case, step, workflow.now())
        except Refusal as refusal:
            raise refused(refusal, self._open_to(step.actor)) from refusal

    def take(self, step: Step) -> StepAnswer:
        """Record what a step causes and answer with the case as it then stands."""
        info = workflow.current_update_info()
        update = info.id if info is not None else ""
        known = self._answers.again(update, lambda: self.look(step.actor))
        if known is not None:
            return known
        try:
            events = decide(self.book, self.case, step, workflow.now())
        except Refusal as refusal:
            raise refused(refusal, self._open_to(step.actor)) from refusal
        happened = self.record(events)
        answer = StepAnswer(
            view=self._seen,
            offers=offers(self.book, self.case, step.actor, workflow.now()),
            recorded=tuple(slug(type(event)) for event in happened),
            fingerprint=step.fingerprint,
        )
        self._answers.note(update, answer)
        return answer

    @workflow.signal(dynamic=True, description="A machine's message: from a return, a slip, the complaint, a courier")
    def message_came(self, name: str, raw: Sequence[RawValue]) -> None:
        """Take in a machine's message, once.

        It is read here and not by the SDK, which drops what it cannot read: that becomes a trouble on record instead.
        """
        try:
            (payload,) = (each.payload for each in raw)
            told = workflow.payload_converter().from_payload(payload, self._known_messages[name])
        except Exception:  # noqa: BLE001  whatever a decoder raises, the message is unreadable, and the case goes on
            self._unreadable(name)
            return
        self.take_in(told)

    def take_in(self, told: News) -> None:
        """Take in a machine's message that can be read, once."""
        self._record_unasked(take_news(self.book, self.case, told.news, told.says, workflow.now()))

    @property
    def _known_messages(self) -> dict[str, type[News]]:
        return {**self.shared_messages, **self.messages}

    def _unreadable(self, name: str) -> None:
        kind = name if name in self._known_messages else "of a kind that the case does not know"
        sentence = f"a message that came cannot be read ({kind}); find out what it said, then settle this"
        open_already = any(each.sentence == sentence and each.settled_at is None for each in self.case.troubles)
        if not open_already:
            arose = TroubleArose(at=workflow.now(), by=DESK, code="news_unreadable", sentence=sentence)
            self.record_by_machine((arose,))

    def look(self, actor: Actor) -> Look:
        """The case as it stands, with the steps for this person."""
        return Look(self._seen, offers(self.book, self.case, actor, workflow.now()))

    # -- what happens to it -----------------------------------------------------------------------------------

    def record(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """Let events happen, and with them the errands that they bring; gives all that happened.

        An errand is on record before it is run and confirmed: the command is as durable as the record, and whoever is
        told may answer before, or together with, the confirmation. A change of what the case shows is a new version.
        """
        happened = list(events)
        self.case = apply(self.book, self.case, events)
        while (errand := self.next_errand()) is not None:
            done = errand.done(workflow.now())
            self.case = apply(self.book, self.case, (done,))
            happened.append(done)
            self._to_do.append(errand)
        tell_auditor(tuple(happened))
        fresh = view(self.book, self.case, self._seen.version)
        if fresh != self._seen:
            self._seen = replace(fresh, version=fresh.version + 1)
            workflow.set_current_details(self._details())
        return tuple(happened)

    def record_by_machine(self, events: tuple[Event, ...]) -> None:
        """Let events happen that nobody asked for, after what time owed the case until now."""
        self._record_unasked(with_time(self.book, self.case, events, workflow.now()))

    def _record_unasked(self, events: tuple[Event, ...]) -> None:
        """Nobody who asked will write the row then, so whoever listens for the register is told."""
        before = self._seen.version
        self.record(events)
        if self._seen.version != before:
            tell_register(self._seen)

    async def until(self, reached: Callable[[C], bool]) -> None:
        """Live on until `reached`: run errands, and let messages and deadlines come in any order."""
        while True:
            await self._run_errands()
            if reached(self.case):
                return
            if self._may_continue_as_new():
                self.continue_as_new(self._carried())
            self._between = True
            await self._all_goes_on_until(
                lambda: reached(self.case) or bool(self._to_do) or self._may_continue_as_new()
            )
            self._between = False

    def next_errand(self) -> Errand | None:
        """What the case owes to others next, by what is on record; a kind that has errands overrides this."""
        return None

    async def run_errand(self, errand: Any) -> None:
        """Set going one errand that is on record."""
        raise NotImplementedError

    async def _run_errands(self) -> None:
        while self._to_do:
            await self.run_errand(self._to_do.pop(0))

    def continue_as_new(self, carried: Carried[C]) -> None:
        """Go on in a new run, with the start input of the kind; never returns."""
        raise NotImplementedError

    async def open_for_business(self) -> None:
        """Start what runs beside the story: keeping deadlines, posting messages."""
        if self._new:
            tell_register(self._seen)
        self._beside = [asyncio.create_task(self._keep_deadlines()), asyncio.create_task(self._post_letters())]

    async def close_the_books(self) -> None:
        """Let everything that is under way end: messages, handlers."""
        await self._all_goes_on_until(lambda: not self._posting and not letters_to_send(self.case))
        await workflow.wait_condition(workflow.all_handlers_finished)
        await self._run_errands()

    async def with_patience(self, what: str, ask: Ask[A]) -> A | None:
        """Call a port that has to succeed before the case can go on; its answer, or None after a definite no.

        After a definite no the case waits until a person has dealt with it.
        """
        try:
            return await self._ask_on(what, ask, ports.FOR_EVER)
        except ActivityError as error:
            await self._until_dealt_with(self._trouble(error, f"{what} is refused; deal with it, then settle this"))
            return None

    async def _ask_on(self, what: str, ask: Ask[A], then: RetryPolicy) -> A:
        """Ask a few times, then on and on as `then` says.

        Meanwhile the case stands in "needs a person" with the reason, and leaves that list by itself at the end.

        Raises:
            ActivityError: a definite no, or `then` has come to its end.
        """
        tried = 0
        while True:
            try:
                return await ask(ports.first_tries(), tried)
            except ActivityError as error:
                if is_definite(error):
                    raise
                tried += ports.FIRST_TRIES.maximum_attempts
                if not nobody_tried(error):
                    trouble = self._trouble(error, f"{what} does not succeed; it is tried on")
                    break
        try:
            answer = await ask(Tries(retry_policy=then, schedule_to_close_timeout=None), tried)
        except ActivityError:
            self._over(trouble, "it was tried to the end")
            raise
        self._over(trouble, "it succeeded")
        return answer

    def _trouble(self, error: ActivityError, sentence: str) -> int:
        """Put a trouble on record; its place in the list."""
        code = code_of(error)
        said = f"{sentence} ({code})" + (f": {WAYS_OUT[code]}" if code in WAYS_OUT else "")
        self.record_by_machine((TroubleArose(at=workflow.now(), by=DESK, code=code, sentence=said),))
        return len(self.case.troubles) - 1

    def _over(self, trouble: int, how: str) -> None:
        if self.case.troubles[trouble].settled_at is None:
            self.record_by_machine((TroubleSettled(at=workflow.now(), by=DESK, number=trouble + 1, how=how),))

    async def _until_dealt_with(self, trouble: int) -> None:
        await self.until(lambda case: case.troubles[trouble].settled_at is not None)

    # -- beside the story -------------------------------------------------------------------------------------

    async def _all_goes_on_until(self, reached: Callable[[], bool]) -> None:
        """Wait; a fault in what runs beside the story is raised here, where Temporal sees it, and never lost."""
        await workflow.wait_condition(lambda: reached() or any(task.done() for task in self._beside))
        for task in self._beside:
            if task.done():
                task.result()

    async def _keep_deadlines(self) -> None:
        """Arm the nearest instant only, and again only when another one becomes the nearest."""
        while True:
            armed = next_instant(self.book, self.case)
            now = workflow.now()
            if armed is not None and armed[0] <= now:
                self.record_by_machine(())
                continue
            timeout = None if armed is None else armed[0] - now
            summary = None if armed is None else when_in_words(armed[1], armed[0])
            try:
                await workflow.wait_condition(
                    lambda still=armed: next_instant(self.book, self.case) != still,
                    timeout=timeout,
                    timeout_summary=summary,
                )
            except TimeoutError:
                self.record_by_machine(())

    async def _post_letters(self) -> None:
        while True:
            # A long queue of letters does not keep a long run from its end: the next run posts the rest.
            await workflow.wait_condition(
                lambda: bool(letters_to_send(self.case)) and not (self._between and self._may_continue_as_new())
            )
            ready = letters_ready(self.case, workflow.now())
            if not ready:
                await self._until_morning()
                continue
            self._posting = True
            await self._post(ready[0])
            self._posting = False

    async def _until_morning(self) -> None:
        """Wait for the end of the quiet hours, or for a message that does not."""
        morning = min(each.not_before for each in letters_to_send(self.case) if each.not_before is not None)
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: bool(letters_ready(self.case, workflow.now())),
                timeout=morning - workflow.now(),
                timeout_summary=when_in_words("quiet hours end", morning),
            )

    async def _post(self, letter: Letter) -> None:
        async def ask(tries: Tries, tried: int) -> LetterOutcome:
            return await workflow.execute_activity_method(
                CustomerLine.tell,
                order_of(self.case, letter, tried, quiet_of(self.case, letter.kind, workflow.now())),
                start_to_close_timeout=ports.ONE_LETTER,
                summary=f"tell the customer: {letter.kind}",
                **tries,
            )

        try:
            outcome = await self._ask_on(f"telling the customer ({letter.kind})", ask, ports.LETTER_TRIES)
        except ActivityError as error:
            code = code_of(error)
            outcome = LetterOutcome(sent=False, how=WAYS_OUT.get(code, f"no machine could send it: {code}"))
        # The gateway's receipt may have been faster: then it is a person's by now, or was even sent anew by one.
        stands = self.case.letters[letter.number - 1]
        if (stands.state, stands.round) == (LetterState.TO_SEND, letter.round):
            self.record_by_machine((self._became_of(letter, outcome, workflow.now()),))

    def _became_of(self, letter: Letter, outcome: LetterOutcome, now: datetime) -> Event:
        if outcome.sent:
            return letter_sent(letter.number, outcome.how, now)
        quiet = quiet_of(self.case, letter.kind, now)
        if outcome.waits and quiet is not None:
            # Where the worker's clock is ahead of the case's, the night is about to begin: it is asked again then.
            return letter_put_off(letter.number, quiet.until or quiet.begins, now)
        return letter_fell_to_person(self.case, letter.number, outcome.how, now)

    def _may_continue_as_new(self) -> bool:
        return not (self._posting or self._to_do) and workflow.info().is_continue_as_new_suggested()

    def _carried(self) -> Carried[C]:
        answered, taken = self._answers.carry()
        return Carried(self.case, self._seen.version, answered, taken)

    def _open_to(self, actor: Actor) -> list[str]:
        return [offer.step for offer in offers(self.book, self.case, actor, workflow.now()) if offer.open]

    def _details(self) -> str:
        waits = "\n".join(f"- **{task.desk.value}**: {task.reason}" for task in self._seen.tasks)
        return f"**{self._seen.state}**\n\n{waits}"

"""A case told once more by the pure rules alone: what came in, at the instants the history has, and nothing else.

The desk's workflows have no part in it. Only troubles, which follow from failed calls and not from rules, are taken as
the replayed case tells them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.casefile import (
    CaseFile,
    ClockActed,
    Event,
    Letter,
    LetterFellToPerson,
    LetterState,
    Trouble,
    TroubleArose,
    TroubleSettled,
)
from domain.casework import (
    Rulebook,
    apply,
    decide,
    letter_fell_to_person,
    letter_put_off,
    letter_sent,
    next_instant,
    quiet_of,
    take_news,
    time_passed,
    with_time,
)
from domain.complaint.book import open_complaint
from domain.complaint.errands import (
    BookPlatformPayment,
    HoldCost,
    LedgerErrand,
    StartIncoming,
    StartPayment,
    StartReturn,
    errands,
)
from domain.complaint.fulfilling.questions import cost_key
from domain.complaint.ledger_answers import LedgerSays, ledgers_answer
from domain.complaint.lines.errands import CountUnits, HoldUnits
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.state import Complaint
from domain.dock.book import open_parcel
from domain.dock.errands import next_errand
from domain.dock.events import ReturnAnswered
from domain.dock.state import DockParcel
from domain.goods_return import situation as goods
from domain.goods_return.book import open_return
from domain.goods_return.dock import dock_report
from domain.goods_return.events import ComplaintTold as ReturnTold
from domain.goods_return.events import DockTold
from domain.goods_return.state import Return
from domain.payment import events as p
from domain.payment.book import open_payment
from domain.payment.state import Payment
from domain.people import DESK, Role
from domain.refusals import Refusal
from domain.steps import slug
from tests.faults.judge.case_history import (
    Activation,
    Booked,
    CaseHistory,
    CostAnswered,
    Fired,
    Heard,
    LetterDone,
    Lowered,
    Reserved,
    Took,
    UnitsAnswered,
)


@dataclass(frozen=True)
class Noted:
    """Time acted: which clock, reminded, warned, breached or escalated, due when, noticed when (UTC)."""

    clock: str
    what: str
    due: datetime
    at: datetime


@dataclass
class Retold:
    """The case by the rules, and where the history parts from them."""

    case: CaseFile
    refused: list[tuple[Took, str]] = field(default_factory=list[tuple[Took, str]])
    """Steps that the history has accepted and the rules refuse, with the refusal's code."""
    recorded: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict[tuple[str, int], tuple[str, ...]])
    """What each step causes by the rules, by key and run."""
    states: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    """The state after each step by the rules."""
    repeats: list[Took] = field(default_factory=list[Took])
    """Updates accepted again in a later run under a key that the case had answered."""
    noted: list[Noted] = field(default_factory=list[Noted])
    started: list[str] = field(default_factory=list[str])
    """Returns and slips that the rules start."""
    fault: str = ""
    """What the rules could not follow at all."""


def retell(told: CaseHistory, replayed: Sequence[Event] = ()) -> Retold:
    """Tell the case again. replayed: events of the product's own replay, of which only troubles are used.

    Raises:
        Refusal: the rules would not have opened the case.
    """
    first = told.activations[0].at if told.activations else None
    why_fell = {each.number: each.why for each in replayed if isinstance(each, LetterFellToPerson)}
    teller = _Teller(told, _open(told, first), [each for each in replayed if _underived(each)], why_fell)
    for activation in told.activations:
        teller.live(activation)
    return teller.retold


def _open(told: CaseHistory, first: datetime | None) -> CaseFile:
    opening = told.begin.opening
    if told.kind == "Complaint":
        return open_complaint(opening)
    if told.kind == "Parcel":
        return open_parcel(opening)
    if first is None:
        raise ValueError("no task was ever completed")
    return open_return(opening, first) if told.kind == "Return" else open_payment(opening, first)


def _underived(event: Event) -> bool:
    """Whether the event follows from a failed call, and not from a rule or a message."""
    if isinstance(event, TroubleSettled):
        return event.by.role is Role.DESK
    by_call = TroubleArose | p.LedgerSettled | p.ReservationRefused | p.AmountBooked | ReturnAnswered
    return isinstance(event, by_call)


class _Teller:
    def __init__(self, told: CaseHistory, case: Any, underived: list[Event], why_fell: dict[int, str]) -> None:
        self.book: Rulebook[Any] = told.book
        self.case: Any = case
        self.underived = underived
        self.orders = Counter(told.letters_ordered)
        self.why_fell = why_fell
        self.retold = Retold(case)
        self.answered: set[str] = set()
        self.run = -1
        self.awaited: tuple[datetime, str] | None = None
        """The instant that the case waits for since it last looked at its clocks."""

    def live(self, activation: Activation) -> None:
        """One activation: messages, then results, then what follows by itself."""
        now = activation.at
        for inbound in activation.inbound:
            self._errands(now)
            match inbound:
                case Took():
                    self._take(inbound, now)
                case Heard(news=news, step=step):
                    self._happen(take_news(self.book, self.case, news, step, now), now)
                case LetterDone():
                    self._letter(inbound, now)
                case Reserved(answer=answer):
                    self._reserved(answer, now)
                case Lowered():
                    if self.case.to_book:
                        self._machine((p.AmountBooked(at=now, by=DESK, amount=self.case.amount),), now)
                case CostAnswered() | UnitsAnswered():
                    self._answered(inbound, now)
                case Booked():
                    if not self.case.booked:
                        self._machine((p.LedgerSettled(at=now, by=DESK, outcome=self.case.outcome or ""),), now)
                case Fired():
                    self._machine((), now)
        self._errands(now)
        self._troubles(now)
        self._errands(now)
        self._look_at_clocks(activation.run, now)
        self.retold.case = self.case

    def _take(self, took: Took, now: datetime) -> None:
        if took.key in self.answered:
            self.retold.repeats.append(took)
            return
        self.answered.add(took.key)
        try:
            events = decide(self.book, self.case, took.step, now)
        except Refusal as refusal:
            self.retold.refused.append((took, refusal.code))
            return
        self._happen(events, now)
        self._errands(now)
        self.retold.recorded[took.key, took.run] = tuple(slug(type(event)) for event in events)
        self.retold.states[took.key, took.run] = self.book.state(self.case)

    def _look_at_clocks(self, run: int, now: datetime) -> None:
        """A run that begins looks at its clocks, and so does a case whose next instant is another one than before."""
        if run != self.run:
            self.run, self.awaited = run, None
        while (awaited := next_instant(self.book, self.case)) != self.awaited:
            if awaited is not None and awaited[0] <= now:
                self._machine((), now)
            else:
                self.awaited = awaited

    def _letter(self, done: LetterDone, now: datetime) -> None:
        """A message went out, waits or fell to a person; one that failed and is ordered once more has done neither yet.

        One that a receipt has handed to a person in between, or that was sent anew, is done with. One that the rules
        never wrote is a bug's: the case goes on without it, so that the law finds it which it breaks.
        """
        self.orders[done.number, done.round] -= 1
        letter = next((each for each in self.case.letters if each.number == done.number), None)
        if letter is None or (letter.state, letter.round) != (LetterState.TO_SEND, done.round):
            return
        if done.outcome is None and self.orders[done.number, done.round]:
            return
        self._machine((self._became_of(letter, done, now),), now)

    def _became_of(self, letter: Letter, done: LetterDone, now: datetime) -> Event:
        if done.outcome is None:
            return letter_fell_to_person(self.case, letter.number, self.why_fell.get(letter.number, ""), now)
        quiet = quiet_of(self.case, letter.kind, now)
        if done.outcome.sent:
            return letter_sent(letter.number, done.outcome.how, now)
        if done.outcome.waits and quiet is not None:
            return letter_put_off(letter.number, quiet.until or quiet.begins, now)
        return letter_fell_to_person(self.case, letter.number, done.outcome.how, now)

    def _reserved(self, answer: Any, now: datetime) -> None:
        if answer.slip_number:
            held = p.SumReserved(at=now, by=DESK, slip_number=answer.slip_number, asked_today=answer.asked_today)
            self._machine((held,), now)
        else:
            no = p.ReservationRefused(at=now, by=DESK, code=answer.code, sentence=answer.sentence)
            self._machine((no,), now)

    def _cost(self, answered: CostAnswered, now: datetime) -> None:
        """What the ledger said of a coupon or a platform's payment, by the domain's own function."""
        errand: LedgerErrand
        if isinstance(answered.about, int):
            part = next(each for each in self.case.fulfilments if each.number == answered.about)
            errand = HoldCost(part.number, cost_key(self.case, part), part.worth)
        else:
            paid = next(each for each in self.case.platform_payments if each.reference == answered.about)
            errand = BookPlatformPayment(paid.number, paid.amount, paid.reference, paid.paid_at)
        says = LedgerSays(answered.answer.sentence, answered.answer.over)
        self._machine(ledgers_answer(self.case, errand, says, now), now)

    def _answered(self, answered: CostAnswered | UnitsAnswered, now: datetime) -> None:
        if isinstance(answered, CostAnswered):
            self._cost(answered, now)
        else:
            self._units(answered, now)

    def _units(self, answered: UnitsAnswered, now: datetime) -> None:
        """What the register said of goods that go back, by the domain's own function."""
        name, lines = answered.units.return_case, tuple(ClaimedLine(x.line, x.quantity) for x in answered.units.lines)
        asked = [c.proposal for c in self.case.counts if c.return_case == name]
        errand = HoldUnits(name, asked[-1], lines) if answered.held else CountUnits(name, lines)
        self._machine(ledgers_answer(self.case, errand, LedgerSays(answered.answer.sentence), now), now)

    def _machine(self, events: Iterable[Event], now: datetime) -> None:
        self._happen(with_time(self.book, self.case, tuple(events), now), now)

    def _happen(self, events: Iterable[Event], now: datetime) -> None:
        for event in events:
            if isinstance(event, ClockActed):
                self.retold.noted.append(Noted(event.clock, slug(type(event)), event.due, now))
            self.case = apply(self.book, self.case, (event,))

    def _errands(self, now: datetime) -> None:
        """What a case sets going by itself, until nothing is left."""
        if isinstance(self.case, Complaint):
            while waiting := errands(self.case):
                if isinstance(waiting[0], StartReturn | StartPayment | StartIncoming):
                    self.retold.started.append(waiting[0].opening.case)
                self._machine((waiting[0].done(now),), now)
        elif isinstance(self.case, Return):
            while (report := goods.report(self.case)) is not None:
                self._machine((ReturnTold(at=now, by=DESK, result=report.result),), now)
            while (answer := dock_report(self.case)) is not None:
                self._machine((DockTold(at=now, by=DESK, dock=answer.dock, result=answer.result),), now)
        elif isinstance(self.case, DockParcel):
            while (errand := next_errand(self.case)) is not None:
                self._machine((errand.done(now),), now)
        elif isinstance(self.case, Payment):
            if self.case.to_tell:
                self._machine((p.AmountTold(at=now, by=DESK, amount=self.case.amount),), now)
            if self.case.booked and self.case.reported != self.case.outcome:
                self._machine((p.ComplaintTold(at=now, by=DESK, result=self.case.outcome or ""),), now)

    def _troubles(self, now: datetime) -> None:
        """Troubles of this instant, and what a person's dealing with them stands for in a slip."""
        for event in [each for each in self.underived if each.at == now]:
            self.underived.remove(event)
            if not self._known(event):
                self._machine((event,), now)

    def _known(self, event: Event) -> bool:
        """Whether the rules have come to it by themselves: then it did follow from a message."""
        match event:
            case TroubleArose(code=code, sentence=sentence):
                return any((each.code, each.sentence) == (code, sentence) for each in self._of(event.at))
            case TroubleSettled(number=number):
                return self.case.troubles[number - 1].settled_at is not None
            case ReturnAnswered(return_case=name, result=result):
                heard = (each for each in self.case.matches if (each.return_case, each.ended_as) == (name, result))
                return any(each.holds or each.undone_at == event.at for each in heard)
            case p.AmountBooked():
                return not self.case.to_book
            case p.LedgerSettled():
                return bool(self.case.booked)
            case _:
                return self.case.closed_at is not None

    def _of(self, at: datetime) -> list[Trouble]:
        return [each for each in self.case.troubles if each.arose_at == at]


def owed(told: CaseHistory, retold: Retold, now: datetime) -> tuple[Event, ...]:
    """What time owes the case at `now` (UTC) and nobody noticed."""
    return time_passed(told.book, retold.case, now)

"""Compares the books: what the slips' histories say, the ledger, the register, the statement. Pure; decides nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.money import Money
from domain.payment.books.statement import StatementLine
from domain.payment.gateway.state import Heard, Stands
from domain.payment.purposes import PURPOSES, UNDER_THE_LINE, Purpose

UNDER_WAY = timedelta(minutes=15)
"""What ended less than this ago may still be on its way into the other book."""

ENDS = {
    "paid": "paid",
    "reversed": "reversed",
    "refused": "released",
    "rejected": "released",
    "void": "released",
    "not_paid": "released",
}
"""How the ledger calls the ends of a slip."""


@dataclass(frozen=True)
class SlipTold:
    """A slip as its own history has it, or as the register shows it. `number` is empty until the ledger gave it one."""

    case: str
    state: str
    version: int
    purpose: str
    amount: Money
    number: str
    reference: str
    closed_at: datetime | None
    contradicted: tuple[str, ...] = ()
    """References of the gateway that stand against the slip on its own record, open or cleared up."""


@dataclass(frozen=True)
class SlipBooked:
    """A slip as the ledger has it."""

    case: str
    shop: str
    state: str
    purpose: str
    amount: Money
    year: int
    nth: int
    reference: str
    requested_at: datetime
    settled_at: datetime | None
    line: tuple[str, int] | None
    parts: tuple[tuple[str, Money, datetime], ...] = ()
    """Reference, sum and instant of each movement, if it was paid in several."""
    reversed_by: str = ""

    def movements(self) -> tuple[SlipBooked, ...]:
        """The slip as the account has it: one movement, or each of its parts."""
        each = (replace(self, reference=at, amount=amount, settled_at=when) for at, amount, when in self.parts)
        return tuple(each) or (self,)

    @property
    def number(self) -> str:
        """As people write it: `2026-000017`."""
        return f"{self.year}-{self.nth:06d}"


@dataclass(frozen=True)
class Signed:
    """What one person approved on one day of the shop, and the most that the policy lets one person."""

    person: str
    day: str
    amount: Money
    limit: Money


@dataclass(frozen=True)
class Books:
    """One shop's books. `lines`: what was paid for each order line; `costs`: what it gave back beside the slips.

    `notices`: what the payment gateway told by itself, by slip.
    """

    told: Mapping[str, SlipTold]
    registered: Mapping[str, SlipTold]
    booked: Mapping[str, SlipBooked]
    lines: Mapping[tuple[str, int], Money] = field(default_factory=dict[tuple[str, int], Money])
    costs: Mapping[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    silent: tuple[str, ...] = ()
    signed: tuple[Signed, ...] = ()
    notices: Mapping[str, Iterable[Heard]] = field(default_factory=dict[str, Iterable[Heard]])


@dataclass(frozen=True)
class Difference:
    """Where two books part: a name that stays, what it is about, and a sentence with both sides."""

    code: str
    about: str
    sentence: str


def differences(books: Books, now: datetime) -> tuple[Difference, ...]:
    """Every difference between histories, ledger and register, in a fixed order."""
    return (
        *(
            Difference("case_silent", case, "the case does not answer; `redress replay` says why")
            for case in books.silent
        ),
        *_histories_and_ledger(books, now),
        *_register(books),
        *_numbers(books),
        *_lines(books),
        *_days(books),
        *_notices(books),
    )


def _histories_and_ledger(books: Books, now: datetime) -> Iterator[Difference]:
    for name in sorted(books.told.keys() | books.booked.keys()):
        told, booked = books.told.get(name), books.booked.get(name)
        if told is None and booked is not None:
            if name not in books.silent and not _recent(booked.requested_at, now):
                yield Difference("history_lacks", name, f"the ledger holds {booked.amount} for it, no history has it")
        elif told is not None and booked is None:
            if told.number:
                yield Difference("ledger_lacks", name, f"its history has slip {told.number}, the ledger does not")
        elif told is not None and booked is not None:
            yield from _pair(told, booked, now)


def _pair(told: SlipTold, booked: SlipBooked, now: datetime) -> Iterator[Difference]:
    expected = ENDS.get(told.state, "reserved")
    fresh = _recent(told.closed_at, now) or _recent(booked.settled_at, now)
    sides = {
        "state_differs": (expected, booked.state) if not fresh else ("", ""),
        "amount_differs": (str(told.amount), str(booked.amount)) if told.state != "reserving" else ("", ""),
        "purpose_differs": (told.purpose, booked.purpose),
        "number_differs": (told.number or booked.number, booked.number),
        "reference_differs": (told.reference, booked.reference) if booked.state in {"paid", "reversed"} else ("", ""),
    }
    for code, (history, ledger) in sides.items():
        if history != ledger:
            yield Difference(
                code, told.case, f"its history says {history or 'nothing'}, the ledger {ledger or 'nothing'}"
            )


def _recent(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at < UNDER_WAY


def _register(books: Books) -> Iterator[Difference]:
    for name, told in sorted(books.told.items()):
        kept = books.registered.get(name)
        if kept is None:
            yield Difference("register_lacks", name, "the register has no row of it; `redress mend` writes it")
        elif kept.version >= told.version and kept != told:
            yield Difference("register_differs", name, f"its history says {told.state}, the register {kept.state}")


def _numbers(books: Books) -> Iterator[Difference]:
    found: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for slip in books.booked.values():
        found[slip.shop, slip.year][slip.nth] += 1
    for (shop, year), numbers in sorted(found.items()):
        for number in sorted(set(range(1, max(numbers) + 1)) - set(numbers)):
            yield Difference("number_missing", f"{shop} {year}-{number:06d}", "no slip has this number")
        for number, times in sorted(numbers.items()):
            if times > 1:
                yield Difference("number_twice", f"{shop} {year}-{number:06d}", f"{times} slips have this number")


def _lines(books: Books) -> Iterator[Difference]:
    given: dict[tuple[str, int], int] = defaultdict(int, books.costs)
    for slip in books.booked.values():
        if (
            slip.line is not None
            and slip.state not in {"released", "reversed"}
            and Purpose(slip.purpose) in UNDER_THE_LINE
        ):
            given[slip.line] += slip.amount.minor
    for place, minor in sorted(given.items()):
        paid = books.lines.get(place)
        if paid is None or minor > paid.minor:
            about = f"{place[0]} line {place[1]}"
            most = "no such line is registered" if paid is None else f"{paid} was paid for it"
            yield Difference("line_overdrawn", about, f"it gives back {minor} minor units by every door; {most}")


def _days(books: Books) -> Iterator[Difference]:
    for signed in books.signed:
        if signed.amount.currency == signed.limit.currency and signed.amount > signed.limit:
            sentence = f"approved {signed.amount} on {signed.day}; the limit is {signed.limit}"
            yield Difference("day_too_full", signed.person, sentence)


def _notices(books: Books) -> Iterator[Difference]:
    """What the gateway told and neither the ledger nor the slip's own record has; of ended slips only."""
    for case, notices in sorted(books.notices.items()):
        booked, told = books.booked.get(case), books.told.get(case)
        known = told.contradicted if told is not None else ()
        if booked is None or booked.state == "reserved":
            continue
        for heard in notices:
            if heard.reference not in known and not _fits(heard, booked):
                theirs = f"{heard.stands.value} {heard.amount or ''} under {heard.reference or 'no reference'}"
                ours = f"{booked.state} under {booked.reference or 'no reference'}"
                yield Difference("notice_contradicts", case, f"the gateway told {theirs}, the ledger has {ours}")


def _fits(heard: Heard, booked: SlipBooked) -> bool:
    match heard.stands:
        case Stands.PAID:
            return booked.state in {"paid", "reversed"} and heard.reference == booked.reference
        case Stands.REVERSED:
            return heard.reference == booked.reversed_by
        case Stands.REFUSED:
            return booked.state != "paid"
        case _:
            return True


def against_statement(books: Books, statement: Iterable[StatementLine]) -> tuple[Difference, ...]:
    """Every difference between the ledger's payments and a statement, within the statement's own time."""
    lines = tuple(statement)
    if not lines:
        return ()
    since, until = min(line.at for line in lines), max(line.at for line in lines)
    ended = [slip for slip in books.booked.values() if slip.state in {"paid", "reversed"}]
    paid = [movement for slip in ended for movement in slip.movements()]
    came_back = {(slip.reversed_by, slip.amount) for slip in ended if slip.reversed_by}
    lines = tuple(line for line in lines if (line.reference, line.amount) not in came_back)
    if not lines:
        return ()
    by_reference: dict[str, list[SlipBooked]] = defaultdict(list)
    for slip in paid:
        by_reference[slip.reference].append(slip)
    found = [difference for line in lines for difference in _line(line, by_reference.get(line.reference, []))]
    times = Counter((line.reference, line.direction) for line in lines)
    for (reference, direction), many in sorted(times.items()):
        if many > 1:
            found.append(Difference("statement_twice", reference, f"the account moved {many} times {direction} for it"))
    references = {line.reference for line in lines}
    for slip in sorted(paid, key=lambda each: each.case):
        inside = slip.settled_at is not None and since <= slip.settled_at <= until
        if inside and slip.reference not in references:
            sentence = f"signed as {slip.amount} under {slip.reference}; no line of the statement has it"
            found.append(Difference("statement_lacks", slip.case, sentence))
    return tuple(found)


def _line(line: StatementLine, slips: list[SlipBooked]) -> Iterator[Difference]:
    if not slips:
        sentence = f"line {line.line}: {line.amount} went {line.direction} under {line.reference}; no paid slip has it"
        yield Difference("statement_unknown", line.reference, sentence)
        return
    directions = {PURPOSES[Purpose(slip.purpose)].direction for slip in slips}
    if directions != {line.direction}:
        named = ", ".join(sorted(directions))
        sentence = f"line {line.line}: the account says {line.direction}, the slip {named}"
        yield Difference("statement_direction_differs", slips[0].case, sentence)
    # Finance may pay several slips in one movement under one reference.
    currencies = {slip.amount.currency for slip in slips}
    whole = sum(slip.amount.minor for slip in slips)
    if currencies != {line.amount.currency} or whole != line.amount.minor:
        signed = " + ".join(str(slip.amount) for slip in slips)
        sentence = f"line {line.line}: the account says {line.amount}, the slips {signed}"
        yield Difference("statement_amount_differs", slips[0].case, sentence)

"""A payment gateway with a book of its own that misbehaves on a script, for tests and trials: the twin of a real one.

Its book is the truth about the money: what it says, or does not say, may be anything else. A key is paid once, however
often it is ordered, unless the script says that this gateway pays twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from adapters.payments.orders import Order
from domain.money import Money
from domain.payment.gateway.state import Heard, Stands


class Mood(StrEnum):
    """How the twin takes one new order."""

    PAYS = "pays"
    PENDING_THEN_PAID = "pending_then_paid"
    TIMEOUT_THEN_PAID = "timeout_then_paid"
    TIMEOUT_THEN_NOT = "timeout_then_not"
    HANGS_UP_THEN_PAID = "hangs_up_then_paid"
    ERROR_THEN_PAID = "error_then_paid"
    NOTICE_FIRST = "notice_first"
    NOTICE_LOST = "notice_lost"
    NOTICE_FORGED = "notice_forged"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_ACCOUNT = "wrong_account"
    PAYS_TWICE = "pays_twice"
    REFUSES = "refuses"


class Silence(StrEnum):
    """What comes back instead of an answer; the word that an adapter says of it."""

    TIMEOUT = "timeout"
    HANG_UP = "connection"
    ERROR = "500"


@dataclass(frozen=True)
class Move:
    """Money that left, under the gateway's own reference; at (UTC, as text)."""

    key: str
    reference: str
    amount: Money
    at: str = ""


@dataclass(frozen=True)
class TwinNotice:
    """What the twin tells by itself, and whether somebody else signs it in its name."""

    key: str
    heard: Heard
    forged: bool = False


@dataclass(frozen=True)
class Act:
    """How an order or inquiry is met: with an answer or silence; the notices before it and those after it."""

    answer: Heard | Silence
    before: tuple[TwinNotice, ...] = ()
    after: tuple[TwinNotice, ...] = ()


SILENT = {
    Mood.TIMEOUT_THEN_PAID: Silence.TIMEOUT,
    Mood.HANGS_UP_THEN_PAID: Silence.HANG_UP,
    Mood.ERROR_THEN_PAID: Silence.ERROR,
}
QUIET = {Mood.NOTICE_LOST, Mood.TIMEOUT_THEN_PAID, Mood.ERROR_THEN_PAID}
"""Moods in which no notice is sent, or it is lost."""


@dataclass
class TwinBook:
    """What the twin ordered, paid and refused. `moods` takes the next new orders; then all are paid.

    file: where each line is written and synced before anything is said, to be read again after a kill. `down`: it
    answers nobody.
    """

    moods: list[Mood] = field(default_factory=list[Mood])
    file: Path | None = None
    choose: Callable[[str], Mood] | None = None
    """Chooses a mood by the key once `moods` are used up."""
    moves: list[Move] = field(default_factory=list[Move])
    refused: list[str] = field(default_factory=list[str])
    dropped: list[str] = field(default_factory=list[str])
    down: bool = False
    orders: int = 0
    """Orders that came in, repeats counted."""
    _by_key: dict[str, list[Move]] = field(default_factory=dict[str, list[Move]], repr=False)

    def __post_init__(self) -> None:
        if self.file is not None and self.file.exists():
            for line in self.file.read_text().splitlines():
                self._read(json.loads(line))

    def order(self, order: Order) -> Act:
        """Take an order."""
        self.orders += 1
        if self.down:
            return Act(Silence.HANG_UP)
        if self._knows(order.key):
            return Act(self.stands(order.key))
        return self._act(order, self._mood(order.key))

    def inquire(self, key: str) -> Act:
        """Tell what became of a key; the book does not err."""
        return Act(Silence.HANG_UP) if self.down else Act(self.stands(key))

    def stands(self, key: str) -> Heard:
        """What the book has of a key: the last movement, a refusal, or certainly nothing."""
        found = self.paid(key)
        if found:
            return Heard(Stands.PAID, found[-1].reference, found[-1].amount)
        if key in self.refused:
            return Heard(Stands.REFUSED, reply="account_closed")
        return Heard(Stands.NOT_FOUND, certain=True)

    def paid(self, key: str) -> list[Move]:
        """Every movement of a key."""
        return self._by_key.get(key, [])

    def _mood(self, key: str) -> Mood:
        if self.moods:
            return self.moods.pop(0)
        if key in self.dropped or self.choose is None:
            return Mood.PAYS  # what was lost on the way once is taken the second time
        return self.choose(key)

    def _knows(self, key: str) -> bool:
        return key in self.refused or key in self._by_key

    def _act(self, order: Order, mood: Mood) -> Act:
        if mood is Mood.REFUSES:
            self._note({"refused": order.key})
            return Act(self.stands(order.key))
        if mood is Mood.TIMEOUT_THEN_NOT:
            self._note({"dropped": order.key})
            return Act(Silence.TIMEOUT)
        return self._paying(order, mood)

    def _paying(self, order: Order, mood: Mood) -> Act:
        amount = order.amount
        if mood is Mood.WRONG_AMOUNT:
            amount = Money(amount.minor + 1_000, amount.currency)
        first = self._move(order.key, amount)
        told = TwinNotice(order.key, first)
        if mood is Mood.PAYS_TWICE:
            return Act(first, after=(told, TwinNotice(order.key, self._move(order.key, amount))))
        if mood is Mood.WRONG_ACCOUNT:
            return Act(Heard(Stands.PAID, first.reference, first.amount, "another-account"))
        if mood is Mood.NOTICE_FIRST:
            return Act(first, before=(told,))
        if mood is Mood.NOTICE_FORGED:
            lie = Heard(Stands.PAID, "FORGED-1", amount)
            return Act(Heard(Stands.PENDING), before=(TwinNotice(order.key, lie, forged=True),), after=(told,))
        answer = SILENT.get(mood, Heard(Stands.PENDING) if mood in PENDING else first)
        return Act(answer, after=() if mood in QUIET else (told,))

    def _move(self, key: str, amount: Money) -> Heard:
        reference = f"TW-{len(self.moves) + 1:06d}"
        line: dict[str, object] = {
            "paid": key,
            "reference": reference,
            "minor": amount.minor,
            "currency": amount.currency,
        }
        line |= {"at": datetime.now(UTC).isoformat()}
        self._note(line)
        return Heard(Stands.PAID, reference, amount)

    def _note(self, line: dict[str, object]) -> None:
        if self.file is not None:
            with self.file.open("a") as book:
                book.write(json.dumps(line) + "\n")
                book.flush()
                os.fsync(book.fileno())
        self._read(line)

    def _read(self, line: dict[str, object]) -> None:
        if "paid" in line:
            amount = Money(int(str(line["minor"])), str(line["currency"]))
            move = Move(str(line["paid"]), str(line["reference"]), amount, str(line["at"]))
            self.moves.append(move)
            self._by_key.setdefault(move.key, []).append(move)
        elif "refused" in line:
            self.refused.append(str(line["refused"]))
        else:
            self.dropped.append(str(line["dropped"]))


PENDING = {Mood.PENDING_THEN_PAID, Mood.NOTICE_LOST}


class RecordingGateway:
    """The twin without a net: what an adapter makes of each answer. `notices`: what it told by itself, in order."""

    def __init__(self, book: TwinBook) -> None:
        self.book = book
        self.notices: list[TwinNotice] = []

    async def order(self, order: Order) -> Heard:
        """Have it pay."""
        return self._heard(self.book.order(order))

    async def inquire(self, key: str, number: int) -> Heard:
        """Ask what became of it."""
        del number
        return self._heard(self.book.inquire(key))

    def _heard(self, act: Act) -> Heard:
        self.notices += (*act.before, *act.after)
        return act.answer if isinstance(act.answer, Heard) else Heard(Stands.UNSURE, reply=act.answer.value)

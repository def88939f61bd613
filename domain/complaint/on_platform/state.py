"""A refund request or a dispute on the platform, as a value: whatever the platform told of it, in whatever order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.money import Money
from domain.people import Actor


class MatterKind(StrEnum):
    """Which of the platform's two clocks runs [S]."""

    REFUND_REQUEST = "refund_request"
    """Left to run out, it is paid by the platform by itself."""
    DISPUTE = "dispute"
    """Not answered in time, it costs the shop score."""


class Said(StrEnum):
    """What the platform tells of a matter."""

    OPENED = "opened"
    EXTENDED = "extended"
    APPROVED = "approved"
    """By itself, because the request ran out; the money follows, or came already."""
    PAID = "paid"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


ENDS = frozenset({Said.APPROVED, Said.PAID, Said.DECIDED, Said.WITHDRAWN})
"""After these the shop has nothing more to answer."""


class Favour(StrEnum):
    """For whom the platform decided."""

    CUSTOMER = "customer"
    SHOP = "shop"


class PlatformVerdict(StrEnum):
    """How the shop answers: a refund request is agreed to or refused, a dispute is answered with its evidence."""

    AGREED = "agreed"
    REFUSED = "refused"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Fact:
    """One thing that the platform told; `news` is the platform's own id of it, `at` the platform's own instant (UTC).

    `due_at` comes with what opens or extends a matter, `amount` with what is asked for or paid, `payment`, the
    platform's number of the payment, with what is paid, `favour` with a decision.
    """

    news: str
    said: Said
    at: datetime
    heard_at: datetime
    by: Actor
    due_at: datetime | None = None
    amount: Money | None = None
    payment: str = ""
    favour: Favour | None = None


@dataclass(frozen=True)
class Reminder:
    """The supervisor reminded who has to answer; `whom` is the case's handler then, empty if nobody was [S]."""

    at: datetime
    by: Actor
    whom: str
    note: str = ""


@dataclass(frozen=True)
class AnswerGiven:
    """How the shop answered on the platform, and with what."""

    verdict: PlatformVerdict
    words: str
    evidence: tuple[str, ...]
    at: datetime
    by: Actor


@dataclass(frozen=True)
class Matter:
    """A refund request or dispute. What it is follows from its facts, sorted by the platform's instants: the order in
    which they were heard makes no difference.
    """

    number: int
    kind: MatterKind
    reference: str
    facts: tuple[Fact, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    answer: AnswerGiven | None = None
    unreminded_at: datetime | None = None
    """When it was noticed that a dispute had run out without a reminder on record: the supervisor answers too [S]."""

    @property
    def clock(self) -> str:
        """The name of its clock; the part before the `#` is the policy's row."""
        return f"{self.kind.value}#{self.number}"

    @property
    def opened_at(self) -> datetime:
        """When it began, by the platform's own clock; before that was told, the first instant that was."""
        opened = [fact.at for fact in self.facts if fact.said is Said.OPENED]
        return min(opened or [fact.at for fact in self.facts])

    @property
    def span(self) -> tuple[datetime, datetime | None]:
        """Since when, and until when, the time runs that the platform named last; None: it named none."""
        named = [(fact.at, fact.due_at) for fact in self.facts if fact.due_at is not None]
        return max(named) if named else (self.opened_at, None)

    @property
    def ended_as(self) -> Said | None:
        """What ended it, if it is over: the weightiest of what was told."""
        told = {fact.said for fact in self.facts}
        return next((said for said in (Said.PAID, Said.DECIDED, Said.APPROVED, Said.WITHDRAWN) if said in told), None)

    @property
    def waits(self) -> bool:
        """Whether the shop's answer is waited for."""
        return self.answer is None and self.ended_as is None

    @property
    def amount(self) -> Money | None:
        """What it is about: what was paid, else what was approved, else what was asked for."""
        paid = self.paid
        if paid is not None:
            return paid
        named = [f for f in self.facts if f.amount is not None and f.said in {Said.APPROVED, Said.OPENED}]
        return max(named, key=lambda fact: (fact.said is Said.APPROVED, fact.at)).amount if named else None

    @property
    def paid(self) -> Money | None:
        """What the platform paid for it, each payment once."""
        sums = {fact.payment: fact.amount for fact in self.facts if fact.said is Said.PAID and fact.amount is not None}
        total = list(sums.values())
        return Money(sum(each.minor for each in total), total[0].currency) if total else None

    @property
    def favour(self) -> Favour | None:
        """For whom the platform decided last."""
        decided = [fact for fact in self.facts if fact.said is Said.DECIDED]
        return decided[-1].favour if decided else None

    @property
    def money_leaves(self) -> bool:
        """Whether the platform pays, or is about to, so that nobody else pays the same."""
        told = {fact.said for fact in self.facts}
        return Said.PAID in told or (Said.APPROVED in told and Said.WITHDRAWN not in told)

    @property
    def money_to_come(self) -> bool:
        """Whether it was agreed to or approved, and the payment was not heard of yet."""
        agreed = self.agreed and self.ended_as is None
        return self.paid is None and (agreed or self.money_leaves)

    @property
    def agreed(self) -> bool:
        """Whether the shop agreed to it on the platform."""
        return self.answer is not None and self.answer.verdict is PlatformVerdict.AGREED

    @property
    def ran_out(self) -> bool:
        """Whether it is a request that the platform paid or approved by itself, without the shop's agreement."""
        return self.kind is MatterKind.REFUND_REQUEST and self.money_leaves and not self.agreed


class SettledHow(StrEnum):
    """How an item to recover came to its end."""

    GOODS_BACK = "goods_back"
    MONEY_BACK = "money_back"
    """By another way than a slip of this case: the platform took its payment back, or set it off."""
    BORNE = "borne"
    """The supervisor lets the shop bear it."""


@dataclass(frozen=True)
class SettledItem:
    """What was out came back, or was borne by the shop; `key` names the item."""

    key: str
    amount: Money
    settled_how: SettledHow
    reason: str
    at: datetime
    by: Actor

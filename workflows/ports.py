"""What workflows ask of the world: abstract activities. `activities/` supplies the bodies, one file a port.

What only people do has no port yet. A coupon is issued by the agent in the shop's own system and recorded by
`report_coupon`; a shop with an interface to that system gets a port here, asked by an errand when the part begins,
whose answer is the same record. The part, its clock and its end stay as they are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict

from temporalio import activity
from temporalio.common import RetryPolicy

from domain.casefile import Customer
from domain.instants import minute
from domain.letter_phrases import Text
from domain.money import Money
from domain.payment.gateway.state import Heard
from domain.payment.means import Means
from domain.policy import Language
from domain.quiet import Way
from domain.sealed import Sealed

ONE_CALL = timedelta(seconds=10)
"""For a call of the ledger."""

ONE_ORDER = timedelta(seconds=20)
"""For one word with the payment gateway; after that nobody knows whether it was heard, and it is asked for."""

ONE_LETTER = timedelta(seconds=30)
"""For handing one letter to a mail server."""

FIRST_TRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=15), maximum_attempts=6
)
FIRST_TRIES_WITHIN = timedelta(seconds=45)
"""What does not succeed in these tries stands in "needs a person", within a minute even if each of them hangs."""

LETTER_TRIES = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=2), maximum_attempts=12
)
"""A mail server may be away for some ten minutes more before a person tells the customer. These tries are counted, not
timed, so that a worker that was down does not turn its own absence into work for people."""

MOST_LETTER_TRIES = FIRST_TRIES.maximum_attempts + LETTER_TRIES.maximum_attempts
"""So often a message is tried at most before it falls to a person, or waits for the morning."""

ONCE = RetryPolicy(maximum_attempts=1)
"""What leaves the house with money in it is never sent again by a machine that only lost the answer."""

FOR_EVER = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=1))

WORDS_DO_NOT_OPEN = "words_do_not_open"
"""Type of the error when sealed words do not open under this desk's master key."""


class Tries(TypedDict):
    """How a port is asked: how often, and for how long in all (None: as often as the policy says)."""

    retry_policy: RetryPolicy
    schedule_to_close_timeout: timedelta | None


def first_tries() -> Tries:
    """How a port is asked at first."""
    return Tries(retry_policy=FIRST_TRIES, schedule_to_close_timeout=FIRST_TRIES_WITHIN)


def when_in_words(what: str, at: datetime) -> str:
    """The name of a timer as Temporal's pages show it."""
    return f"{what}, {minute(at)}"


@dataclass(frozen=True)
class LetterOrder:
    """One message to the customer; everything personal in it is sealed.

    `complaint` is the case whose link the customer gets, `utc_offset` the shop's offset in seconds at `queued_at`, by
    which instants are shown.
    """

    case: str
    complaint: str
    shop: str
    number: int
    kind: str
    says: dict[str, str]
    customer: Customer
    language: Language
    link_days: int
    queued_at: datetime
    utc_offset: int
    own: Text | None = None
    """The shop's own text of this message, if its policy has one."""
    tried: int = 0
    """How often it may have been tried before, so that each attempt has a number of its own."""
    ways: tuple[Way, ...] = (Way.EMAIL, Way.PERSON)
    """The first of these that is there is taken."""
    quiet: tuple[Way, ...] = ()
    """Those of them that keep quiet hours: at the case's own instant (`quiet_now`), or from `quiet_from` on (UTC)."""
    quiet_now: bool = False
    quiet_from: datetime | None = None
    round: int = 1
    """1, and one more for each time that a person had it sent again; `asked_by` is who did so last."""
    asked_by: str = ""


@dataclass(frozen=True)
class LetterOutcome:
    """`sent` by machine over the way `how`; or it `waits` for the end of quiet hours; or why a person has to tell."""

    sent: bool
    how: str
    waits: bool = False


@dataclass(frozen=True)
class SumToReserve:
    """What a slip asks the ledger to hold. `refund_key` is unique for good, `freight_cap` bounds the return's freight.

    `receipts` are photo ids; each is paid by one slip only, over all cases of the shop.
    """

    refund_key: str
    shop: str
    complaint: str
    order_index: str
    line: int
    purpose: str
    amount: Money
    freight_cap: Money
    requested_at: datetime
    year: int
    """The shop's calendar year, in which the slip is numbered."""
    day: date
    """The shop's local date, on which sums count for whoever asked for them."""
    asked_by: str
    """The person's id."""
    return_case: str = ""
    receipts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReserveAnswer:
    """The slip's number, or the code and sentence of the ledger's refusal."""

    slip_number: str
    code: str = ""
    sentence: str = ""
    asked_today: Money | None = None
    """What the same person has asked for that day, this sum included; None for money that comes in."""


@dataclass(frozen=True)
class SumToChange:
    """A held sum that is made smaller."""

    refund_key: str
    amount: Money


@dataclass(frozen=True)
class CostToHold:
    """A coupon's value to hold on an order line; `key` is unique for good."""

    key: str
    shop: str
    complaint: str
    order_index: str
    line: int
    amount: Money
    at: datetime


@dataclass(frozen=True)
class CostToSettle:
    """How a held value ended: spent, or released."""

    shop: str
    key: str
    spent: bool
    at: datetime


@dataclass(frozen=True)
class PlatformPaymentToBook:
    """What the platform paid by itself; `reference` is its own number, unique in the shop."""

    shop: str
    complaint: str
    order_index: str
    line: int
    amount: Money
    reference: str
    paid_at: datetime


@dataclass(frozen=True)
class LedgerAnswer:
    """Code and sentence of the ledger's refusal, both empty when it did what it was asked; `over`: what is too much."""

    code: str = ""
    sentence: str = ""
    over: Money | None = None


@dataclass(frozen=True)
class LineUnits:
    """So many units of an order's line."""

    line: int
    quantity: int


@dataclass(frozen=True)
class UnitsToCount:
    """Units of an order's lines that go back under a return."""

    shop: str
    complaint: str
    return_case: str
    order_index: str
    lines: tuple[LineUnits, ...]
    at: datetime


@dataclass(frozen=True)
class SumToSettle:
    """How a slip ended: paid with finance's reference, or released."""

    refund_key: str
    paid: bool
    reference: str
    by: str
    at: datetime


@dataclass(frozen=True)
class PartToBook:
    """One movement of a slip that is paid in several; `by` is a person's id."""

    refund_key: str
    number: int
    amount: Money
    reference: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SumToReverse:
    """A paid slip whose money came back; `reference` is the bank's or gateway's own, `paid` how it was paid."""

    paid: SumToSettle
    reference: str
    at: datetime


@dataclass(frozen=True)
class OrderToPay:
    """What the payment gateway is asked to pay. `slip_number` is its key there, the same however often it is sent.

    `account` is sealed; `account_mark` is the mark by which the gateway names it back.
    """

    shop: str
    case: str
    slip_number: str
    amount: Money
    purpose: str
    means: Means
    account: Sealed | None = None
    account_mark: str = ""


@dataclass(frozen=True)
class OrderToAskAfter:
    """A slip that the gateway is asked after, for the `number`-th time."""

    shop: str
    case: str
    slip_number: str
    number: int


@dataclass(frozen=True)
class GatewayAnswer:
    """What the gateway said, and its id here; empty without one."""

    heard: Heard
    gateway: str = ""


class PaymentGateway(ABC):
    """The shop's payment gateway. Without one, every slip falls to finance: a person pays and signs."""

    @abstractmethod
    @activity.defn(name="send_payment")
    async def send(self, order: OrderToPay) -> GatewayAnswer:
        """Send one order, once. What is not certain is told as `unsure`, never raised as if it could be sent again."""

    @abstractmethod
    @activity.defn(name="ask_after_payment")
    async def ask_after(self, order: OrderToAskAfter) -> GatewayAnswer:
        """Ask what became of an order; changes nothing there."""


class CustomerLine(ABC):
    """The way to the customer."""

    @abstractmethod
    @activity.defn(name="tell_the_customer")
    async def tell(self, letter: LetterOrder) -> LetterOutcome:
        """Send one message; each attempt and its result stand in the delivery ledger. Safe to repeat."""


class MoneyLedger(ABC):
    """The account of every order line."""

    @abstractmethod
    @activity.defn(name="reserve_sum")
    async def reserve(self, sum_: SumToReserve) -> ReserveAnswer:
        """Hold the sum and give the slip its number; the same key again gets the same answer."""

    @abstractmethod
    @activity.defn(name="settle_sum")
    async def settle(self, sum_: SumToSettle) -> None:
        """Book the payment, or release the sum. Safe to repeat.

        Raises:
            ApplicationError: type `already_paid`, when the ledger knows another payment under this key.
        """

    @abstractmethod
    @activity.defn(name="book_part")
    async def book_part(self, part: PartToBook) -> None:
        """Book a part of a slip that is paid in several; the sum stays held. Safe to repeat.

        Raises:
            ApplicationError: the ledger holds no such sum, or knows another movement under that number.
        """

    @abstractmethod
    @activity.defn(name="reverse_sum")
    async def reverse(self, sum_: SumToReverse) -> None:
        """Give a paid sum back to the line, because the money came back. Safe to repeat.

        Raises:
            ApplicationError: the ledger knows no such payment.
        """

    @abstractmethod
    @activity.defn(name="change_sum")
    async def change(self, sum_: SumToChange) -> None:
        """Hold a smaller sum. Safe to repeat.

        Raises:
            ApplicationError: the ledger holds no such sum any more.
        """

    @abstractmethod
    @activity.defn(name="hold_cost")
    async def hold_cost(self, cost: CostToHold) -> LedgerAnswer:
        """Hold a coupon's value under the ceiling of the order line; the same key again gets the same answer."""

    @abstractmethod
    @activity.defn(name="settle_cost")
    async def settle_cost(self, cost: CostToSettle) -> None:
        """Book the value as spent, or release it. Safe to repeat."""

    @abstractmethod
    @activity.defn(name="book_platform_payment")
    async def book_platform_payment(self, paid: PlatformPaymentToBook) -> LedgerAnswer:
        """Count what the platform paid, whatever the ceiling says; safe to repeat.

        The answer refuses a payment that another case has on record, and tells what the line gave back too much.
        """


class GoodsRegister(ABC):
    """How many units of every order line went back, over all cases."""

    @abstractmethod
    @activity.defn(name="hold_units")
    async def hold_units(self, units: UnitsToCount) -> LedgerAnswer:
        """Count these units as going back: all of them, or none with the reason. Safe to repeat."""

    @abstractmethod
    @activity.defn(name="count_units")
    async def count_units(self, units: UnitsToCount) -> LedgerAnswer:
        """Count so many units as gone back under this return, whatever that makes in sum. Safe to repeat.

        The answer's sentence says what is now more than was bought; empty if nothing is.
        """

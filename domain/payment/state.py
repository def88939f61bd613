"""A slip as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import CaseFile, Customer
from domain.charge import NOBODYS, Charge
from domain.money import Money
from domain.payment.gateway.state import UNTOUCHED, AtGateway
from domain.payment.means import Agreed, Means
from domain.payment.parting.state import PaidPart
from domain.payment.purposes import PURPOSES, Direction, Purpose
from domain.people import Actor
from domain.policy import PinnedPolicy
from domain.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class OpenPayment:
    """Everything that asks for a slip; the start input of its workflow.

    `case` is also the refund key, unique for good in the ledger. `purpose` is one of `domain/payment/purposes.py`.
    `case_sum` is the sum of all that the complaint pays out, this one included. `proposed_by` proposed the remedy;
    `earlier_askers` are the ids of those who asked for slips of the same purpose before. Freight names the return
    under whose cap it counts, and the photo ids of its receipts [T]. `rule` are the tags of the rule that allows it;
    `payer` is the party who pays what comes in; `agreed` is another way for what goes out than the original one.
    """

    case: str
    shop: str
    parent: str
    customer: Customer
    pinned: PinnedPolicy
    order: Sealed | None
    order_index: str | None
    line: int
    purpose: str
    amount: Money
    reason: str
    remark: str
    requested_by: Actor
    case_sum: Money
    proposed_by: Actor | None = None
    earlier_askers: tuple[str, ...] = ()
    return_case: str = ""
    receipts: tuple[str, ...] = ()
    charge: Charge = NOBODYS
    rule: str = ""
    payer: str = ""
    agreed: Agreed | None = None


@dataclass(frozen=True)
class Approval:
    """One signature under a slip."""

    by: Actor
    at: datetime
    amount: Money
    """The sum that was signed for; a slip of another sum needs another signature [T]."""


@dataclass(frozen=True)
class Change:
    """A sum that was changed before it went to finance, and the signatures that fell with it."""

    was: Money
    by: Actor
    at: datetime
    reason: str
    fallen: tuple[Approval, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Payment(CaseFile):
    """A slip as it stands. `slip_number` comes from the ledger with the reservation; `reference` from finance."""

    line: int
    purpose: str
    amount: Money
    reason: str
    remark: str
    requested_by: Actor
    case_sum: Money
    proposed_by: Actor | None = None
    earlier_askers: tuple[str, ...] = ()
    return_case: str = ""
    receipts: tuple[str, ...] = ()
    charge: Charge = NOBODYS
    rule: str = ""
    payer: str = ""
    slip_number: str = ""
    asked_today: Money | None = None
    """What its asker has asked for on the same day of the shop, this sum included, as the ledger counted it."""
    changes: tuple[Change, ...] = ()
    in_ledger: Money | None = None
    """The sum that the ledger holds, once it does; another one than the slip's is about to be booked."""
    amount_told: Money | None = None
    """The sum that the complaint knows, if it is another one than was asked for."""
    approvals: tuple[Approval, ...] = ()
    handed_at: datetime | None = None
    """When the needed approvals were there; from then on finance may have paid, so nobody else ends the slip."""
    reference: str = ""
    paid_at: datetime | None = None
    paid_by: Actor | None = None
    note: str = ""
    held: bool = False
    """Whether it waits because what it pays for is in doubt."""
    holds_told: int = 0
    booked: bool = False
    """Whether the ledger knows the end: paid, or released."""
    reported: str = ""
    agreed: Agreed | None = None
    """Another way than the original one, as it was agreed with the customer [T]."""
    gateway: AtGateway = UNTOUCHED
    parts: tuple[PaidPart, ...] = ()
    """Movements of a slip that is paid in several; empty when it is paid at once."""

    @property
    def rest(self) -> Money:
        """What is left to be paid."""
        return Money(self.amount.minor - sum(part.amount.minor for part in self.parts), self.amount.currency)

    @property
    def means(self) -> Means:
        """By which means it is paid out."""
        return Means.ORIGINAL if self.agreed is None else self.agreed.means

    @property
    def account_mark(self) -> str:
        """The blind mark of the account that it goes to; empty for the original one."""
        return "" if self.agreed is None else self.agreed.account_mark

    @property
    def direction(self) -> Direction:
        """Which way its money goes."""
        return PURPOSES[Purpose(self.purpose)].direction

    @property
    def approvals_needed(self) -> int:
        """One; two when the case's payments exceed the policy's limit in sum, so that splitting does not help [T].

        Two as well when its asker has asked for more than the policy lets one person on one day, over all cases [O].
        Money that comes in needs one. What was handed to finance stays as it was signed: later payments of the case
        carry the second signature.
        """
        if self.handed_at is not None:
            return len(self.approvals)
        if self.direction is Direction.IN:
            return 1
        policy = self.pinned.policy
        limit, today = policy.asker_limit_a_day.value, self.asked_today
        a_lot = today is not None and (today.currency != limit.currency or today > limit)
        return 2 if a_lot or self.case_sum > policy.second_approver_above.value else 1

    @property
    def reserved(self) -> bool:
        """Whether the ledger holds a sum for this slip."""
        return self.slip_number != ""

    @property
    def to_book(self) -> bool:
        """Whether the ledger still holds another sum than the slip's."""
        return self.reserved and self.in_ledger != self.amount

    @property
    def to_tell(self) -> bool:
        """Whether the complaint still knows another sum than the slip's, which the ledger holds."""
        return bool(self.changes) and not self.to_book and self.amount_told != self.amount

    @property
    def with_finance(self) -> bool:
        """Whether finance may pay."""
        return self.handed_at is not None and self.closed_at is None

    @property
    def signers(self) -> tuple[str, ...]:
        """People who have a hand in the slip already: no two parts are played by one person [O]."""
        proposer = (self.proposed_by.person,) if self.proposed_by is not None else ()
        approvers = tuple(approval.by.person for approval in self.approvals)
        changers = tuple(change.by.person for change in self.changes)
        return (self.requested_by.person, *proposer, *self.earlier_askers, *changers, *approvers)

"""A slip as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.casefile import CaseFile, Customer
from domain.charge import NOBODYS, Charge
from domain.money import Money
from domain.people import Actor
from domain.policy import PinnedPolicy
from domain.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class OpenPayment:
    """Everything that asks for a slip; the start input of its workflow.

    `case` is also the refund key, unique for good in the ledger. `purpose` is refund, compensation or freight.
    `case_sum` is the sum of all payments of the complaint, this one included. `proposed_by` proposed the remedy;
    `earlier_askers` are the ids of those who asked for slips of the same purpose before. Freight names the return
    under whose cap it counts, and the photo ids of its receipts [T].
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


@dataclass(frozen=True)
class Approval:
    """One signature under a slip."""

    by: Actor
    at: datetime


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
    slip_number: str = ""
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

    @property
    def approvals_needed(self) -> int:
        """One; two when the case's payments exceed the policy's limit in sum, so that splitting does not help [T].

        What was handed to finance stays as it was signed: later payments of the case carry the second signature.
        """
        if self.handed_at is not None:
            return len(self.approvals)
        return 2 if self.case_sum > self.pinned.policy.second_approver_above.value else 1

    @property
    def reserved(self) -> bool:
        """Whether the ledger holds the sum for this slip."""
        return self.slip_number != ""

    @property
    def with_finance(self) -> bool:
        """Whether finance may pay."""
        return self.handed_at is not None and self.closed_at is None

    @property
    def signers(self) -> tuple[str, ...]:
        """People who have a hand in the slip already: no two parts are played by one person [O]."""
        proposer = (self.proposed_by.person,) if self.proposed_by is not None else ()
        approvers = tuple(approval.by.person for approval in self.approvals)
        return (self.requested_by.person, *proposer, *self.earlier_askers, *approvers)

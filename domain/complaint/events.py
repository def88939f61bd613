"""What happens to a complaint, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from domain.casefile import Event, TimeActed
from domain.charge import Charge
from domain.complaint.children import PaymentOf, ReturnOf
from domain.complaint.problems import RemedyKind
from domain.complaint.state import CallTry, Judgement, Proposal
from domain.goods_return.lines import LineStanding
from domain.money import Money
from domain.order import OrderFacts
from domain.sealed import Sealed
from domain.shipment import Shipment


@dataclass(frozen=True, kw_only=True)
class ComplaintOpened(Event):
    """The ticket was generated; `at` is the instant of receipt."""


@dataclass(frozen=True, kw_only=True)
class FactsSupplied(Event):
    """Missing facts came in; None means unchanged."""

    handles = True

    line: int | None
    quantity: int | None
    order: Sealed | None
    order_index: str | None
    description: Sealed | None
    phone: Sealed | None
    phone_index: str | None
    email: Sealed | None
    signed_for: bool | None = None


@dataclass(frozen=True, kw_only=True)
class OrderVerified(Event):
    """The order is registered, and line and quantity fit it."""

    handles = True

    facts: OrderFacts


@dataclass(frozen=True, kw_only=True)
class CustomerGreeted(Event):
    """An agent greeted the customer with this name."""

    handles = True

    name: str


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(Event):
    """The customer was told how it goes on; `expected_by` is an instant (RFC 3339, UTC) or words."""

    handles = True

    process: str
    expected_by: str
    next_step: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class CustomerCalled(Event):
    """An agent called a silent customer."""

    handles = True

    call: CallTry


@dataclass(frozen=True, kw_only=True)
class NoAnswerDeclared(Event):
    """The case was filed as unanswered; it may be opened again."""

    handles = True

    reason: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Reopened(Event):
    """A late message of the customer opened the case again."""

    because: str


@dataclass(frozen=True, kw_only=True)
class Judged(Event):
    """An agent judged."""

    handles = True

    judgement: Judgement


@dataclass(frozen=True, kw_only=True)
class ClaimRefused(Event):
    """The claim was refused."""

    handles = True

    reason: str


@dataclass(frozen=True, kw_only=True)
class RemedyProposed(Event):
    """A remedy was proposed."""

    handles = True

    proposal: Proposal


@dataclass(frozen=True, kw_only=True)
class ProposalAccepted(Event):
    """The customer agreed."""

    proposal: int
    heard_on: str


@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(Event):
    """The customer refused."""

    proposal: int
    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class ProposalCountered(Event):
    """The customer asked for something else."""

    proposal: int
    kind: RemedyKind
    refund: Money | None
    words: Sealed


@dataclass(frozen=True, kw_only=True)
class ShipmentReported(Event):
    """The customer reported a parcel; one known already stands here again with the freight or receipt it lacked."""

    shipment: Shipment


@dataclass(frozen=True, kw_only=True)
class ReturnStarted(Event):
    """A return of its own began."""

    part: ReturnOf


@dataclass(frozen=True, kw_only=True)
class ReturnTold(Event):
    """A return was told of the customer's parcels, or what is to be done with the goods."""

    return_case: str
    shipments: int
    settled_as: str
    lines: tuple[int, ...] = ()
    """Lines of the order that were added to it."""


@dataclass(frozen=True, kw_only=True)
class PaymentTold(Event):
    """A slip was told that the payments of the case have grown."""

    payment_case: str
    case_sum: Money


@dataclass(frozen=True, kw_only=True)
class PaymentHeld(Event):
    """A slip was told to wait, or to wait no longer; `told` counts how often."""

    payment_case: str
    held: bool
    told: int
    void: str = ""
    """Why it is void: the platform has paid instead."""


@dataclass(frozen=True, kw_only=True)
class ChargeTold(Event):
    """A return or slip was told how urgent the matter is now, and in whose charge."""

    part: str
    charge: Charge


@dataclass(frozen=True, kw_only=True)
class ReturnNewsTaken(Event):
    """A return told how it stands."""

    return_case: str
    result: str
    announced: int
    accepted: int
    findings: str
    lines: tuple[LineStanding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AllowedDespiteInspection(Event):
    """The supervisor let the remedy stand although the inspection failed."""

    handles = True

    proposal: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class PaymentStarted(Event):
    """A slip was asked for."""

    part: PaymentOf


@dataclass(frozen=True, kw_only=True)
class PaymentNewsTaken(Event):
    """A slip told what became of it."""

    payment_case: str
    result: str
    reference: str
    note: str


@dataclass(frozen=True, kw_only=True)
class SlipAskedAgain(Event):
    """A slip that came to nothing was asked for again."""

    handles = True

    slip: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CallBackTried(Event):
    """The call-back desk did not reach the customer."""

    call: CallTry
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerSatisfied(Event):
    """The customer said so."""

    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerDissatisfied(Event):
    """The customer is not satisfied; the case goes back to the agent."""

    reason: Sealed


@dataclass(frozen=True, kw_only=True)
class ComplaintClosed(Event):
    """The case is closed and filed."""

    outcome: str
    reason: str = ""
    words: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class ReopeningEnded(TimeActed):
    """The window in which a late answer opens the case again is over."""

    @property
    def timer(self) -> str:
        """As figures name it."""
        return "reopening"

"""The catalogue of a complaint's steps: each a message with an imperative name; the API's routes are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from domain.complaint.offering.state import Part
from domain.complaint.parties import Party, Share
from domain.complaint.problems import RemedyKind
from domain.complaint.roles import AGENTS, CUSTOMERS_WORD, DESK_HEADS
from domain.complaint.state import Channel, Extent, Severity
from domain.goods_return.lines import LineStanding
from domain.limits import Length, Quantity, Reason, Says, ShortText
from domain.money import Money
from domain.order import OrderFacts
from domain.people import Role
from domain.sealed import Sealed
from domain.steps import Step

Carrier = Annotated[ShortText, Says("The courier company.", "SF Express")]
Tracking = Annotated[str, Length(4, 64), Says("Tracking number as on the courier's receipt.", "SF1234567890")]


@dataclass(frozen=True, kw_only=True)
class SupplyFacts(Step):
    """Facts that the ticket lacked [D][F]; line and quantity may be corrected while the order is not verified."""

    roles = (*CUSTOMERS_WORD, Role.INTEGRATION)
    source = "D,F"
    summary = "Supply what was missing when the case was opened."

    line: Annotated[int | None, Says("Line of the order.", 1)] = None
    quantity: Quantity | None = None
    order: Annotated[Sealed | None, Length(1, 64), Says("The shop's order number.", "T-2026-1001")] = None
    order_index: Annotated[str | None, Says("hidden")] = None
    """Mark of the order that is named here, or else of the one whose facts come along."""
    order_facts: Annotated[OrderFacts | None, Says("hidden")] = None
    description: Annotated[Sealed | None, Length(1, 4000), Says("What is wrong, and where.")] = None
    phone: Annotated[Sealed | None, Length(5, 32), Says("The customer's phone.")] = None
    phone_index: Annotated[str | None, Says("hidden")] = None
    email: Annotated[Sealed | None, Length(5, 254), Says("The customer's e-mail.")] = None
    signed_for: Annotated[bool | None, Says("Whether the parcel was taken in; false when refused at the door.")] = None


@dataclass(frozen=True, kw_only=True)
class VerifyOrder(Step):
    """The shop has registered the order: the facts are checked against it [F]. The API's edge adds the order."""

    roles = (Role.AGENT, Role.SUPERVISOR, Role.INTEGRATION)
    source = "F"
    summary = "Check the case against the order that the shop has registered meanwhile."

    order_index: Annotated[str | None, Says("hidden")] = None
    order_facts: Annotated[OrderFacts | None, Says("hidden")] = None


@dataclass(frozen=True, kw_only=True)
class Greet(Step):
    """An agent greeted the customer who wrote on a chat, with the agent's own name [D]."""

    roles = AGENTS
    source = "D,T"
    summary = "Record that you greeted the customer on the chat, with your name."


@dataclass(frozen=True, kw_only=True)
class GiveFeedback(Step):
    """First substantive feedback: process, expected time, next step [F]."""

    roles = AGENTS
    source = "F"
    summary = "Tell the customer how it goes on: process, expected time, next step."

    process: Annotated[str, Length(1, 2000), Says("How the matter is gone about.", "Our buyer checks the batch.")]
    expected_by: Annotated[
        str,
        Length(1, 200),
        Says("When a result can be expected: an instant in RFC 3339, or words.", "2026-03-06T18:00:00+08:00"),
    ]
    next_step: Annotated[str, Length(1, 1000), Says("What happens next.", "We send you a proposal.")]
    words: Annotated[str, Length(0, 4000), Says("What else there is to say.")] = ""


@dataclass(frozen=True, kw_only=True)
class RecordCall(Step):
    """A person called a customer who did not answer the reminders [F]."""

    roles = AGENTS
    source = "F"
    summary = "Record a call to a customer who has not answered."

    reached: Annotated[bool, Says("Whether the customer was spoken to.", False)]
    note: Annotated[str, Says("What came of it, in the agent's words; no names.", "")] = ""


@dataclass(frozen=True, kw_only=True)
class DeclareNoAnswer(Step):
    """A person ends the waiting, with a reason and a message to the customer; never in silence [F][O]."""

    roles = AGENTS
    source = "F,O"
    summary = "File the case as unanswered; a late photo opens it again within the policy's window."

    reason: Reason
    message: Annotated[str, Length(3, 1000), Says("What the customer is told.")]


@dataclass(frozen=True, kw_only=True)
class Judge(Step):
    """Who is responsible, how severe, how common, and what fault the warehouse has to look for [T][F][S]."""

    roles = AGENTS
    source = "T,F,S"
    summary = "Judge the complaint; a later judgement replaces an earlier one, which stays on record."

    fault_confirmed: Annotated[bool, Says("Whether the complaint is justified.", True)]
    responsible: Party
    severity: Severity
    extent: Extent = Extent.ONE
    fault: Annotated[str, Length(0, 400), Says("The fault to look for, for the return register.", "cracked handle")] = (
        ""
    )
    place: Annotated[str, Length(0, 200), Says("Where on the goods it is.", "left side, near the rim")] = ""
    reason: Annotated[str, Length(0, 1000), Says("Why it is judged anew; needed from the second time on.")] = ""
    shares: Annotated[
        tuple[Share, ...], Length(0, 6), Says("Who answers for how much; empty: the responsible party for all.")
    ] = ()


@dataclass(frozen=True, kw_only=True)
class RefuseClaim(Step):
    """The claim is not justified; the customer is told why, and called back as after any outcome [F]."""

    roles = AGENTS
    source = "F"
    summary = "Refuse the claim with a reason that the customer is told."

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class ProposeRemedy(Step):
    """A solution, explained; the customer confirms before it is carried out [F]."""

    roles = AGENTS
    source = "F,T"
    summary = "Propose a remedy; a new proposal replaces one that is still unanswered."

    kind: RemedyKind
    refund: Annotated[Money | None, Says("The sum offered by the main part; none for one that pays nothing.")] = None
    freight: Annotated[bool, Says("Whether the customer's return freight is repaid, up to the policy's cap [S].")] = (
        True
    )
    words: Annotated[str, Length(1, 2000), Says("The explanation that the customer reads.")]
    worth: Annotated[
        Money | None, Says("A coupon's value; for goods sent or work done, what it costs the shop with its freight.")
    ] = None
    what: Annotated[str, Length(0, 200), Says("What is sent or put right, for the desk that does it; no names.")] = ""
    also: Annotated[
        tuple[Part, ...],
        Length(0, 10),
        Says("Further parts: coupon, apology, correction, compensation, reshipment."),
    ] = ()
    apology: Annotated[str, Length(0, 2000), Says("The written apology; empty: `words` serve as it.")] = ""
    goodwill: Annotated[bool, Says("Offered although fault or evidence is missing: the supervisor approves.")] = False
    override: Annotated[
        str,
        Length(0, 1000),
        Says("Why the goods may come back although the rule says no: another supervisor approves; no names."),
    ] = ""


@dataclass(frozen=True, kw_only=True)
class AcceptProposal(Step):
    """The customer agrees [F]."""

    roles = CUSTOMERS_WORD
    source = "F"
    summary = "Accept the proposal."

    proposal: Annotated[int, Says("Number of the proposal that is accepted.", 1)]
    heard_on: Annotated[Channel | None, Says("For an agent: where the customer said so.", "phone")] = None


@dataclass(frozen=True, kw_only=True)
class DeclineProposal(Step):
    """The customer refuses, with a reason; the agent proposes again."""

    roles = CUSTOMERS_WORD
    source = "F"
    summary = "Refuse the proposal, with a reason."

    proposal: Annotated[int, Says("Number of the proposal that is refused.", 1)]
    reason: Annotated[Sealed, Length(1, 2000), Says("Why, in the customer's words.")]
    heard_on: Annotated[Channel | None, Says("For an agent: where the customer said so.", "phone")] = None


@dataclass(frozen=True, kw_only=True)
class CounterPropose(Step):
    """The customer asks for something else."""

    roles = CUSTOMERS_WORD
    source = "F"
    summary = "Answer the proposal with a proposal of the customer's own."

    proposal: Annotated[int, Says("Number of the proposal that is answered.", 1)]
    kind: RemedyKind
    refund: Annotated[Money | None, Says("The sum asked for.")] = None
    words: Annotated[Sealed, Length(1, 2000), Says("What the customer wants, and why.")]
    heard_on: Annotated[Channel | None, Says("For an agent: where the customer said so.", "phone")] = None


@dataclass(frozen=True, kw_only=True)
class ReportShipment(Step):
    """The customer reports carrier, tracking number and freight paid; in any order with the instructions [S]."""

    roles = CUSTOMERS_WORD
    source = "S"
    summary = "Report a parcel on its way back, or add freight or receipt to one reported before."

    carrier: Carrier
    tracking: Tracking
    freight: Annotated[Money | None, Says("What the customer paid the courier.")] = None
    receipt: Annotated[str | None, Length(64, 64), Says("Id of a photo that was sent to /evidence as receipt.")] = None


@dataclass(frozen=True, kw_only=True)
class AllowDespiteInspection(Step):
    """The supervisor's exception: the agreed remedy is carried out although the inspection failed [S][O]."""

    roles = DESK_HEADS
    source = "S,O"
    summary = "Carry out the agreed refund although the inspection failed, with a reason."

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class RequestSlip(Step):
    """A slip that came to nothing is asked for again, under a new number [T]."""

    roles = AGENTS
    source = "T"
    summary = "Ask again for a payment whose slip was rejected, voided or could not be paid."

    slip: Annotated[str, Length(1, 64), Says("The case number of the slip that came to nothing.", "AS-2026-000001-P1")]
    reason: Reason


class CallResult(StrEnum):
    """What came of a call-back."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, kw_only=True)
class RecordCallBack(Step):
    """The promised call after completion, by a desk other than the handler's [D][E][S]."""

    roles = (Role.CALL_BACK, Role.SUPERVISOR)
    source = "D,E,S"
    summary = "Record the call-back: satisfied, not satisfied (with the customer's reason) or not reached."

    result: CallResult
    words: Annotated[Sealed | None, Length(1, 2000), Says("What the customer said; needed when not satisfied.")] = None


@dataclass(frozen=True, kw_only=True)
class CloseCase(Step):
    """The supervisor closes with a reason: unsatisfied for good, not reached, or in trouble [S][O]."""

    roles = DESK_HEADS
    source = "S,O"
    summary = "Close the case with a reason; satisfaction is not assumed."

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Withdraw(Step):
    """The customer cancels while nothing irreversible was done."""

    roles = CUSTOMERS_WORD
    source = "O"
    summary = "Withdraw the complaint while no goods are on their way back and no payment was asked for."

    reason: Annotated[Sealed | None, Length(1, 2000), Says("Why, in the customer's words.")] = None


@dataclass(frozen=True, kw_only=True)
class TakeReturnNews(Step):
    """A return tells its complaint how it ended or what the inspection found."""

    roles = (Role.DESK,)
    by_machine = True

    return_case: str
    result: str
    announced: int
    accepted: int
    findings: str
    lines: tuple[LineStanding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TakePaymentNews(Step):
    """A slip tells its complaint what became of it."""

    roles = (Role.DESK,)
    by_machine = True

    payment_case: str
    result: str
    reference: str
    note: str

"""A complaint as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.casefile import CaseFile, Customer
from domain.complaint.assigning.state import ActingFor, Assignment, Choice
from domain.complaint.children import PaymentOf, ReturnOf
from domain.complaint.claiming.state import Claim
from domain.complaint.disproving.state import DisprovedPromise
from domain.complaint.eligible.state import GoodsCondition
from domain.complaint.fulfilling.state import Fulfilment
from domain.complaint.lines.state import ClaimedLine, LineCount
from domain.complaint.linking.state import Link, Merge, TakenIn, WordOwed
from domain.complaint.looking_into.state import CheckMade, Exemption, Explanation, OutsidePromise, RecordItem
from domain.complaint.offering.state import Part
from domain.complaint.on_platform.state import Matter, SettledItem
from domain.complaint.parties import WHOLE, Party, Share
from domain.complaint.priority.state import NOTHING_SAID, Answers, OwnLevel
from domain.complaint.problems import PROBLEMS, Extent, FaultKind, Problem, RemedyKind
from domain.complaint.promises.state import Contact, Promise
from domain.complaint.recall.state import Recall
from domain.complaint.recovering.state import Recovered
from domain.complaint.replaced.state import AboutReplacement
from domain.complaint.requests.state import Request
from domain.complaint.sorting.state import Remark, Sorted
from domain.complaint.stopping.state import StopRequest
from domain.complaint.sums.state import Incoming, PlatformPayment, PriceDifference
from domain.complaint.watching.state import WatchedParcel
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.payment.means import Agreed
from domain.people import Actor, Role
from domain.policy import PinnedPolicy
from domain.sealed import Sealed
from domain.shipment import Shipment


class Channel(StrEnum):
    """By which way the complaint came [E][F][S]."""

    PHONE = "phone"
    WEB = "web"
    APP = "app"
    EMAIL = "email"
    CHAT = "chat"
    WECHAT = "wechat"
    WEIBO = "weibo"
    QQ = "qq"
    WANGWANG = "wangwang"
    LETTER = "letter"
    VISIT = "visit"
    API = "api"


class Severity(StrEnum):
    """How bad it is [F]."""

    MINOR = "minor"
    SERIOUS = "serious"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Judgement:
    """What the agent found; `fault` and `place` are the entry in the return register that the warehouse checks [S]."""

    fault_confirmed: bool
    responsible: Party
    severity: Severity
    extent: Extent
    fault: str
    place: str
    at: datetime
    by: Actor
    problem: Problem = Problem.QUALITY
    """What was judged; a judgement of another problem stays on record and no longer counts."""
    reason: str = ""
    """Why it was judged anew."""
    shares: tuple[Share, ...] = ()
    """Who answers for how much; empty: the responsible party for all of it."""

    @property
    def by_shares(self) -> tuple[Share, ...]:
        """Who answers for how much, 100 in sum."""
        return self.shares or (Share(self.responsible, WHOLE),)


class ProposalState(StrEnum):
    """Where a proposal stands: with whoever has to approve it, or how the customer took it."""

    TO_APPROVE = "to_approve"
    REJECTED = "rejected"
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    COUNTERED = "countered"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    """Nobody answered it, the case was filed, and it was no longer good when the customer came back."""


@dataclass(frozen=True)
class Proposal:
    """A remedy proposed to the customer; `refund` is the sum offered, `freight` whether the return freight is repaid.

    `answer` is the customer's own words (sealed), `counter_*` what the customer asks for instead.
    """

    number: int
    kind: RemedyKind
    refund: Money | None
    freight: bool
    words: str
    at: datetime
    by: Actor
    state: ProposalState = ProposalState.OPEN
    answered_at: datetime | None = None
    answer: Sealed | None = None
    counter_kind: RemedyKind | None = None
    counter_refund: Money | None = None
    worth: Money | None = None
    what: str = ""
    also: tuple[Part, ...] = ()
    """Further parts of the same remedy, beside the main one."""
    apology: str = ""
    """The written apology; empty: `words` are all that is said."""
    cost: Money | None = None
    """What it costs the shop in all: sums, coupons, goods and their freight; return freight comes on top."""
    borne_by: Party = Party.SHOP
    rule: str = ""
    """Tags of the rule that allows it."""
    goodwill: bool = False
    """Whether it is offered outside the rule: the fault is not confirmed, or its evidence is missing."""
    valid_until: datetime | None = None
    """Until when the customer can accept it; None while it was not offered yet."""
    approver: Role | None = None
    """Who has to approve it before the customer sees it; None: nobody."""
    eligible: str = ""
    """What the rule on returned goods said of it: yes, no or ask_a_person; empty where it says nothing."""
    override: str = ""
    """Why it is proposed although that says no: a supervisor other than its proposer approves [O]."""
    decided_by: Actor | None = None
    """Who approved or rejected it."""
    rejected_because: str = ""
    platform_known: int = 0
    """How many payments of the platform were known when it was made: later ones count against its sums."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The main part and those beside it."""
        return (Part(self.kind, self.refund, self.worth, self.what), *self.also)

    def ended_by(self, now: datetime) -> bool:
        """Whether it was offered and can no longer be accepted."""
        return self.valid_until is not None and now >= self.valid_until


@dataclass(frozen=True)
class CallTry:
    """One try to reach the customer by phone; `day` is the desk's local date."""

    at: datetime
    day: date
    reached: bool
    by: Actor
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenComplaint:
    """Everything that opens a complaint; the start input of its workflow.

    `received_at` is the true instant of receipt (UTC): clocks count from it [E]. What is None is missing and will be
    asked for. `order_facts` is None while the shop has not registered the order.
    """

    case: str
    shop: str
    received_at: datetime
    opened_by: Actor
    problem: Problem
    channel: Channel
    customer: Customer
    pinned: PinnedPolicy
    fingerprint: str
    order: Sealed | None = None
    order_index: str | None = None
    order_facts: OrderFacts | None = None
    line: int | None = None
    quantity: int | None = None
    further: tuple[ClaimedLine, ...] = ()
    """Further lines of the same order that the case is about."""
    condition: GoodsCondition | None = None
    """How the goods are, in the customer's word; None: nobody said."""
    direct: bool = False  # whether it opens as a return that the rule alone may agree to
    description: Sealed | None = None
    fault_kind: FaultKind | None = None
    signed_for: bool | None = None
    """Whether the customer took the parcel in; asked for where the problem's evidence depends on it [T]."""
    answers: Answers = NOTHING_SAID
    """What is known of the four questions when the case opens [F]."""
    assigned: Choice | None = None
    """Where the desk puts the case, chosen by the API's edge from who is on duty then [F]."""
    about: AboutReplacement | None = None
    """The replacement that it complains of; None: of what was sent first."""


@dataclass(frozen=True, kw_only=True)
class Complaint(CaseFile):
    """A complaint as it stands."""

    problem: Problem
    channel: Channel
    opened_by: Actor
    facts: OrderFacts | None = None
    line: int | None = None
    quantity: int | None = None
    further: tuple[ClaimedLine, ...] = ()
    """Lines that are claimed beside the first."""
    condition: GoodsCondition | None = None
    """How the goods are, in the customer's word."""
    counts: tuple[LineCount, ...] = ()
    """What the register of returned goods counts of each line that is to come back."""
    description: Sealed | None = None
    fault_kind: FaultKind | None = None
    signed_for: bool | None = None
    answers: Answers = NOTHING_SAID
    own_level: OwnLevel | None = None
    sorted_as: tuple[Sorted, ...] = ()
    """Every class that the case had, with who changed it and why; the first is the one it was opened under [F]."""
    concerned: str = ""
    """The member of staff whom the complaint is about; that person does not judge it [O]."""
    remarks: tuple[Remark, ...] = ()
    records: tuple[RecordItem, ...] = ()
    checks: tuple[CheckMade, ...] = ()
    exempt: Exemption | None = None
    explanations: tuple[Explanation, ...] = ()
    outside_promises: tuple[OutsidePromise, ...] = ()
    replied_at: datetime | None = None
    """When a person's first words reached the customer."""
    promises: tuple[Promise, ...] = ()
    contacts: tuple[Contact, ...] = ()
    """Times that the customer had to ask [O]."""
    parcels: tuple[WatchedParcel, ...] = ()
    """Parcels that the case waits or waited for [S]."""
    stops: tuple[StopRequest, ...] = ()
    """What the label desk was asked to hold back; the last request is the one that counts [S]."""
    recalls: tuple[Recall, ...] = ()
    requests: tuple[Request, ...] = ()
    """What other desks are asked, or were, in the order of asking [D][F][S]."""
    disproved: tuple[DisprovedPromise, ...] = ()
    """Freight that was promised without a photo, for faults that the warehouse did not find [S]."""
    late_news_over: bool = False
    """Whether the time has passed in which the closed case still heard a late answer."""
    feedback_at: datetime | None = None
    judgements: tuple[Judgement, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    refused_because: str = ""
    evidence_at: datetime | None = None
    """When the first photo of the fault came in."""
    shipments: tuple[Shipment, ...] = ()
    returns: tuple[ReturnOf, ...] = ()
    payments: tuple[PaymentOf, ...] = ()
    allowed_despite_inspection: int = 0
    """Number of the proposal whose refund the supervisor allowed although the inspection failed."""
    allowed_among: int = 0
    """How many proposals there were then; the allowed one holds until another is made."""
    calls: tuple[CallTry, ...] = ()
    """Calls to a customer who did not answer (evidence, facts, proposal)."""
    calls_answered: int = 0  # how many of them lie before the customer's last word
    call_backs: tuple[CallTry, ...] = ()
    """Tries of the promised call-back since the last outcome."""
    round: int = 1
    round_from: int = 0
    """How many proposals earlier rounds made; those no longer count."""
    dissatisfied_because: tuple[Sealed | str, ...] = ()
    satisfied_at: datetime | None = None
    call_back_words: tuple[Sealed, ...] = ()
    """What was noted of a customer who was satisfied, or not reached."""
    fulfilments: tuple[Fulfilment, ...] = ()
    """Parts of accepted remedies that are no money, from their beginning to their end."""
    shipped_first: tuple[int, ...] = ()
    """Numbers of the exchanges that the supervisor let go out before the goods were back."""
    recovered: tuple[Recovered, ...] = ()
    """What the responsible parties made good, and what was written off."""
    incoming: tuple[Incoming, ...] = ()
    """Slips for money that comes in."""
    agreed_means: tuple[Agreed, ...] = ()
    """Ways for the money as they were agreed, the last one holds; empty: as the order was paid [T]."""
    differences: tuple[PriceDifference, ...] = ()
    """Price differences of exchanges, as they were named."""
    platform_payments: tuple[PlatformPayment, ...] = ()
    """What the platform paid to the customer by itself."""
    claims: tuple[Claim, ...] = ()
    """What is claimed from the courier for parcels that it lost or broke [S]."""
    platform_matters: tuple[Matter, ...] = ()
    """Refund requests and disputes on the platform, each with the platform's own clock [S]."""
    outstanding_settled: tuple[SettledItem, ...] = ()
    """Money or goods that were out and came back, or were borne."""
    withdrawn_because: Sealed | None = None
    handlers: tuple[str, ...] = ()
    """Staff who had a hand in the case; the call-back is made by none of them [D][E][S]."""
    handler: str | None = None
    """Whose case it is: to whom it was assigned, or who first worked on a case that was nobody's."""
    assignments: tuple[Assignment, ...] = ()
    stand_in: ActingFor | None = None
    about: AboutReplacement | None = None
    """The replacement that the case is about; from its arrival the customer has these goods [O]."""
    links: tuple[Link, ...] = ()
    merges: tuple[Merge, ...] = ()
    taken_in: tuple[TakenIn, ...] = ()
    words_owed: tuple[WordOwed, ...] = ()
    """What is still to be told to other cases."""
    reopen_until: datetime | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that a ticket needs and this one lacks [D][F]."""
        lacks: dict[str, bool] = {
            "order": self.order is None,
            "line": self.line is None,
            "quantity": self.quantity is None,
            "description": self.description is None,
            "contact": not self.customer.can_be_reached,
            "signed_for": PROBLEMS[self.problem].asks_who_signed and self.signed_for is None,
        }
        return tuple(name for name, lacking in lacks.items() if lacking)

    @property
    def original_received(self) -> bool:
        """Whether the original parcel came back by a recall, signed for by the label desk [S]."""
        return bool(self.recalls) and self.recalls[-1].parcel_here

    @property
    def verified(self) -> bool:
        """Whether the order is registered and the line and quantity were checked against it."""
        return self.facts is not None

    @property
    def order_line(self) -> OrderLine | None:
        """The order's line complained about, once known and verified."""
        return self.facts.find(self.line) if self.facts is not None and self.line is not None else None

    @property
    def judgement(self) -> Judgement | None:
        """The judgement that holds now; earlier ones, and those of another problem, stay on record."""
        last = self.judgements[-1] if self.judgements else None
        return last if last is not None and last.problem is self.problem else None

    @property
    def proposal(self) -> Proposal | None:
        """The last proposal of this round that still counts; one that the supervisor allowed precedes later ones."""
        last = self.proposals[-1] if self.proposals else None
        if self.allowed_despite_inspection and self.allowed_among == len(self.proposals):
            last = self.proposals[self.allowed_despite_inspection - 1]
        return None if last is None or last.number <= self.round_from else last

    @property
    def accepted(self) -> Proposal | None:
        """The proposal that the customer accepted and that is being carried out."""
        last = self.proposal
        return last if last is not None and last.state is ProposalState.ACCEPTED else None

    def return_named(self, name: str) -> ReturnOf:
        """What the case knows of the return of that name. Raises StopIteration: it has none such, which is a bug."""
        return next(part for part in self.returns if part.case == name)

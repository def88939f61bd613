"""What a remedy costs, who bears and who approves it: pure questions about a complaint and what is to be offered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.complaint.fulfilling.state import PartState
from domain.complaint.lines import questions as claims
from domain.complaint.linking.questions import refunded_within
from domain.complaint.looking_into import questions as ask
from domain.complaint.offering.state import Part
from domain.complaint.parties import Party
from domain.complaint.problems import COSTS, PROBLEMS, Problem, RemedyKind
from domain.complaint.state import Complaint, Proposal, ProposalState
from domain.complaint.sums.questions import by_platform
from domain.money import Money
from domain.people import Actor, Role

GOODS_OUT = frozenset({RemedyKind.EXCHANGE, RemedyKind.RESHIPMENT})
"""Remedies that send goods of the kind that was bought."""

AT_ONCE = frozenset({RemedyKind.RESHIPMENT, RemedyKind.COUPON, RemedyKind.APOLOGY})
"""What our own short shipment is made good with, without waiting for the customer [T]."""


def currency(case: Complaint) -> str:
    """The currency of the order, or of the shop while the order is not known."""
    line = case.order_line
    return line.paid.currency if line is not None else case.pinned.policy.currency


def paid_for(case: Complaint) -> Money | None:
    """What was paid for the units complained about, rounded up; None while that is not known."""
    if case.order_line is None or case.quantity is None:
        return None
    paid = [share for claim in claims.claimed(case) if (share := claims.paid_for_line(case, claim)) is not None]
    return Money(sum(each.minor for each in paid), currency(case))


def most_for(case: Complaint) -> Money | None:
    """The most that may be given back: what was paid for the units complained about, less what this case and those
    within it gave back by slips, coupons, or through the platform [T][O]."""
    share = paid_for(case)
    if share is None:
        return None
    paid = sum(p.amount.minor for p in case.payments if p.result in {None, "paid"} and p.purpose != "freight")
    held = (part for part in case.fulfilments if part.kind is RemedyKind.COUPON and part.state is not PartState.FAILED)
    coupons = sum(part.worth.minor for part in held if part.worth is not None)
    gone = paid + coupons + by_platform(case) + refunded_within(case)
    return Money(max(share.minor - gone, 0), share.currency)


def worth_of(case: Complaint, part: Part) -> Money | None:
    """What a part costs beside money; goods for which nothing is stated count as what was paid for them [O]."""
    if part.worth is None and part.kind in GOODS_OUT:
        return paid_for(case)
    return part.worth


def cost_of(case: Complaint, parts: Iterable[Part]) -> Money:
    """What these parts cost the shop in all; return freight, paid by its receipt, comes on top."""
    sums = [money.minor for part in parts for money in (part.refund, worth_of(case, part)) if money is not None]
    return Money(sum(sums), currency(case))


def unfounded(case: Complaint, part: Part) -> bool:
    """Whether a part lacks its ground: the evidence, or the confirmed fault; a promise made outside stands for both."""
    if part.kind not in COSTS or ask.promise_for(case, part.kind, part.refund) is not None:
        return False
    judged = case.judgement
    return not ask.has_evidence(case) or judged is None or not judged.fault_confirmed


def bears(case: Complaint, *, goodwill: bool) -> Party:
    """Who bears the cost: whoever answers for most of it; the shop where nobody else does, or out of goodwill."""
    judged = case.judgement
    if judged is None or goodwill or not judged.fault_confirmed:
        return Party.SHOP
    most = max(judged.by_shares, key=lambda share: share.percent).party
    return Party.SHOP if most in {Party.CUSTOMER, Party.UNDECIDED} else most


def rule_for(case: Complaint, parts: tuple[Part, ...], *, goodwill: bool) -> str:
    """Tags of the rule that allows it: goodwill is ours, a promise made outside binds, else the problem's own row."""
    if goodwill:
        return "O"
    if any(part.kind in COSTS and ask.promise_for(case, part.kind, part.refund) is not None for part in parts):
        return "S,O"
    if any(part.result in {"passed", "failed"} for part in case.returns):
        return "S,O"
    return PROBLEMS[case.problem].source


def approver_for(case: Complaint, cost: Money, by: Actor, *, goodwill: bool) -> Role | None:
    """Who approves before the customer sees it, by amount and role; None: nobody has to."""
    policy = case.pinned.policy
    if cost.minor > policy.supervisor_offers_up_to.value.minor:
        return Role.CENTRE_MANAGER
    if by.role is Role.SUPERVISOR:
        return None
    return Role.SUPERVISOR if goodwill or cost.minor > policy.agent_offers_up_to.value.minor else None


def valid_until(case: Complaint, now: datetime) -> datetime:
    """Until when a proposal offered now can be accepted."""
    return now + timedelta(days=case.pinned.policy.proposal_valid_days.value)


def to_approve(case: Complaint) -> Proposal | None:
    """The proposal that waits for its approval, if there is one."""
    last = case.proposal
    return last if last is not None and last.state is ProposalState.TO_APPROVE else None


def at_once(case: Complaint, parts: tuple[Part, ...]) -> bool:
    """Whether it is carried out without waiting for consent: our own short shipment is reshipped at once [T]."""
    kinds = {part.kind for part in parts}
    ours = case.problem is Problem.SHORT_OR_MISSING and ask.our_fault(case)
    return ours and RemedyKind.RESHIPMENT in kinds and kinds <= AT_ONCE

"""A dry run of the remedies: what each would cost now, and why one is not open. Nothing is proposed by it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.complaint.eligible.rules import check as eligible
from domain.complaint.freight import may_repay
from domain.complaint.offering import questions as offer
from domain.complaint.offering.parts import AFTER_FAILED_INSPECTION, check_ground, check_kind, fitting
from domain.complaint.offering.state import Part
from domain.complaint.problems import COSTS, HAS_WORTH, PAYS, PROBLEMS, RemedyKind
from domain.complaint.refusals import AboveLinePaid, EvidenceMissing, FaultNotConfirmed
from domain.complaint.rules_remedy import may_propose
from domain.complaint.state import Complaint
from domain.money import Money
from domain.people import Actor, Role
from domain.refusals import CaseClosed, Refusal, RefusalRecord

_AN_AGENT = Actor(person="", role=Role.AGENT)


@dataclass(frozen=True)
class Weighed:
    """One kind of remedy as the main part of a proposal.

    `most` is the most that it may pay, None for one that pays nothing; `cost` what it would cost the shop at that, None
    where it depends on what is stated (a coupon's value, a repair). `freight_up_to` comes on top, by its receipt.
    `approver` would have to approve it if an agent proposed it. `goodwill`: not open by the rule, but the supervisor
    may approve it. `refusal` says why it is not open.
    """

    kind: RemedyKind
    open: bool
    most: Money | None
    cost: Money | None
    freight_up_to: Money | None = None
    approver: Role | None = None
    goodwill: bool = False
    refusal: RefusalRecord | None = None


def weigh(case: Complaint) -> tuple[Weighed, ...]:
    """Every kind that the problem knows, or that fits where the goods are now; the usual ones first."""
    kinds = dict.fromkeys((*fitting(case)[0], *PROBLEMS[case.problem].remedies, *AFTER_FAILED_INSPECTION))
    return tuple(_weighed(case, kind) for kind in kinds)


def _weighed(case: Complaint, kind: RemedyKind) -> Weighed:
    most = offer.most_for(case) if kind in PAYS else None
    part = Part(kind, most)
    cost = _cost(case, part)
    no = _refusal(case, part, goodwill=False)
    goodwill = isinstance(no, EvidenceMissing | FaultNotConfirmed) and _refusal(case, part, goodwill=True) is None
    known = cost if cost is not None else Money(0, offer.currency(case))
    return Weighed(
        kind=kind,
        open=no is None,
        most=most,
        cost=cost,
        freight_up_to=case.pinned.policy.freight_cap.value if may_repay(case, kind) else None,
        approver=offer.approver_for(case, known, _AN_AGENT, goodwill=goodwill),
        goodwill=goodwill,
        refusal=no.record() if no is not None else None,
    )


def _cost(case: Complaint, part: Part) -> Money | None:
    stated = part.kind in HAS_WORTH and part.kind not in offer.GOODS_OUT
    unknown = part.kind in PAYS and part.refund is None
    return None if stated or unknown else offer.cost_of(case, (part,))


def _refusal(case: Complaint, part: Part, *, goodwill: bool) -> Refusal | None:
    """Why a proposal of this kind would be refused whatever it says; None: it is open."""
    try:
        if case.closed_at is not None:
            raise CaseClosed(outcome=case.outcome or "closed")
        may_propose(case, _AN_AGENT, case.opened_at)
        check_kind(case, part.kind)
        if part.refund is not None and part.refund.minor == 0:
            raise AboveLinePaid(field="refund", amount=str(Money(1, part.refund.currency)), most=str(part.refund))
        eligible(case, part.kind)
        if part.kind in COSTS:
            check_ground(case, part, goodwill=goodwill)
    except Refusal as refusal:
        return refusal
    return None

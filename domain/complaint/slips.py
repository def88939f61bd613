"""The slips that a complaint asks for now, with all that they are opened by: money to pay, and money that comes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.complaint import freight
from domain.complaint import situation as at
from domain.complaint.children import PaymentOf
from domain.complaint.in_charge import charge_of
from domain.complaint.paying_out.rules import agreed_now
from domain.complaint.state import Complaint, Proposal
from domain.complaint.sums import questions as sums
from domain.complaint.sums.state import Incoming
from domain.money import Money
from domain.payment.purposes import PURPOSES, Purpose
from domain.payment.state import OpenPayment
from domain.people import Actor


def to_pay(case: Complaint) -> Iterator[tuple[OpenPayment, PaymentOf]]:
    """Slips for what was agreed and is due, with what the complaint keeps of each; numbered after those asked for."""
    agreed, line = case.accepted, case.order_line
    if agreed is None or line is None or case.closed_at is not None:
        return
    number = sums.slips_asked(case)
    for due in at.sums_to_ask(case):
        number += 1
        yield _slip(case, agreed, f"{case.case}-P{number}", due)


def to_take_in(case: Complaint) -> Iterator[OpenPayment]:
    """Slips for sums that somebody owes the shop and that were asked for."""
    for slip in sums.to_start(case):
        yield _incoming(case, slip)


def _slip(case: Complaint, agreed: Proposal, name: str, due: at.Due) -> tuple[OpenPayment, PaymentOf]:
    purpose = due.purpose
    asker = _asker(case, agreed, purpose)
    judged = case.judgement
    why = judged.fault if judged is not None and judged.fault else case.problem.value
    of_return, receipts = freight.proof(case) if purpose == "freight" else ("", ())
    reason = f"{purpose} for {case.problem.value}: {why}"
    opening = replace(
        _opening(case, name, due.line, purpose=purpose, amount=due.amount, asker=asker, reason=reason, what_for=why),
        proposed_by=agreed.by,
        earlier_askers=_earlier_askers(case, purpose),
        return_case=of_return,
        receipts=receipts,
        rule=_rule_of(agreed, purpose),
        agreed=agreed_now(case),
    )
    part = PaymentOf(
        case=name,
        proposal=agreed.number,
        purpose=purpose,
        amount=due.amount,
        case_sum=opening.case_sum,
        requested_by=asker,
        line=due.line,
        return_case=of_return,
        receipts=receipts,
        charge=opening.charge,
    )
    return opening, part


def _incoming(case: Complaint, slip: Incoming) -> OpenPayment:
    line = case.order_line.line if case.order_line is not None else 0
    return replace(
        _opening(
            case,
            slip.case,
            line,
            purpose=slip.purpose,
            amount=slip.amount,
            asker=slip.asked_by,
            reason=slip.reason,
            what_for=slip.purpose,
        ),
        proposed_by=case.proposals[slip.proposal - 1].by if slip.proposal else None,
        rule=_source(slip.purpose),
        payer=slip.payer.value,
    )


def _opening(
    case: Complaint, name: str, line: int, *, purpose: str, amount: Money, asker: Actor, reason: str, what_for: str
) -> OpenPayment:
    """What every slip of the case is opened by. what_for: the first word of its remark, before the asker's name."""
    return OpenPayment(
        case=name,
        shop=case.shop,
        parent=case.case,
        customer=case.customer,
        pinned=case.pinned,
        order=case.order,
        order_index=case.order_index,
        line=line,
        purpose=purpose,
        amount=amount,
        reason=reason,
        remark=f"{what_for}_{asker.name}",
        requested_by=asker,
        case_sum=at.case_sum(case),
        charge=charge_of(case),
    )


def _asker(case: Complaint, agreed: Proposal, purpose: str) -> Actor:
    """Who asks for the slip: who proposed it, or who last asked again for one that came to nothing [T][O]."""
    named = sums.difference(case)
    first = named.by if purpose == Purpose.PRICE_DIFFERENCE and named is not None else agreed.by
    asked = (p.asked_again_by for p in reversed(case.payments) if (p.proposal, p.purpose) == (agreed.number, purpose))
    return next((person for person in asked if person is not None), first)


def _earlier_askers(case: Complaint, purpose: str) -> tuple[str, ...]:
    """Everybody who asked for a slip of that purpose before, each once: none of them approves or pays this one [O]."""
    return tuple(dict.fromkeys(p.requested_by.person for p in case.payments if p.purpose == purpose))


def _rule_of(agreed: Proposal, purpose: str) -> str:
    """Tags of the rule that allows a sum: the proposal's own for what it pays, the purpose's for what stands beside."""
    of_the_proposal = purpose in {Purpose.REFUND, Purpose.COMPENSATION} and agreed.rule
    return agreed.rule if of_the_proposal else _source(purpose)


def _source(purpose: str) -> str:
    return PURPOSES[Purpose(purpose)].source

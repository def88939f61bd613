"""How each event changes a complaint. One door for each change of state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain import clock as clocks
from domain.casefile import Event, PhotosAdded
from domain.complaint import events as e
from domain.complaint.assigning.state import Assignment, Because
from domain.complaint.first_reply import reaches_the_customer
from domain.complaint.state import (
    Complaint,
    OpenComplaint,
    Proposal,
    ProposalState,
)
from domain.goods_return.situation import CAME_LATE
from domain.goods_return.state import KEPT
from domain.people import Role
from domain.sealed import Sealed

CALLING_BACK = (e.CallBackTried, e.CustomerSatisfied, e.CustomerDissatisfied, e.ComplaintClosed)
"""Events that make nobody a handler."""

NOT_STAFF = frozenset({Role.CUSTOMER, Role.INTEGRATION, Role.DESK, Role.CALL_BACK})
"""Roles in which nobody handles a case; the call-back desk is the one that is to stay free of it."""


def begin(opening: OpenComplaint) -> Complaint:
    """The complaint before its first event."""
    return Complaint(
        case=opening.case,
        shop=opening.shop,
        parent=None,
        opened_at=opening.received_at,
        customer=opening.customer,
        pinned=opening.pinned,
        order=opening.order,
        order_index=opening.order_index,
        problem=opening.problem,
        channel=opening.channel,
        opened_by=opening.opened_by,
        facts=opening.order_facts if opening.line is not None else None,
        line=opening.line,
        quantity=opening.quantity,
        further=opening.further,
        condition=opening.condition,
        description=opening.description,
        fault_kind=opening.fault_kind,
        signed_for=opening.signed_for,
        answers=opening.answers,
        about=opening.about,
    )


def whose_and_heard(case: Complaint, event: Event) -> Complaint:
    """What every event may change: whose case it is, whether the customer was heard, and was replied to."""
    return _replied(_heard(_handled(case, event), event), event)


def _handled(case: Complaint, event: Event) -> Complaint:
    actor = event.by
    if actor.role in NOT_STAFF or isinstance(event, CALLING_BACK):
        return case
    if actor.person not in case.handlers:
        case = replace(case, handlers=(*case.handlers, actor.person))
    works = event.handles and actor.role in {Role.AGENT, Role.SUPERVISOR}
    if case.handler is not None or not works:
        return case
    taken = Assignment(actor.person, actor.name, "", actor.role, Because.TAKEN, event.at, actor)
    return replace(case, handler=actor.person, assignments=(*case.assignments, taken))


def _heard(case: Complaint, event: Event) -> Complaint:
    passed_on = event.by.on_behalf_of is Role.CUSTOMER
    return replace(case, calls_answered=len(case.calls)) if passed_on or event.by.role is Role.CUSTOMER else case


def _replied(case: Complaint, event: Event) -> Complaint:
    if case.replied_at is not None or not reaches_the_customer(event):
        return case
    return replace(case, replied_at=event.at)


def _photos(case: Complaint, event: PhotosAdded) -> Complaint:
    if event.purpose != "fault" or case.evidence_at is not None:
        return case
    return replace(case, evidence_at=event.at)


def _facts(case: Complaint, event: e.FactsSupplied) -> Complaint:
    customer = replace(
        case.customer,
        phone=event.phone or case.customer.phone,
        phone_index=event.phone_index or case.customer.phone_index,
        email=event.email or case.customer.email,
    )
    another_order = event.order is not None  # to be verified anew
    return replace(
        case,
        facts=None if another_order else case.facts,
        customer=customer,
        line=event.line if event.line is not None else case.line,
        quantity=event.quantity if event.quantity is not None else case.quantity,
        order=event.order or case.order,
        order_index=event.order_index or case.order_index,
        description=event.description or case.description,
        signed_for=event.signed_for if event.signed_for is not None else case.signed_for,
    )


def _verified(case: Complaint, event: e.OrderVerified) -> Complaint:
    return replace(case, facts=event.facts)


def with_feedback(case: Complaint, event: Event) -> Complaint:
    """The case in which the customer has heard how it goes on."""
    return case if case.feedback_at is not None else replace(case, feedback_at=event.at)


def _called(case: Complaint, event: e.CustomerCalled) -> Complaint:
    calls = (*case.calls, event.call)
    return replace(case, calls=calls, calls_answered=len(calls) if event.call.reached else case.calls_answered)


def _no_answer(case: Complaint, event: e.NoAnswerDeclared) -> Complaint:
    window = timedelta(days=case.pinned.policy.reopen_window_days.value)
    return replace(case, closed_at=event.at, outcome="no_answer", reopen_until=event.at + window)


def _reopened(case: Complaint, event: e.Reopened) -> Complaint:
    case = replace(case, closed_at=None, outcome=None, reopen_until=None, calls=(), calls_answered=0)
    last = case.proposal
    if last is None or last.state is not ProposalState.OPEN or not last.ended_by(event.at):
        return case
    return with_proposal(case, last.number, state=ProposalState.LAPSED)


def _reopening_ended(case: Complaint, _event: e.ReopeningEnded) -> Complaint:
    return replace(case, reopen_until=None)


def _judged(case: Complaint, event: e.Judged) -> Complaint:
    return replace(case, judgements=(*case.judgements, event.judgement))


def _claim_refused(case: Complaint, event: e.ClaimRefused) -> Complaint:
    case = take_back_open_proposal(case, event)
    return with_feedback(replace(case, refused_because=event.reason, call_backs=()), event)


def _proposed(case: Complaint, event: e.RemedyProposed) -> Complaint:
    case = take_back_open_proposal(case, event)
    proposal = replace(event.proposal, platform_known=len(case.platform_payments))
    case = replace(case, proposals=(*case.proposals, proposal))
    return with_feedback(case, event) if event.proposal.state is ProposalState.OPEN else case


def take_back_open_proposal(case: Complaint, event: Event) -> Complaint:
    """The case with its proposal replaced, if there is one that was not answered or not approved yet."""
    current = case.proposal
    if current is None or current.state not in {ProposalState.OPEN, ProposalState.TO_APPROVE}:
        return case
    return with_proposal(case, current.number, state=ProposalState.REPLACED, answered_at=event.at)


def with_accepted(case: Complaint, number: int, at: datetime) -> Complaint:
    """The case with that proposal agreed."""
    case = with_proposal(case, number, state=ProposalState.ACCEPTED, answered_at=at)
    return replace(case, call_backs=(), refused_because="")


def _accepted(case: Complaint, event: e.ProposalAccepted) -> Complaint:
    return with_accepted(case, event.proposal, event.at)


def _declined(case: Complaint, event: e.ProposalDeclined) -> Complaint:
    return with_proposal(case, event.proposal, state=ProposalState.DECLINED, answered_at=event.at, answer=event.reason)


def _countered(case: Complaint, event: e.ProposalCountered) -> Complaint:
    return with_proposal(
        case,
        event.proposal,
        state=ProposalState.COUNTERED,
        answered_at=event.at,
        answer=event.words,
        counter_kind=event.kind,
        counter_refund=event.refund,
    )


def _shipment(case: Complaint, event: e.ShipmentReported) -> Complaint:
    said = event.shipment
    if all(known.tracking != said.tracking for known in case.shipments):
        return replace(case, shipments=(*case.shipments, said))
    return replace(case, shipments=tuple(said if s.tracking == said.tracking else s for s in case.shipments))


def _return_started(case: Complaint, event: e.ReturnStarted) -> Complaint:
    return replace(case, returns=(*case.returns, event.part))


def _return_told(case: Complaint, event: e.ReturnTold) -> Complaint:
    known: dict[str, Any] = {"settled_as": event.settled_as} if event.settled_as else {}
    if event.lines:
        part = case.return_named(event.return_case)
        known |= {"lines_told": (*part.lines_told, *event.lines)}
        known |= {"announced": part.announced + sum(c.quantity for c in case.further if c.line in event.lines)}
    return _return(case, event.return_case, shipments_told=event.shipments, **known)


def _return_news(case: Complaint, event: e.ReturnNewsTaken) -> Complaint:
    came = event.result == CAME_LATE
    part = case.return_named(event.return_case)
    known = part.settled_as
    if came and part.result == "failed":
        case = take_back_open_proposal(case, event)  # it was about what had come until then
    return _return(
        case,
        event.return_case,
        result=None if came else event.result,
        settled_as="" if came and known in KEPT else known,  # of goods that nobody had opened nothing was kept
        came_again=part.came_again + 1 if came else part.came_again,
        announced=event.announced,
        accepted=event.accepted,
        findings=event.findings,
        lines=event.lines,
    )


def _allowed(case: Complaint, event: e.AllowedDespiteInspection) -> Complaint:
    case = take_back_open_proposal(case, event)
    return replace(case, allowed_despite_inspection=event.proposal, allowed_among=len(case.proposals))


def _payment_started(case: Complaint, event: e.PaymentStarted) -> Complaint:
    return replace(case, payments=(*case.payments, event.part))


def _payment_told(case: Complaint, event: e.PaymentTold) -> Complaint:
    return _payment(case, event.payment_case, case_sum=event.case_sum)


def _payment_held(case: Complaint, event: e.PaymentHeld) -> Complaint:
    void = {"void_told": True} if event.void else {}
    return _payment(case, event.payment_case, held=event.held, holds_told=event.told, **void)


def _charge_told(case: Complaint, event: e.ChargeTold) -> Complaint:
    for part in (*case.returns, *case.payments):
        if part.case == event.part:
            told = {"charge": event.charge, "charge_told": part.charge_told + 1}
            return _payment(_return(case, part.case, **told), part.case, **told)
    return case


def _payment_news(case: Complaint, event: e.PaymentNewsTaken) -> Complaint:
    case = _payment(case, event.payment_case, result=event.result, reference=event.reference, note=event.note)
    return replace(case, call_backs=())


def _asked_again(case: Complaint, event: e.SlipAskedAgain) -> Complaint:
    return _payment(case, event.slip, result="asked_again", asked_again_by=event.by)


def _tried(case: Complaint, event: e.CallBackTried) -> Complaint:
    ended = tuple(
        clocks.stop(clock, event.at, "tried") if clock.name == "call_back" else clock for clock in case.clocks
    )
    return _noted(replace(case, call_backs=(*case.call_backs, event.call), clocks=ended), event.words)


def _satisfied(case: Complaint, event: e.CustomerSatisfied) -> Complaint:
    return _noted(replace(case, satisfied_at=event.at), event.words)


def _noted(case: Complaint, words: Sealed | None) -> Complaint:
    return case if words is None else replace(case, call_back_words=(*case.call_back_words, words))


def _dissatisfied(case: Complaint, event: e.CustomerDissatisfied) -> Complaint:
    return replace(
        case,
        round=case.round + 1,
        round_from=len(case.proposals),
        refused_because="",
        call_backs=(),
        dissatisfied_because=(*case.dissatisfied_because, event.reason),
    )


def _closed(case: Complaint, event: e.ComplaintClosed) -> Complaint:
    closed = replace(case, closed_at=event.at, outcome=event.outcome, reopen_until=None)
    return closed if event.words is None else replace(closed, withdrawn_because=event.words)


def with_proposal(case: Complaint, number: int, **changes: Any) -> Complaint:
    """The case with the fields of one proposal changed."""

    def answer(proposal: Proposal) -> Proposal:
        return replace(proposal, **changes) if proposal.number == number else proposal

    return replace(case, proposals=tuple(answer(proposal) for proposal in case.proposals))


def _return(case: Complaint, name: str, **changes: Any) -> Complaint:
    return replace(case, returns=tuple(replace(p, **changes) if p.case == name else p for p in case.returns))


def _payment(case: Complaint, name: str, **changes: Any) -> Complaint:
    return replace(case, payments=tuple(replace(p, **changes) if p.case == name else p for p in case.payments))


CHANGES: dict[type[Event], Any] = {
    PhotosAdded: _photos,
    e.FactsSupplied: _facts,
    e.OrderVerified: _verified,
    e.FeedbackGiven: with_feedback,
    e.CustomerCalled: _called,
    e.NoAnswerDeclared: _no_answer,
    e.Reopened: _reopened,
    e.ReopeningEnded: _reopening_ended,
    e.Judged: _judged,
    e.ClaimRefused: _claim_refused,
    e.RemedyProposed: _proposed,
    e.ProposalAccepted: _accepted,
    e.ProposalDeclined: _declined,
    e.ProposalCountered: _countered,
    e.ShipmentReported: _shipment,
    e.ReturnStarted: _return_started,
    e.ReturnTold: _return_told,
    e.ReturnNewsTaken: _return_news,
    e.AllowedDespiteInspection: _allowed,
    e.PaymentStarted: _payment_started,
    e.PaymentTold: _payment_told,
    e.PaymentHeld: _payment_held,
    e.ChargeTold: _charge_told,
    e.PaymentNewsTaken: _payment_news,
    e.SlipAskedAgain: _asked_again,
    e.CallBackTried: _tried,
    e.CustomerSatisfied: _satisfied,
    e.CustomerDissatisfied: _dissatisfied,
    e.ComplaintClosed: _closed,
}

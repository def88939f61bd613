"""Rules of the first steps: facts, order, feedback, silence (domain.md, "Intake")."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event
from domain.complaint import events as e
from domain.complaint import refusals as no
from domain.complaint import situation as at
from domain.complaint import steps as s
from domain.complaint.lines.rules import check_lines
from domain.complaint.linking.questions import may_part
from domain.complaint.looking_into import questions as ask
from domain.complaint.priority.rules import check_loss
from domain.complaint.recovering.steps import AFTER_CLOSING
from domain.complaint.rules_outcome import may_close
from domain.complaint.sorting.rules import check_kind
from domain.complaint.state import CallTry, Complaint
from domain.complaint.stopping import rules as stopping
from domain.complaint.sums.steps import AFTER_CLOSING as SUMS_AFTER_CLOSING
from domain.instants import instant_in
from domain.order import OtherOrder, check_against
from domain.people import Actor
from domain.refusals import Refusal
from domain.shared_steps import AddEvidence, add_photos, may_take_photos
from domain.steps import Step

OF_MONEY = AFTER_CLOSING | SUMS_AFTER_CLOSING
"""Steps about money that a closed case takes: it moves whether the case is open or not."""


def may_supply(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while facts are missing or the order is not verified."""
    if not case.missing and case.verified:
        raise no.NothingMissing


def supply(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Fill what was missing; with the order registered, check line and quantity at once [F]."""
    step = cast("s.SupplyFacts", step)
    given = (step.line, step.quantity, step.order, step.description, step.phone, step.email, step.signed_for)
    if all(value is None for value in given):
        raise no.NoFactsGiven(missing=", ".join(case.missing) or "order, line, quantity")
    same_order = step.order is None  # another order's facts prove nothing about this one
    if not same_order and step.order_index != case.order_index:
        stopping.may_name_another_order(case)
    if same_order:
        _check_order(case, step.order_index)
        _check_correction(case, step)
    line = step.line if step.line is not None else case.line
    quantity = step.quantity if step.quantity is not None else case.quantity
    events: list[Event] = list(reopening(case, step.actor, now, "facts"))
    supplied = e.FactsSupplied(
        at=now,
        by=step.actor,
        line=step.line,
        quantity=step.quantity,
        order=step.order,
        order_index=None if same_order else step.order_index,
        description=step.description,
        phone=step.phone,
        phone_index=step.phone_index,
        email=step.email,
        signed_for=step.signed_for,
    )
    events.append(supplied)
    facts = step.order_facts or (case.facts if same_order else None)
    if facts is not None and line is not None:
        check_against(facts, line, quantity)
        check_lines(replace(case, facts=facts, line=line, further=()), case.further)
        if not case.verified or not same_order:
            events.append(e.OrderVerified(at=now, by=step.actor, facts=facts))
    return tuple(events)


def may_verify(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while the order is named but not verified."""
    if case.verified:
        raise no.AlreadyVerified
    if case.order is None or case.line is None:
        raise no.FactsMissing(missing=", ".join(case.missing))


def verify(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Check line and quantity against the registered order [F]."""
    step = cast("s.VerifyOrder", step)
    if step.order_facts is None or case.line is None:
        raise no.OrderNotRegistered
    _check_order(case, step.order_index)
    check_against(step.order_facts, case.line, case.quantity)
    for claim in case.further:
        check_against(step.order_facts, claim.line, claim.quantity)
    return (e.OrderVerified(at=now, by=step.actor, facts=step.order_facts),)


def _check_order(case: Complaint, order_index: str | None) -> None:
    """The edge looks facts up before the step reaches the case, whose order may have been changed in between."""
    if order_index is not None and case.order_index is not None and order_index != case.order_index:
        raise OtherOrder


def _check_correction(case: Complaint, step: s.SupplyFacts) -> None:
    """What was checked against the order stays; what was missing may still come."""
    for field, told, known in (("line", step.line, case.line), ("quantity", step.quantity, case.quantity)):
        if case.verified and known is not None and told not in {None, known}:
            raise no.AlreadyVerified(field=field)


def may_greet(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open until the customer has heard a person's first words."""
    if case.replied_at is not None:
        raise no.AlreadyGreeted


def greet(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """A greeting with the agent's name [D]."""
    return (e.CustomerGreeted(at=now, by=step.actor, name=step.actor.name),)


def feedback(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer hears how it goes on [F]."""
    step = cast("s.GiveFeedback", step)
    until = instant_in(step.expected_by)
    if until is not None and until <= now:
        raise no.ExpectedInThePast(field="expected_by")
    told = e.FeedbackGiven(
        at=now,
        by=step.actor,
        process=step.process,
        expected_by=step.expected_by if until is None else until.isoformat(),
        next_step=step.next_step,
        words=step.words,
    )
    return (told,)


def may_record_call(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open once any deadline of the customer has passed."""
    if all(clock.breached_at is None for clock in at.waits_for_customer(case)):
        raise no.NobodyAwaited


def record_call(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The call and what came of it [F]."""
    step = cast("s.RecordCall", step)
    call = CallTry(now, case.pinned.calendar.local_date(now), step.reached, step.actor, step.note)
    return (e.CustomerCalled(at=now, by=step.actor, call=call),)


def may_declare_no_answer(case: Complaint, actor: Actor, now: datetime) -> None:
    """Open after every deadline that runs and a call in vain for each; never in silence [F][O]."""
    may_record_call(case, actor, now)
    if not at.called_in_vain(case):
        raise no.CallFirst
    may_close(case, actor, now)
    if at.goods_here(case):
        raise no.GoodsOnTheWay


def declare_no_answer(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """File as unanswered, with reason and message."""
    step = cast("s.DeclareNoAnswer", step)
    return (e.NoAnswerDeclared(at=now, by=step.actor, reason=step.reason, message=step.message),)


def reopening(case: Complaint, actor: Actor, now: datetime, because: str) -> tuple[Event, ...]:
    """A late message of the customer opens an unanswered case again."""
    return (e.Reopened(at=now, by=actor, because=because),) if case.reopen_until is not None else ()


def add_evidence(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Photos, at any time; late ones open an unanswered case again, and one place is kept for the fault [F][O]."""
    step = cast("AddEvidence", step)
    kept_free = 0 if step.purpose == "fault" or ask.has_evidence(case) else 1
    return (*reopening(case, step.actor, now, "photo"), *add_photos(case, step, now, kept_free))


may_add_evidence = may_take_photos


def takes_after_closing(case: Complaint, step: str, now: datetime) -> bool:
    """Whether a closed case takes this step: an unanswered one takes the customer's late word within its window.

    One that goes on within another passes photos on, and can be taken apart from it.
    """
    if step in {"take_return_news", "take_payment_news", "take_word_from_case"} or step in OF_MONEY:
        return True  # what happened to goods, money and other cases is known, closed or not
    if may_part(case):
        return step in {"unmerge", "add_evidence"}
    open_again = case.reopen_until is not None and now < case.reopen_until
    return open_again and step in {"add_evidence", "supply_facts"}


def check_opening(case: Complaint) -> Refusal | None:
    """The refusal that an opening deserves, if any: no such kind in its class, other money, no such line [F]."""
    try:
        check_kind(case.problem, case.fault_kind)
        check_loss(case.answers.loss_amount, case.pinned.policy.currency)
        if case.facts is not None and case.line is not None:
            check_against(case.facts, case.line, case.quantity)
        check_lines(replace(case, further=()), case.further)
    except Refusal as refusal:
        return refusal
    return None

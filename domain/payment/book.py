"""The slip's rulebook (domain.md, "Money" [T])."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from domain.casefile import Event, TroubleArose
from domain.casework import Rulebook, StepRule, always, apply, letters_shown
from domain.chapters import Volume
from domain.money import Money
from domain.payment import events as e
from domain.payment import refusals as no
from domain.payment import steps as s
from domain.payment.evolve import evolve
from domain.payment.gateway import questions as at_gateway
from domain.payment.gateway.chapter import CHAPTER as GATEWAY
from domain.payment.gateway.rules import check_not_there
from domain.payment.gateway.state import Standing
from domain.payment.parting.chapter import CHAPTER as PARTS
from domain.payment.parting.chapter import check_reference, give_rest_up
from domain.payment.purposes import Direction, Purpose
from domain.payment.state import OpenPayment, Payment
from domain.people import Actor, Role
from domain.plain import plain
from domain.shared_steps import AddEvidence, shared_rules
from domain.steps import Step
from domain.taking_charge import charge_rule
from domain.view import CaseView, Kind, Task

VOLUME: Volume[Payment] = Volume((GATEWAY, PARTS))
"""The chapters of a slip; what is not in them stands here."""


def open_payment(opening: OpenPayment, now: datetime) -> Payment:
    """The slip as it stands when it is asked for."""
    case = Payment(
        case=opening.case,
        shop=opening.shop,
        parent=opening.parent,
        opened_at=now,
        customer=opening.customer,
        pinned=opening.pinned,
        order=opening.order,
        order_index=opening.order_index,
        line=opening.line,
        purpose=opening.purpose,
        amount=opening.amount,
        reason=opening.reason,
        remark=opening.remark,
        requested_by=opening.requested_by,
        case_sum=opening.case_sum,
        proposed_by=opening.proposed_by,
        earlier_askers=opening.earlier_askers,
        return_case=opening.return_case,
        receipts=opening.receipts,
        charge=opening.charge,
        rule=opening.rule,
        payer=opening.payer,
        agreed=opening.agreed,
    )
    return apply(BOOK, case, opening_events(opening, now))


def opening_events(opening: OpenPayment, now: datetime) -> tuple[Event, ...]:
    """What happened when the slip was asked for."""
    return (e.SlipRequested(at=now, by=opening.requested_by),)


def finished(case: Payment) -> bool:
    """Whether the story is over: ended, booked in the ledger, the complaint told, nothing open, nothing to hear."""
    told = case.reported == case.outcome
    ended = case.closed_at is not None and case.booked and told and not case.to_tell and not case.has_loose_ends
    return ended and not case.gateway.open_mismatches and at_gateway.listens_until(case) is None


def _wanted_clocks(case: Payment) -> frozenset[str]:
    if case.closed_at is not None:
        return frozenset()
    return frozenset({"payment"} if case.with_finance else {"slip_approval"})


def _state(case: Payment) -> str:
    if case.closed_at is not None:
        return case.outcome or "closed"
    if not case.reserved or case.to_book:
        return "reserving"
    if case.with_finance and case.gateway.under_way:
        return case.gateway.standing.value
    if case.held:
        return "held"
    return "with_finance" if case.with_finance else "to_approve"


def _tasks(case: Payment) -> Iterator[Task]:
    if case.with_finance and case.gateway.under_way:
        return  # the chapter of the gateway says what is to be done
    if case.held and case.with_finance:
        reason = f"do not pay {case.amount}: what it pays for is in doubt, see the complaint"
        yield Task("pay", Role.FINANCE, "report_not_paid", case.due("payment"), reason, needs_a_person=True)
    elif case.held and case.reserved:
        reason = f"{case.amount} waits: what it pays for is in doubt, see the complaint"
        yield Task("held", Role.SUPERVISOR, "void_slip", case.due("slip_approval"), reason, needs_a_person=True)
    elif case.with_finance:
        todo = "pay" if case.direction is Direction.OUT else f"see whether the {case.payer} has paid"
        after = f" ({case.gateway.why})" if case.gateway.standing is Standing.BY_HAND else ""
        yield Task("pay", Role.FINANCE, "sign_paid", case.due("payment"), f"{todo} {case.rest}: {case.remark}{after}")
    elif case.reserved and not case.to_book:  # nobody signs a sum that the ledger does not hold yet
        nth = f"approval {len(case.approvals) + 1} of {case.approvals_needed}"
        yield Task("approve", Role.SUPERVISOR, "approve_slip", case.due("slip_approval"), f"{nth}: {case.amount}")


def _check_amount(case: Payment, given: Money) -> None:
    if given != case.amount:
        raise no.AmountDiffers(field="amount", given=str(given), slip=str(case.amount))


def _may_approve(case: Payment, actor: Actor, _now: datetime) -> None:
    if not case.reserved or case.to_book:
        raise no.NotReserved
    if case.with_finance:
        raise no.EnoughApprovals
    if case.held:
        raise no.HeldBack
    if actor.person in case.signers:
        raise no.SamePerson


def _approve(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("s.ApproveSlip", step)
    _check_amount(case, step.amount)
    _check_day(case, step.signed_today)
    return (e.SlipApproved(at=now, by=step.actor),)


def _check_day(case: Payment, signed: Money | None) -> None:
    """A person signs for what leaves the shop up to the policy's limit a day; what comes in costs nothing."""
    limit = case.pinned.policy.approver_limit_a_day.value
    if case.direction is Direction.IN or signed is None or case.amount.currency != limit.currency:
        return
    if signed + case.amount > limit:
        raise no.DayIsFull(signed=str(signed), limit=str(limit))


def _may_change(case: Payment, _actor: Actor, _now: datetime) -> None:
    if not case.reserved or case.to_book:
        raise no.NotReserved
    if case.with_finance:
        raise no.WithFinance
    if case.purpose == Purpose.FREIGHT:
        raise no.FreightByReceipt


def _change(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("s.ChangeAmount", step)
    same = step.amount.currency == case.amount.currency
    if not same or step.amount.minor <= 0 or not case.amount > step.amount:
        raise no.AboveAgreed(field="amount", slip=str(case.amount))
    changed = e.AmountChanged(at=now, by=step.actor, was=case.amount, amount=step.amount, reason=step.reason)
    return (changed,)


def _may_end(case: Payment, actor: Actor, _now: datetime) -> None:
    if not case.reserved:
        raise no.NotReserved
    if case.with_finance:
        raise no.WithFinance
    if actor.person == case.requested_by.person:
        raise no.SamePerson


def _reject(_case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("s.RejectSlip", step)
    return (e.SlipEnded(at=now, by=step.actor, outcome="rejected", reason=step.reason),)


def _void(_case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("s.VoidSlip", step)
    return (e.SlipEnded(at=now, by=step.actor, outcome="void", reason=step.reason),)


def _may_pay(case: Payment, actor: Actor, _now: datetime) -> None:
    if not case.with_finance:
        raise no.NotApproved(have=len(case.approvals), need=case.approvals_needed)
    check_not_there(case)
    if actor.person in case.signers:
        raise no.SamePerson


def _pay(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("s.SignPaid", step)
    if case.held and not step.despite_hold:
        raise no.HeldBack(field="despite_hold")
    if step.amount != case.rest:
        raise no.AmountDiffers(field="amount", given=str(step.amount), slip=str(case.rest))
    check_reference(case, step.reference)
    return (e.SlipPaid(at=now, by=step.actor, reference=step.reference),)


def _not_paid(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """Of a slip that was paid in part the rest is given up, on record for whoever agreed to the whole."""
    step = cast("s.ReportNotPaid", step)
    if case.parts:
        sentence = f"{case.rest} of slip {case.case} were not paid ({step.reason}): settle the rest with the customer"
        left = TroubleArose(at=now, by=step.actor, code="rest_not_paid", sentence=sentence)
        return (*give_rest_up(case, step.reason, now, step.actor), left)
    return (e.SlipEnded(at=now, by=step.actor, outcome="not_paid", reason=step.reason),)


def _case_sum(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    step = cast("s.TakeCaseSum", step)
    return (e.CaseSumGrew(at=now, by=step.actor, case_sum=step.case_sum),) if step.case_sum > case.case_sum else ()


def _hold(case: Payment, step: Step, now: datetime) -> tuple[Event, ...]:
    """Words that overtook each other: only one newer than the last counts. What finance has, finance alone ends [T]."""
    step = cast("s.TakeHold", step)
    if step.told <= case.holds_told:
        return ()
    held = e.SlipHeld(at=now, by=step.actor, held=step.held, told=step.told)
    if not step.void or case.with_finance or not case.reserved:
        return (held,)
    return (held, e.SlipEnded(at=now, by=step.actor, outcome="void", reason=step.void))


def _describe(case: Payment, view: CaseView) -> CaseView:
    story: dict[str, object] = {
        "slip_number": case.slip_number,
        "line": case.line,
        "purpose": case.purpose,
        "direction": case.direction.value,
        "payer": case.payer,
        "rule": case.rule,
        "reason": case.reason,
        "remark": case.remark,
        "requested_by": plain(case.requested_by),
        "proposed_by": plain(case.proposed_by),
        "earlier_askers": plain(case.earlier_askers),
        "return_case": case.return_case,
        "receipts": plain(case.receipts),
        "approvals": plain(case.approvals),
        "approvals_needed": case.approvals_needed,
        "handed_at": plain(case.handed_at),
        "case_sum": plain(case.case_sum),
        "asked_today": plain(case.asked_today),
        "changes": plain(case.changes),
        "reference": case.reference,
        "paid_at": plain(case.paid_at),
        "paid_by": plain(case.paid_by),
        "note": case.note,
        "letters": letters_shown(case),
        "troubles": plain(case.troubles),
    }
    story |= VOLUME.shown(case) | ({"held": True} if case.held else {})
    account = case.agreed.account if case.agreed is not None else None
    sealed = {"customer": case.customer.reference, "name": case.customer.name, "order": case.order, "account": account}
    boxes = {name: box for name, box in sealed.items() if box is not None}
    return replace(view, amount=case.amount, sealed=boxes, story=story)


def _rule(step: type[Any], may: Any, decide: Any, clock: str) -> StepRule[Any]:
    return StepRule(step, may, decide, lambda case: case.due(clock))


_RULES: tuple[StepRule[Any], ...] = (
    _rule(s.ApproveSlip, _may_approve, _approve, "slip_approval"),
    _rule(s.ChangeAmount, _may_change, _change, "slip_approval"),
    _rule(s.RejectSlip, _may_end, _reject, "slip_approval"),
    _rule(s.SignPaid, _may_pay, _pay, "payment"),
    _rule(s.ReportNotPaid, _may_pay, _not_paid, "payment"),
    _rule(s.VoidSlip, _may_end, _void, "slip_approval"),
    _rule(s.TakeCaseSum, always, _case_sum, "payment"),
    _rule(s.TakeHold, always, _hold, "payment"),
    charge_rule(),
    *VOLUME.rules().values(),
    *(rule for rule in shared_rules() if rule.step is not AddEvidence),
)

BOOK: Rulebook[Payment] = Rulebook(
    kind=Kind.PAYMENT,
    rules={rule.step.slug(): rule for rule in _RULES},
    evolve=evolve,
    wanted_clocks=_wanted_clocks,
    letters_for=lambda _case, _event: (),
    other_instants=VOLUME.instants,
    other_passed=VOLUME.passed,
    tasks=lambda case: (*_tasks(case), *VOLUME.tasks(case)),
    state=_state,
    describe=_describe,
    takes_after_closing=lambda case, step, _now: step in VOLUME.late_steps(case),
    outliving=VOLUME.outliving,
    charge=lambda case: case.charge,
)

"""The sums beside the remedy, bound together as a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.casework import StepRule, always
from domain.chapters import Chapter
from domain.complaint.children import PaymentOf
from domain.complaint.events import ChargeTold
from domain.complaint.state import Complaint
from domain.complaint.sums import events as e
from domain.complaint.sums import rules
from domain.complaint.sums import steps as s
from domain.money import Money
from domain.plain import plain


def _asked(case: Complaint, event: e.IncomingAsked) -> Complaint:
    return replace(case, incoming=(*case.incoming, event.part))


def _started(case: Complaint, event: e.IncomingStarted) -> Complaint:
    return _slip(case, event.slip, started=True, charge=event.charge)


def _charge_told(case: Complaint, event: ChargeTold) -> Complaint:
    told = next((slip.charge_told for slip in case.incoming if slip.case == event.part), 0)
    return _slip(case, event.part, charge=event.charge, charge_told=told + 1)


def _told(case: Complaint, event: e.IncomingNewsTaken) -> Complaint:
    return _slip(case, event.slip, result=event.result, reference=event.reference, note=event.note)


def _difference(case: Complaint, event: e.DifferenceNamed) -> Complaint:
    return replace(case, differences=(*case.differences, event.part))


def _platform(case: Complaint, event: e.PlatformPaid) -> Complaint:
    return replace(case, platform_payments=(*case.platform_payments, event.part))


def _platform_told(case: Complaint, event: e.PlatformPaymentTold) -> Complaint:
    told = tuple(replace(p, told=True) if p.number == event.number else p for p in case.platform_payments)
    return replace(case, platform_payments=told)


def _too_much(case: Complaint, event: e.LineGaveTooMuch) -> Complaint:
    paid = tuple(replace(p, over=event.over) if p.number == event.number else p for p in case.platform_payments)
    return replace(case, platform_payments=paid)


def _amount(case: Complaint, event: e.SlipAmountChanged) -> Complaint:
    """The sum that the slip stands for now; what the slip knows of the case's payments shrinks with it."""

    def lowered(slip: PaymentOf) -> PaymentOf:
        known = Money(slip.case_sum.minor - slip.amount.minor + event.amount.minor, slip.case_sum.currency)
        return replace(slip, amount=event.amount, case_sum=known) if slip.case == event.slip else slip

    payments = tuple(lowered(slip) for slip in case.payments)
    return _slip(replace(case, payments=payments), event.slip, amount=event.amount)


def _slip(case: Complaint, name: str, **changes: Any) -> Complaint:
    return replace(case, incoming=tuple(replace(i, **changes) if i.case == name else i for i in case.incoming))


INNER = frozenset({"started", "charge", "charge_told"})
"""What only the errands need of a slip: a change of that is no news to anybody."""


def _shown(case: Complaint) -> dict[str, object]:
    incoming = [{n: v for n, v in plain(slip).items() if n not in INNER} for slip in case.incoming]
    platform = [{n: v for n, v in plain(payment).items() if n != "told"} for payment in case.platform_payments]
    shown: dict[str, object] = {
        "incoming": incoming,
        "differences": plain(case.differences),
        "platform_payments": platform,
    }
    return {name: value for name, value in shown.items() if value}


_RULES: tuple[StepRule[Any], ...] = (
    StepRule(s.AskRepayment, rules.may_ask_repayment, rules.ask_repayment),
    StepRule(s.NameDifference, rules.may_name_difference, rules.name_difference),
    StepRule(s.RecordPlatformPayment, rules.may_record_platform, rules.record_platform),
    StepRule(s.TakeSlipAmount, always, rules.take_amount),
)

CHAPTER: Chapter[Complaint] = Chapter(
    rules=_RULES,
    changes={
        e.IncomingAsked: _asked,
        e.IncomingStarted: _started,
        ChargeTold: _charge_told,
        e.IncomingNewsTaken: _told,
        e.DifferenceNamed: _difference,
        e.PlatformPaid: _platform,
        e.PlatformPaymentTold: _platform_told,
        e.LineGaveTooMuch: _too_much,
        e.SlipAmountChanged: _amount,
    },
    shown=_shown,
)

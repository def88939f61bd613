"""Rules of carrying out, calling back and closing (domain.md, spine 7 to 10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

from domain.casefile import Event, TroubleArose
from domain.complaint import events as e
from domain.complaint import refusals as no
from domain.complaint import refusals_parcel as of_parcel
from domain.complaint import situation as at
from domain.complaint import steps as s
from domain.complaint.disproving import chapter as disproving
from domain.complaint.fulfilling.questions import open_parts
from domain.complaint.fulfilling.refusals import PartUnderWay
from domain.complaint.on_platform import questions as platform
from domain.complaint.on_platform.refusals import MoneyIsOut
from domain.complaint.recall import questions as recalls
from domain.complaint.recall import troubles
from domain.complaint.state import CallTry, Complaint
from domain.complaint.sums.events import IncomingNewsTaken
from domain.complaint.sums.rules import came_to_nothing
from domain.goods_return.situation import CAME_LATE
from domain.goods_return.state import KEPT
from domain.money import Money
from domain.people import Actor
from domain.shipment import Shipment
from domain.steps import Step


def report_shipment(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """One more parcel on its way, its number registered at once; or what a known one lacked [S]."""
    step = cast("s.ReportShipment", step)
    tracking = step.tracking.strip().upper()
    if step.freight is not None:
        _check_freight(case, step.freight)
    if step.receipt is not None:
        _check_receipt(case, tracking, step.receipt)
    known = next((parcel for parcel in case.shipments if parcel.tracking == tracking), None)
    if known is None:
        shipment = Shipment(step.carrier, tracking, step.freight, now, step.receipt)
    else:
        shipment = _completed(known, step)
    if shipment == known:
        raise of_parcel.TrackingKnown(field="tracking")
    return (e.ShipmentReported(at=now, by=step.actor, shipment=shipment),)


def _completed(known: Shipment, step: s.ReportShipment) -> Shipment:
    """The parcel with what it lacked; a sum holds only until its receipt is there, and then for good [T]."""
    proved = known.freight is not None and known.receipt is not None
    told = known.freight if proved or step.freight is None else step.freight
    return replace(known, freight=told, receipt=known.receipt or step.receipt)


def may_request_slip(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open after a slip came to nothing [T]."""
    if not at.failed_slips(case) or recalls.ground_lost(case):
        raise no.SlipNotFailed


def request_slip(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Ask anew; the old number stays with its reason [T]."""
    step = cast("s.RequestSlip", step)
    if step.slip not in {payment.case for payment in at.failed_slips(case)}:
        raise no.SlipNotFailed(field="slip")
    return (e.SlipAskedAgain(at=now, by=step.actor, slip=step.slip, reason=step.reason),)


def may_call_back(case: Complaint, actor: Actor, _now: datetime) -> None:
    """Open once the outcome stands, for anybody who did not handle the case [D][E][S]."""
    if not at.carried_out(case):
        raise no.NoCallBackDue
    if actor.person in case.handlers:
        raise no.HandlerMayNotCallBack


def call_back(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Satisfied closes; not satisfied goes back; not reached is tried again on another day [D][E][S][O]."""
    step = cast("s.RecordCallBack", step)
    if step.result is s.CallResult.SATISFIED:
        return (
            e.CustomerSatisfied(at=now, by=step.actor, words=step.words),
            e.ComplaintClosed(at=now, by=step.actor, outcome="refused" if case.refused_because else "resolved"),
        )
    if step.result is s.CallResult.NOT_SATISFIED:
        if step.words is None:
            raise no.WordsNeeded(field="words")
        return (e.CustomerDissatisfied(at=now, by=step.actor, reason=step.words),)
    day = case.pinned.calendar.local_date(now)
    if any(call.day == day for call in case.call_backs):
        raise no.TriedToday(day=day.isoformat())
    return (e.CallBackTried(at=now, by=step.actor, call=CallTry(now, day, False, step.actor), words=step.words),)


def may_close(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open unless money or goods are in the air; goods that failed the inspection go back with the closing."""
    out = platform.keeps_open(case)
    if out is not None:
        raise MoneyIsOut(item=out.key)
    for payment in at.live_payments(case):
        raise no.PaymentUnderWay(slip=payment.case)
    if at.about_to_pay(case):
        raise no.PaymentUnderWay(slip="—")
    for part in open_parts(case):
        raise PartUnderWay(part=part.number, kind=part.kind.value)
    if (at.return_under_way(case) and case.shipments) or recalls.with_the_courier(case):
        raise no.GoodsOnTheWay


def close(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """Closed by the supervisor; satisfaction is not assumed [S][O]."""
    step = cast("s.CloseCase", step)
    return (e.ComplaintClosed(at=now, by=step.actor, outcome="closed_by_supervisor", reason=step.reason),)


def may_withdraw(case: Complaint, _actor: Actor, _now: datetime) -> None:
    """Open while nothing irreversible was done."""
    if at.irreversible(case):
        raise no.Irreversible


def withdraw(_case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """The customer cancels, with a reason or without."""
    step = cast("s.Withdraw", step)
    return (e.ComplaintClosed(at=now, by=step.actor, outcome="withdrawn", words=step.reason),)


def take_return_news(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What a return reports, if it is this complaint's; goods that come in after the closing need a person."""
    step = cast("s.TakeReturnNews", step)
    if step.return_case not in {part.case for part in case.returns}:
        raise no.PartUnknown(part=step.return_case)
    if step.result == CAME_LATE and case.closed_at is not None:
        return ()  # what becomes of them is asked once they are inspected
    news = e.ReturnNewsTaken(
        at=now,
        by=step.actor,
        return_case=step.return_case,
        result=step.result,
        announced=step.announced,
        accepted=step.accepted,
        findings=step.findings,
        lines=step.lines,
    )
    if case.closed_at is None or step.result != "passed":
        return (news, *disproving.found(case, step, now), *_asked_too_early(case, step, now))
    sentence = f"the goods of {step.return_case} came in and passed after the closing: repay, or send them back"
    return (news, TroubleArose(at=now, by=step.actor, code="goods_of_closed_case", sentence=sentence))


def _asked_too_early(case: Complaint, news: s.TakeReturnNews, now: datetime) -> tuple[Event, ...]:
    """Goods came that nobody knew of when the rest was kept, and the sum for the rest is asked for already."""
    part = case.return_named(news.return_case)
    asked = [p.case for p in case.payments if (p.proposal, p.purpose) == (part.proposal, "refund")]
    if news.result != CAME_LATE or part.settled_as not in KEPT or not asked:
        return ()
    sentence = (
        f"another parcel of {part.case} was here unopened when its refund ({', '.join(asked)}) was asked for: void the"
        " slip and ask for it again once the parcel is inspected, so that all that came is paid"
    )
    return (TroubleArose(at=now, by=news.actor, code="goods_after_refund", sentence=sentence),)


def take_payment_news(case: Complaint, step: Step, now: datetime) -> tuple[Event, ...]:
    """What a slip reports; news of a slip that is not this complaint's is set aside."""
    step = cast("s.TakePaymentNews", step)
    incoming = next((slip for slip in case.incoming if slip.case == step.payment_case), None)
    if incoming is not None:
        told = IncomingNewsTaken(
            at=now, by=step.actor, slip=incoming.case, result=step.result, reference=step.reference, note=step.note
        )
        return (told, *came_to_nothing(incoming, step.result, now, step.actor))
    if step.payment_case not in {part.case for part in case.payments}:
        raise no.PartUnknown(part=step.payment_case)
    news = e.PaymentNewsTaken(
        at=now,
        by=step.actor,
        payment_case=step.payment_case,
        result=step.result,
        reference=step.reference,
        note=step.note,
    )
    again = step.result == "reversed" and case.closed_at is not None
    opened = (e.Reopened(at=now, by=step.actor, because="money_back"),) if again else ()
    return (*opened, news, *troubles.paid_all_the_same(case, step.result, now, step.actor))


def _check_receipt(case: Complaint, tracking: str, receipt: str) -> None:
    if receipt not in case.photos_as("receipt"):
        raise of_parcel.ReceiptUnknown(field="receipt")
    if any(parcel.receipt == receipt and parcel.tracking != tracking for parcel in case.shipments):
        raise of_parcel.ReceiptUsed(field="receipt")


def _check_freight(case: Complaint, freight: Money) -> None:
    expected = case.pinned.policy.freight_cap.value.currency
    if freight.currency != expected:
        raise no.WrongCurrency(field="freight", given=freight.currency, expected=expected)

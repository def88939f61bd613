"""What a complaint has to set going outside itself now, derived from its facts: returns, slips, news to both.

An errand is done once: the event it answers with (`done`) takes it off the list. The order is the order of the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.casefile import Event
from domain.charge import Charge
from domain.complaint import events as e
from domain.complaint import situation as at
from domain.complaint import slips
from domain.complaint.children import PaymentOf, ReturnOf
from domain.complaint.dues import mixed
from domain.complaint.fulfilling import events as f
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling.state import PartState
from domain.complaint.in_charge import charge_of
from domain.complaint.lines import questions as claims
from domain.complaint.lines.errands import CountUnits, HoldUnits, return_lines, units
from domain.complaint.linking.errands import TellCase, words_to_cases
from domain.complaint.on_platform import counting
from domain.complaint.problems import BRINGS_GOODS, RemedyKind
from domain.complaint.recall import questions as recalls
from domain.complaint.state import Complaint
from domain.complaint.sums import events as sums_events
from domain.complaint.sums import questions as sums
from domain.goods_return.state import OpenReturn, ReturnLine
from domain.money import Money
from domain.payment.state import OpenPayment
from domain.people import DESK
from domain.shipment import Shipment


@dataclass(frozen=True)
class StartReturn:
    """Start a return of its own."""

    opening: OpenReturn
    part: ReturnOf

    def done(self, now: datetime) -> Event:
        """The event once it is started."""
        return e.ReturnStarted(at=now, by=DESK, part=self.part)


@dataclass(frozen=True)
class StartPayment:
    """Ask for a slip."""

    opening: OpenPayment
    part: PaymentOf

    def done(self, now: datetime) -> Event:
        """The event once it is started."""
        return e.PaymentStarted(at=now, by=DESK, part=self.part)


@dataclass(frozen=True)
class TellReturn:
    """Tell a return of parcels reported here, and what is to become of the goods."""

    return_case: str
    shipments: tuple[Shipment, ...]
    told: int
    settle_as: str
    lines: tuple[ReturnLine, ...] = ()
    again: int = 0
    """How often goods came that took back what was told before."""

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return e.ReturnTold(
            at=now,
            by=DESK,
            return_case=self.return_case,
            shipments=self.told,
            settled_as=self.settle_as,
            lines=tuple(each.line for each in self.lines),
        )

    @property
    def name(self) -> str:
        """The news' own id."""
        added = "".join(f"+{each.line}" for each in self.lines)
        return f"{self.told}{added}/{self.settle_as}" + (f"/{self.again}" if self.again else "")


@dataclass(frozen=True)
class TellPayment:
    """Tell a slip that the payments of the case have grown, so that splitting does not help [T]."""

    payment_case: str
    case_sum: Money

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return e.PaymentTold(at=now, by=DESK, payment_case=self.payment_case, case_sum=self.case_sum)


@dataclass(frozen=True)
class HoldPayment:
    """Tell a slip to wait because what its refund rests on is in doubt, or to wait no longer [S]."""

    payment_case: str
    held: bool
    told: int
    void: str = ""
    """Why it is void, if the platform has paid instead and finance does not have it yet [S]."""

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        slip, told = self.payment_case, self.told
        return e.PaymentHeld(at=now, by=DESK, payment_case=slip, held=self.held, told=told, void=self.void)


@dataclass(frozen=True)
class TellCharge:
    """Tell a return or slip how urgent the matter is now and in whose charge; the `number`-th time."""

    part: str
    charge: Charge
    number: int

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return e.ChargeTold(at=now, by=DESK, part=self.part, charge=self.charge)


@dataclass(frozen=True)
class StartIncoming:
    """Ask for a slip for money that comes in."""

    opening: OpenPayment

    def done(self, now: datetime) -> Event:
        """The event once it is started."""
        return sums_events.IncomingStarted(at=now, by=DESK, slip=self.opening.case, charge=self.opening.charge)


@dataclass(frozen=True)
class HoldCost:
    """Ask the ledger to hold a coupon's value on the order line, before it is issued [T][O]."""

    part: int
    key: str
    amount: Money

    def done(self, now: datetime) -> Event:
        """The event once it is asked; the answer is another one."""
        return f.CostAsked(at=now, by=DESK, part=self.part)


@dataclass(frozen=True)
class SettleCost:
    """Tell the ledger whether a coupon's value was spent."""

    part: int
    key: str
    spent: bool

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return f.CostSettled(at=now, by=DESK, part=self.part, spent=self.spent)


@dataclass(frozen=True)
class BookPlatformPayment:
    """Tell the ledger what the platform paid by itself: it counts on the order line all the same [S][O]."""

    number: int
    amount: Money
    reference: str
    paid_at: datetime

    def done(self, now: datetime) -> Event:
        """The event once it is told."""
        return sums_events.PlatformPaymentTold(at=now, by=DESK, number=self.number)


LedgerErrand = HoldCost | SettleCost | BookPlatformPayment | HoldUnits | CountUnits
ToldErrand = TellReturn | TellPayment | HoldPayment | TellCharge | TellCase
Errand = StartReturn | StartPayment | StartIncoming | ToldErrand | LedgerErrand


def errands(case: Complaint) -> tuple[Errand, ...]:
    """The errands that wait, in order; none when everything is set going.

    What stops money goes first, then what the platform paid, so that the ledger counts it before it holds another
    slip for what is left of the line [S][O].
    """
    money_gone = (*_hold_payments(case), *_platform(case))
    started = (*units(case), *_start_return(case), *_tell_return(case), *_start_payments(case), *_start_incoming(case))
    news = (*_tell_payments(case), *_tell_charge(case), *words_to_cases(case))
    return (*money_gone, *started, *news, *_costs(case))


def _start_return(case: Complaint) -> Iterator[Errand]:
    agreed = case.accepted
    if agreed is None or agreed.kind not in BRINGS_GOODS or case.closed_at is not None:
        return
    if any(part.proposal == agreed.number for part in case.returns) or not claims.may_start(case):
        return
    first = case.returns[-1].shipments_told if case.returns else 0
    lines = return_lines(case, claims.claimed(case))
    opening = OpenReturn(
        case=claims.return_name(case),
        shop=case.shop,
        parent=case.case,
        customer=case.customer,
        pinned=case.pinned,
        order=case.order,
        order_index=case.order_index,
        lines=lines,
        freight_repaid=agreed.freight,
        mends=agreed.kind is RemedyKind.REPAIR,
        shipments=case.shipments[first:],
        authorised_by=agreed.by,
        exchange_for=agreed.what if agreed.kind is RemedyKind.EXCHANGE else "",
        charge=charge_of(case),
    )
    part = ReturnOf(
        opening.case,
        agreed.number,
        announced=sum(line.quantity for line in lines),
        lines_told=tuple(line.line for line in lines),
        shipments_told=len(case.shipments),
        first_shipment=first,
        charge=opening.charge,
    )
    yield StartReturn(opening, part)


def _tell_return(case: Complaint) -> Iterator[Errand]:
    last = at.return_of(case)
    if last is None or last.result not in {None, "failed"}:
        return
    came_after_all = last.settled_as == "call_off" and last.result == "failed"
    settle = "" if last.settled_as and not came_after_all else _settlement(case, last)
    news = case.shipments[last.shipments_told :]
    lines = return_lines(case, claims.to_tell_the_return(case, last)) if last.result is None else ()
    if news or settle or lines:
        yield TellReturn(last.case, news, len(case.shipments), settle, lines, last.came_again)


def _settlement(case: Complaint, part: ReturnOf) -> str:
    if case.closed_at is not None:
        return {None: "call_off", "failed": "send_back"}.get(part.result, "")
    if part.result != "failed":
        return ""
    agreed = case.accepted
    if case.refused_because or (agreed is not None and agreed.kind is RemedyKind.SEND_BACK):
        passed = not case.refused_because and mixed(case, part)
        return "send_back_failed" if passed else "send_back"
    if agreed is None:
        return ""
    if agreed.kind is RemedyKind.PART_REFUND:
        return "kept"
    return "accepted" if case.allowed_despite_inspection == agreed.number else ""


def _start_payments(case: Complaint) -> Iterator[Errand]:
    for opening, part in slips.to_pay(case):
        yield StartPayment(opening, part)


def _start_incoming(case: Complaint) -> Iterator[StartIncoming]:
    for opening in slips.to_take_in(case):
        yield StartIncoming(opening)


def _costs(case: Complaint) -> Iterator[LedgerErrand]:
    for part in fulfil.to_hold(case):
        if part.worth is not None:
            yield HoldCost(part.number, fulfil.cost_key(case, part), part.worth)
    for part in fulfil.to_settle(case):
        yield SettleCost(part.number, fulfil.cost_key(case, part), part.state is PartState.DONE)


def _platform(case: Complaint) -> Iterator[LedgerErrand]:
    for payment in sums.to_tell_the_ledger(case):
        yield BookPlatformPayment(payment.number, payment.amount, payment.reference, payment.paid_at)


def _tell_payments(case: Complaint) -> Iterator[Errand]:
    total = at.case_sum(case)
    for payment in at.live_payments(case):
        if total > payment.case_sum:
            yield TellPayment(payment.case, total)


def _hold_payments(case: Complaint) -> Iterator[Errand]:
    for payment in at.live_payments(case):
        overtaken = counting.overtaken(case, payment)
        leaves = payment.purpose in counting.COUNTS and counting.about_to_leave(case)
        held = overtaken or leaves or (payment.purpose == "refund" and recalls.ground_lost(case))
        if payment.held is not held or (overtaken and not payment.void_told):
            void = "the platform paid it by itself" if overtaken else ""
            yield HoldPayment(payment.case, held, payment.holds_told + 1, void)


def _tell_charge(case: Complaint) -> Iterator[Errand]:
    now = charge_of(case)
    returns = (part for part in case.returns if part.result in {None, "failed"})
    for part in (*returns, *at.live_payments(case), *sums.under_way(case)):
        if part.charge != now:
            yield TellCharge(part.case, now, part.charge_told + 1)

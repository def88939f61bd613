"""A desk without Temporal: plays a complaint, its returns and its slips with the pure rules, as the workflows would.

In a story everything is delivered at once. The machine of test_any_order.py delivers by hand, in any order, twice if it
likes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from domain import casework
from domain import shared_steps as shared
from domain.casefile import CaseFile, Event
from domain.complaint import book as complaints
from domain.complaint import steps as cs
from domain.complaint.errands import (
    BookPlatformPayment,
    Errand,
    HoldCost,
    HoldPayment,
    LedgerErrand,
    SettleCost,
    StartIncoming,
    StartPayment,
    StartReturn,
    TellCharge,
    TellPayment,
    TellReturn,
    errands,
)
from domain.complaint.ledger_answers import LedgerSays, ledgers_answer
from domain.complaint.lines.errands import CountUnits, HoldUnits
from domain.complaint.linking.errands import TellCase
from domain.complaint.linking.state import Word
from domain.complaint.linking.steps import TakeWordFromCase
from domain.complaint.on_platform import steps as on
from domain.complaint.situation import filed
from domain.complaint.state import Complaint
from domain.complaint.sums.steps import TakeSlipAmount
from domain.dock import book as dock
from domain.dock import steps as ds
from domain.dock.errands import TellArrival, next_errand
from domain.dock.state import DockParcel, OpenParcel
from domain.goods_return import book as returns
from domain.goods_return import dock as at_dock
from domain.goods_return import events as re
from domain.goods_return import situation as return_at
from domain.goods_return import steps as rs
from domain.goods_return.state import Return
from domain.money import Money
from domain.payment import book as payments
from domain.payment import events as pe
from domain.payment import steps as ps
from domain.payment.gateway import errands as gateway
from domain.payment.gateway.hearing import hear
from domain.payment.gateway.state import Heard, Stands
from domain.payment.parting.chapter import part_to_book
from domain.payment.parting.events import PartBooked
from domain.payment.purposes import UNDER_THE_LINE, Direction, Purpose
from domain.payment.state import Payment
from domain.people import DESK, Actor
from domain.policy import Language
from domain.record import sentence
from domain.steps import Step, slug
from domain.taking_charge import TakeCharge
from domain.view import CaseView, StepOffer
from tests import builders as b
from workflows.news import GatewayNews


@dataclass(frozen=True)
class News:
    """A signal under way from one case to another."""

    to: str
    news: str
    step: Step


@dataclass
class Desk:
    """One complaint and all that comes of it. `ceiling` is what the ledger lets out for the line, in minor units."""

    complaint: Complaint
    now: datetime = b.START
    at_once: bool = True
    """Whether errands are done, slips reserved and news delivered as soon as they arise."""
    returns: dict[str, Return] = field(default_factory=dict[str, Return])
    payments: dict[str, Payment] = field(default_factory=dict[str, Payment])
    parcels: dict[str, DockParcel] = field(default_factory=dict[str, DockParcel])
    under_way: list[News] = field(default_factory=list[News])
    delivered: list[News] = field(default_factory=list[News])
    outside: list[News] = field(default_factory=list[News])
    """News for other complaints, see `exchange`."""
    events: dict[str, list[Event]] = field(default_factory=dict[str, list[Event]])
    ceiling: int = 30_000
    costs: dict[str, int] = field(default_factory=dict[str, int])
    """What coupons hold of the line, and what the platform paid, in minor units."""
    gateway_says: list[Heard] = field(default_factory=list[Heard])
    """What the payment gateway answers next; then that it has the order and is not done."""
    asked_of_gateway: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    units: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    """What the register of returned goods counts, by return and line; other cases' returns may stand here too."""

    # -- what people do ---------------------------------------------------------------------------------------

    def take(self, step: Step, name: str = "") -> tuple[str, ...]:
        """Take a step in the complaint, or in the case of that name; the slugs of what was recorded."""
        name = name or self.complaint.case
        events = casework.decide(self.book(name), self.case(name), step, self.now)
        self.record(name, events)
        self.settle_down()
        return tuple(slug(type(event)) for event in events)

    def scan(self, opening: OpenParcel) -> None:
        """The dock takes a parcel in."""
        self.events[opening.case] = list(dock.opening_events(opening))
        self.parcels[opening.case] = dock.open_parcel(opening)
        self.settle_down()

    def wait(self, by: timedelta) -> None:
        """Let time pass; every deadline on the way is noticed at its own instant."""
        end = self.now + by
        while (due := self.next_instant()) is not None and due <= end:
            self.now = max(due, self.now)
            self.notice()
            self.settle_down()
        self.now = end

    def sleep(self, by: timedelta) -> None:
        """Let time pass while the software is down: nothing is noticed until somebody asks."""
        self.now += by

    def notice(self) -> None:
        """What time owes to every case now."""
        for name in self.names():
            self.record_by_machine(name, ())

    # -- what the workflows do --------------------------------------------------------------------------------

    def settle_down(self) -> None:
        """Do everything that machines would do at once, until nothing is left."""
        while self.at_once and self.one_turn():
            pass

    def one_turn(self) -> bool:
        """One thing that a machine has to do, in the order of urgency; False when there is none."""
        if self.under_way:
            self.deliver(0)
            return True
        money = self.reserve_one() or self.change_one()
        return self.do_errand() or money or self.ask_gateway_one() or self.report_one() or self.do_dock_errand()

    def do_errand(self) -> bool:
        """Do the first errand: it is on record before it is done; False when there is none."""
        waiting = errands(self.complaint)
        if not waiting:
            return False
        self.record_by_machine(self.complaint.case, (waiting[0].done(self.now),))
        self._do(waiting[0])
        return True

    def _do(self, errand: Errand) -> None:
        match errand:
            case StartReturn(opening=opening):
                assert opening.case not in self.returns, "a return is started once"
                self.returns[opening.case] = returns.open_return(opening, self.now)
            case StartPayment(opening=opening) | StartIncoming(opening=opening):
                assert opening.case not in self.payments, "a slip is asked for once"
                self.payments[opening.case] = payments.open_payment(opening, self.now)
            case TellReturn(return_case=name, shipments=shipments, settle_as=settle_as, lines=lines):
                word = rs.TakeWordFromComplaint(actor=DESK, shipments=shipments, settle_as=settle_as, lines=lines)
                self.under_way.append(News(name, errand.name, word))
            case TellPayment(payment_case=name, case_sum=case_sum):
                self.under_way.append(News(name, str(case_sum), ps.TakeCaseSum(actor=DESK, case_sum=case_sum)))
            case HoldPayment(payment_case=name, held=held, told=told, void=void):
                hold = ps.TakeHold(actor=DESK, held=held, told=told, void=void)
                self.under_way.append(News(name, f"hold/{told}", hold))
            case TellCharge(part=name, charge=charge, number=number):
                self.under_way.append(News(name, f"charge/{number}", TakeCharge(actor=DESK, charge=charge)))
            case TellCase():
                self.outside.append(News(errand.to, errand.news, errand.says))
            case HoldCost() | SettleCost() | BookPlatformPayment() | HoldUnits() | CountUnits():
                self._tell_the_ledger(errand)

    def _tell_the_ledger(self, errand: LedgerErrand) -> None:
        says = LedgerSays()
        match errand:
            case HoldUnits(return_case=name, lines=lines):
                short = [each.line for each in lines if each.quantity > self.left_of(each.line, name)]
                says = LedgerSays(f"line {short[0]}: not so many are left") if short else says
                self.units |= {} if short else {(name, each.line): each.quantity for each in lines}
            case CountUnits(return_case=name, lines=lines):
                self.units |= {(name, each.line): each.quantity for each in lines}
                over = [each.line for each in lines if self.left_of(each.line) < 0]
                says = LedgerSays(f"line {over[0]}: more than bought") if over else says
            case HoldCost(key=key, amount=amount):
                assert key not in self.costs, "a coupon's value is held once"
                fits = self.given_back() + amount.minor <= self.ceiling
                says = says if fits else LedgerSays("more than was paid")
                self.costs |= {key: amount.minor} if fits else {}
            case SettleCost(key=key, spent=spent):
                self.costs[key] = self.costs[key] if spent else 0
            case BookPlatformPayment(reference=reference, amount=amount):
                self.costs[f"platform/{reference}"] = amount.minor
                own = sum(p.amount.minor for p in self._under_the_line() if p.reserved and p.outcome is None)
                over = self.given_back() - own - self.ceiling
                says = LedgerSays(over=Money(over, amount.currency)) if over > 0 else says
        self.record_by_machine(self.complaint.case, ledgers_answer(self.complaint, errand, says, self.now))

    def given_back(self) -> int:
        """What the line gives back or has promised to, by every door, in minor units."""
        slips = sum(p.amount.minor for p in self._under_the_line() if p.reserved and p.outcome in {None, "paid"})
        return slips + sum(self.costs.values())

    def _under_the_line(self) -> list[Payment]:
        return [p for p in self.payments.values() if Purpose(p.purpose) in UNDER_THE_LINE]

    def left_of(self, line: int, but: str = "") -> int:
        """Units of the line that may still go back, those of the return `but` not counted."""
        order = self.complaint.facts.find(line) if self.complaint.facts is not None else None
        gone = sum(units for (name, number), units in self.units.items() if number == line and name != but)
        return (order.quantity if order is not None else 0) - gone

    def do_dock_errand(self) -> bool:
        """The first thing that a parcel has to tell a return, or a return the dock; False when there is none."""
        for parcel in self.parcels.values():
            errand = next_errand(parcel)
            if errand is not None:
                self.record_by_machine(parcel.case, (errand.done(self.now),))
                self.under_way.append(
                    _of_parcel(parcel, errand.match.return_case, here=isinstance(errand, TellArrival))
                )
                return True
        for case in self.returns.values():
            report = at_dock.dock_report(case)
            if report is not None:
                told = re.DockTold(at=self.now, by=DESK, dock=report.dock, result=report.result)
                self.record_by_machine(case.case, (told,))
                says = ds.TakeReturnAnswer(actor=DESK, return_case=case.case, result=report.result)
                self.under_way.append(News(report.dock, f"{case.case}/{report.result}", says))
                return True
        return False

    def reserve_one(self) -> bool:
        """The ledger answers the oldest slip that waits for it."""
        for slip in self.payments.values():
            if not slip.reserved and slip.closed_at is None:
                self.record_by_machine(slip.case, (self._ledgers_answer(slip),))
                return True
        return False

    def ask_gateway_one(self) -> bool:
        """The first slip that has to ask the payment gateway asks it, and hears what the script says next."""
        for slip in self.payments.values():
            errand = gateway.next_errand(slip)
            if errand is not None:
                self.record_by_machine(slip.case, (errand.done(self.now),))
                self.asked_of_gateway.append((type(errand).__name__, slip.slip_number))
                heard = self.gateway_says.pop(0) if self.gateway_says else Heard(Stands.PENDING)
                self.record_by_machine(slip.case, hear(self.payments[slip.case], heard, b.SHOP, self.now))
                return True
        return False

    def gateway_tells(self, slip: str, heard: Heard) -> None:
        """The payment gateway tells a slip something by itself."""
        told = GatewayNews(heard, b.SHOP)
        self.under_way.append(News(slip, told.news, told.says))
        self.settle_down()

    def change_one(self) -> bool:
        """The first slip whose amount was changed has it booked, then tells the complaint."""
        for slip in self.payments.values():
            part = part_to_book(slip)
            if part is not None:
                self.record_by_machine(slip.case, (PartBooked(at=self.now, by=DESK, number=part.number),))
                return True
            if slip.to_book:
                self.record_by_machine(slip.case, (pe.AmountBooked(at=self.now, by=DESK, amount=slip.amount),))
                return True
            if slip.to_tell:
                self.record_by_machine(slip.case, (pe.AmountTold(at=self.now, by=DESK, amount=slip.amount),))
                told = TakeSlipAmount(actor=DESK, slip=slip.case, amount=slip.amount)
                self.under_way.append(News(slip.parent or "", f"{slip.case}/{slip.amount}", told))
                return True
        return False

    def report_one(self) -> bool:
        """The first case that has news for the complaint sends it."""
        for case in (*self.returns.values(), *self.payments.values()):
            news = _report(case)
            if news is not None:
                self.under_way.append(news)
                told = re.ComplaintTold if isinstance(case, Return) else pe.ComplaintTold
                result = str(getattr(news.step, "result"))  # noqa: B009  both kinds of news have one
                settled = pe.LedgerSettled(at=self.now, by=DESK, outcome=result)
                booked = (settled,) if isinstance(case, Payment) else ()
                self.record_by_machine(case.case, (*booked, told(at=self.now, by=DESK, result=result)))
                return True
        return False

    def deliver(self, place: int, *, again: bool = False) -> None:
        """Hand over one message; `again` repeats one that was delivered before."""
        news = self.delivered[place] if again else self.under_way.pop(place)
        events = casework.take_news(self.book(news.to), self.case(news.to), news.news, news.step, self.now)
        if again:
            assert events == (), "a message delivered twice acts once"
        else:
            self.delivered.append(news)
        self.record(news.to, events)

    def hear(self, news: News) -> None:
        """Another complaint tells this one something."""
        self.record(news.to, casework.take_news(complaints.BOOK, self.complaint, news.news, news.step, self.now))
        self.settle_down()

    def platform(self, news: str, told: on.RecordPlatformNews) -> None:
        """The platform itself tells the complaint what somebody could also record by hand."""
        facts = {each.name: getattr(told, each.name) for each in fields(told)}
        self.hear(News(self.complaint.case, f"platform/{news}", on.TakePlatformNews(news=news, **facts)))

    def courier(self, name: str, message: str, tracking: str, status: rs.CourierStatus) -> None:
        """The courier tells a return where a parcel is."""
        step = rs.TakeCourierNews(actor=b.SHOP, tracking=tracking, status=status, seen_at=self.now)
        self.under_way.append(News(name, message, step))
        self.settle_down()

    def post(self) -> None:
        """The mail server takes every message that waits."""
        for name in self.names():
            for letter in casework.letters_to_send(self.case(name)):
                self.record_by_machine(name, (casework.letter_sent(letter.number, "email", self.now),))

    def mail_bounces(self) -> None:
        """No message can be sent; each falls to a person."""
        for name in self.names():
            for letter in casework.letters_to_send(self.case(name)):
                fell = casework.letter_fell_to_person(self.case(name), letter.number, "no address", self.now)
                self.record_by_machine(name, (fell,))

    def receipt_fails(self, name: str, number: int, round_: int = 1) -> None:
        """The shop's gateway tells that a message did not arrive."""
        step = shared.TakeReceipt(actor=b.SHOP, number=number, round=round_, why="the gateway could not deliver it")
        self.under_way.append(News(name, f"receipt/msg_{name}_{number}_{round_}", step))
        self.settle_down()

    # -- what is seen -----------------------------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        return (self.complaint.case, *self.returns, *self.payments, *self.parcels)

    def case(self, name: str) -> Any:
        if name == self.complaint.case:
            return self.complaint
        return self.returns.get(name) or self.payments.get(name) or self.parcels[name]

    def book(self, name: str) -> casework.Rulebook[Any]:
        if name == self.complaint.case:
            return complaints.BOOK
        if name in self.parcels:
            return dock.BOOK
        return returns.BOOK if name in self.returns else payments.BOOK

    @property
    def state(self) -> str:
        return complaints.BOOK.state(self.complaint)

    def view(self, name: str = "") -> CaseView:
        name = name or self.complaint.case
        return casework.view(self.book(name), self.case(name), 1)

    def offers(self, actor: Actor, name: str = "") -> dict[str, StepOffer]:
        name = name or self.complaint.case
        return {offer.step: offer for offer in casework.offers(self.book(name), self.case(name), actor, self.now)}

    def tasks(self, name: str = "") -> set[str]:
        return {task.key for task in self.view(name).tasks}

    def letters(self, name: str = "") -> list[str]:
        return [letter.kind for letter in self.case(name or self.complaint.case).letters]

    def happened(self, name: str = "") -> list[str]:
        return [slug(type(event)) for event in self.events.get(name or self.complaint.case, [])]

    def next_instant(self) -> datetime | None:
        waits = (casework.next_instant(self.book(name), self.case(name)) for name in self.names())
        return min((wait[0] for wait in waits if wait is not None), default=None)

    def record_by_machine(self, name: str, events: tuple[Event, ...]) -> None:
        """What machines did, after what time owed the case until now."""
        self.record(name, casework.with_time(self.book(name), self.case(name), events, self.now))

    # -- how it is kept ---------------------------------------------------------------------------------------

    def record(self, name: str, events: tuple[Event, ...]) -> None:
        """Let events happen to a case; each has its sentence."""
        for event in events:
            for language in Language:
                assert sentence(event, language)
        self.events.setdefault(name, []).extend(events)
        after: CaseFile = casework.apply(self.book(name), self.case(name), events)
        if isinstance(after, Complaint):
            self.complaint = after
        elif isinstance(after, Return):
            self.returns[name] = after
        elif isinstance(after, Payment):
            self.payments[name] = after
        elif isinstance(after, DockParcel):
            self.parcels[name] = after

    def paid(self, purposes: tuple[str, ...] = ("refund", "compensation", "freight", "price_difference")) -> int:
        """What finance has paid out, in minor units."""
        return sum(p.amount.minor for p in self.payments.values() if p.outcome == "paid" and p.purpose in purposes)

    def _ledgers_answer(self, slip: Payment) -> Event:
        bounded = Purpose(slip.purpose) in UNDER_THE_LINE
        if bounded and self.given_back() + slip.amount.minor > self.ceiling:
            return pe.ReservationRefused(at=self.now, by=DESK, code="above_ceiling", sentence="more than was paid")
        asked = sum(
            other.amount.minor
            for other in self.payments.values()
            if other.requested_by.person == slip.requested_by.person and other.direction is Direction.OUT
        )
        told = Money(asked, slip.amount.currency) if slip.direction is Direction.OUT else None
        return pe.SumReserved(at=self.now, by=DESK, slip_number=f"S-{len(self.payments)}", asked_today=told)


def exchange(*desks: Desk) -> None:
    """Let complaints tell each other what they owe, until nobody has anything to say; who is over hears nothing."""
    by_name = {each.complaint.case: each for each in desks}
    while any(each.outside for each in desks):
        for each in desks:
            while each.outside:
                news = each.outside.pop(0)
                other = by_name[news.to]
                if not filed(other.complaint):
                    other.hear(news)
                elif isinstance(news.step, TakeWordFromCase) and news.step.word is Word.MERGED:
                    no = replace(news.step, case=news.to, word=Word.TURNED_AWAY, reason="it was over")
                    each.hear(News(each.complaint.case, f"{news.to}/over/{no.number}", no))


def desk(**changes: Any) -> Desk:
    """A desk with one fresh complaint."""
    return Desk(b.complaint(**changes))


def _of_parcel(parcel: DockParcel, return_case: str, *, here: bool) -> News:
    """What the dock tells a return; each match has a message of its own."""
    told = f"{parcel.case}/{len(parcel.matches)}"
    if not here:
        return News(return_case, f"{told}/back", rs.TakeParcelBack(actor=DESK, dock=parcel.case))
    says = rs.TakeParcelFromDock(
        actor=DESK,
        dock=parcel.case,
        tracking=parcel.seen.tracking or parcel.case,
        carrier=parcel.seen.carrier,
        received_at=parcel.opened_at,
        received_by=parcel.received_by.person,
        card_found=parcel.seen.note_found,
        freight_collect=parcel.seen.freight_collect,
    )
    return News(return_case, told, says)


def _report(case: Return | Payment) -> News | None:
    if isinstance(case, Return):
        report = return_at.report(case)
        if report is None:
            return None
        says = cs.TakeReturnNews(
            actor=DESK,
            return_case=case.case,
            result=report.result,
            announced=report.announced,
            accepted=report.accepted,
            findings=report.findings,
            lines=report.lines,
        )
        again = f"/{case.reopened}" if case.reopened else ""
        return News(case.parent or "", f"{case.case}/{report.result}/{len(case.inspections)}{again}", says)
    if case.closed_at is None or case.reported == case.outcome:
        return None
    result = case.outcome or ""
    told = cs.TakePaymentNews(
        actor=DESK, payment_case=case.case, result=result, reference=case.reference, note=case.note
    )
    return News(case.parent or "", f"{case.case}/{result}", told)

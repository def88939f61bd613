"""Three complaints about one order in the hands of chance: what customer, courier, warehouse, agents and finance do.

People act in the pure rules and in the world of `order_world.py` at once; the laws stand in
test_goods_and_money_add_up.py. Machines work at once, or pause for one of the cases so that its news come late.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from domain.complaint import steps as cs
from domain.complaint.children import ReturnOf
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling import steps as fs
from domain.complaint.lines.state import ClaimedLine
from domain.complaint.offering.questions import most_for
from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.complaint.sums.rules import repayable
from domain.complaint.sums.state import PaidBy
from domain.goods_return import steps as rs
from domain.goods_return.late_goods import takes_late
from domain.goods_return.state import OtherGoods, Return
from domain.goods_return.steps import CourierStatus
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.payment import steps as ps
from domain.payment.gateway.steps import ReportReversed
from domain.payment.parting.steps import SignPart
from domain.payment.state import Payment
from domain.refusals import Refusal
from domain.steps import Step
from tests import builders as b
from tests.domain import dock_moves as dm
from tests.domain import moves as m
from tests.domain.desk import News
from tests.domain.order_world import Bank, Box, Goods, OrderDesk, OrderLedger, Where

ORDER = OrderFacts(
    lines=(OrderLine(1, "cup", 3, b.yuan("300.00")), OrderLine(2, "saucer", 2, b.yuan("50.01"))),
    paid_at=b.START - 5 * b.DAY,
)
CLAIMS: tuple[tuple[int, tuple[ClaimedLine, ...]], ...] = (
    (2, (ClaimedLine(2, 1),)),
    (1, ()),
    (3, (ClaimedLine(2, 2),)),
)
PLACES = st.integers(0, len(CLAIMS) - 1)
PICK = st.integers(0, 5)
UNITS = st.sampled_from((0, 1, 1, 2, 3))
MOSTLY = st.sampled_from((True, True, False))
SUMS = st.sampled_from(("0.01", "10.00", "60.00", "100.00", "299.99"))
KINDS = st.sampled_from(
    (
        RemedyKind.RETURN_AND_REFUND,
        RemedyKind.RETURN_AND_REFUND,
        RemedyKind.EXCHANGE,
        RemedyKind.REPAIR,
        RemedyKind.COMPENSATION,
        RemedyKind.COUPON,
    )
)
HANDED_OUT = frozenset({RemedyKind.EXCHANGE, RemedyKind.REPAIR})


class OneOrder(RuleBasedStateMachine):
    """The order's cases, and what really happens."""

    def __init__(self) -> None:
        super().__init__()
        paid = {line.line: line.paid.minor for line in ORDER.lines}
        self.ledger, self.bank = OrderLedger(paid), Bank()
        self.goods = Goods(Counter({line.line: line.quantity for line in ORDER.lines}))
        self.references, units = 0, dict[tuple[str, int], int]()
        self.desks = [self._case(number, units) for number in range(1, len(CLAIMS) + 1)]

    def _case(self, number: int, units: dict[tuple[str, int], int]) -> OrderDesk:
        quantity, further = CLAIMS[number - 1]
        facts = {"case": f"AS-2026-00000{number}", "order_facts": ORDER, "quantity": quantity, "further": further}
        d = OrderDesk(b.complaint(**facts), units=units, ledger=self.ledger)
        m.judged(d)
        return d

    # -- agreements -------------------------------------------------------------------------------------------

    @initialize(kinds=st.tuples(KINDS, KINDS), shares=st.tuples(PICK, PICK), goes_first=st.sampled_from((None, 0, 1)))
    def two_are_agreed_from_the_start(
        self, kinds: tuple[RemedyKind, ...], shares: tuple[int, ...], goes_first: int | None
    ) -> None:
        """One of them perhaps an exchange that goes out first."""
        for place, kind in enumerate(kinds):
            agreed = RemedyKind.EXCHANGE if place == goes_first else kind
            self.a_remedy_is_agreed(place, agreed, shares[place], coupon=False)
        if goes_first is not None:
            self.an_exchange_goes_out_first(goes_first)

    @rule(place=PLACES, kind=KINDS, share=PICK, coupon=st.booleans())
    def a_remedy_is_agreed(self, place: int, kind: RemedyKind, share: int, coupon: bool) -> None:
        d = self.desks[place]
        most = most_for(d.complaint) or b.yuan("0.01")
        asked = Money(max(most.minor * (share + 1) // 6, 1), most.currency)
        beside = (m.beside(RemedyKind.COUPON, worth="5.00"),) if coupon and kind is not RemedyKind.COUPON else ()
        facts: dict[str, Any] = {"actor": b.LIN, "kind": kind, "also": beside, "words": "we are sorry"}
        if kind in {RemedyKind.RETURN_AND_REFUND, RemedyKind.COMPENSATION}:
            facts["refund"] = asked
        elif kind is RemedyKind.COUPON:
            facts["worth"] = b.yuan("10.00")
        self._agreed(place, cs.ProposeRemedy(**facts))

    def _agreed(self, place: int, proposal: Step) -> None:
        if not self.take(place, proposal):
            return
        number = len(self.desks[place].complaint.proposals)
        self.take(place, m.approve_offer(number))
        self.take(place, m.accept(number))

    @rule(place=PLACES, kind=st.sampled_from((RemedyKind.PART_REFUND, RemedyKind.SEND_BACK, None)))
    def what_failed_is_settled(self, place: int, kind: RemedyKind | None) -> None:
        place = self._first([n for n, d in enumerate(self.desks) if d.state == "inspection_failed"], place)
        if kind is None:
            self.take(place, cs.AllowDespiteInspection(actor=b.WU, reason="a good customer"))
        else:
            self._agreed(place, m.propose(kind, "5.00" if kind is RemedyKind.PART_REFUND else None))

    @rule(place=PLACES, satisfied=st.booleans())
    def the_customer_is_called_back(self, place: int, satisfied: bool) -> None:
        place = self._first([n for n, d in enumerate(self.desks) if d.state == "to_call_back"], place)
        self.take(place, m.call_back(cs.CallResult.SATISFIED if satisfied else cs.CallResult.NOT_SATISFIED))

    @rule(place=PLACES, how=st.sampled_from((None, None, None, "close", "withdraw")))
    def a_case_is_closed(self, place: int, how: str | None) -> None:
        if how is not None:
            self.take(place, cs.Withdraw(actor=b.CUSTOMER) if how == "withdraw" else m.close())

    # -- the usual way ----------------------------------------------------------------------------------------

    @rule(place=PLACES, cups=UNITS, whole=MOSTLY)
    def work_goes_on(self, place: int, cups: int, whole: bool) -> None:
        self._work(place, cups, whole)

    @rule(place=PLACES, cups=UNITS, whole=MOSTLY)
    def more_work_goes_on(self, place: int, cups: int, whole: bool) -> None:
        self._work(place, cups, whole)

    @rule(place=PLACES, turns=st.integers(1, 4))
    def much_work_goes_on(self, place: int, turns: int) -> None:
        for _ in range(turns):
            self._work(place, 3, whole=True)

    def _work(self, place: int, cups: int, whole: bool) -> None:
        """What is due next in a case, as people usually do it: chance alone would seldom come so far."""
        d, goods = self.desks[place], self.last_return(place)
        d.at_once = True
        d.settle_down()
        mine = [n for n, box in enumerate(self._boxes(Where.ON_THE_WAY)) if goods and box.return_case == goods.case]
        slips = [n for n, (of, slip) in enumerate(self.slips()) if of == place and slip.closed_at is None]
        if mine:
            self.a_box_is_received_by_the_warehouse(mine[0], 1, whole)
        elif self._waits(place) and goods is not None:
            line = goods.lines[0].quantity
            self._send(place, max(cups, line), 2, told=True, freight=cups > 1)
        elif slips:
            self.a_slip_is_approved(slips[0], second=True)
            paid = [n for n, (of, s) in enumerate(self._with_finance()) if of == place and s.closed_at is None]
            if paid:
                self.a_slip_is_paid(paid[0])
        elif fulfil.open_parts(d.complaint):
            self.a_part_goes_out(place, mended=True)
        elif d.state in {"to_propose", "part_failed"}:
            self.a_remedy_is_agreed(place, list(RemedyKind)[(0, 3, 5)[cups % 3]], 5, coupon=False)
        elif d.state == "inspection_failed":
            self.what_failed_is_settled(place, (None, RemedyKind.SEND_BACK, RemedyKind.PART_REFUND)[cups % 3])
        elif goods is not None and d.view(goods.case).state == "to_send_back":
            self.goods_go_back(place, by_post=True)

    # -- goods ------------------------------------------------------------------------------------------------

    @rule(place=PLACES, cups=UNITS, saucers=UNITS, told=MOSTLY, freight=st.booleans())
    def the_customer_sends(self, place: int, cups: int, saucers: int, told: bool, freight: bool) -> None:
        self._send(self._first([n for n in range(len(CLAIMS)) if self._waits(n)], place), cups, saucers, told, freight)

    def _send(self, place: int, cups: int, saucers: int, told: bool, freight: bool) -> None:
        goods = self.last_return(place)
        if goods is None:
            return
        box = self.goods.pack(goods.case, Counter({1: cups, 2: saucers}))
        if told:
            self.take(self.place_of(goods.case), m.receipt(box.tracking))
            paper = m.receipt(box.tracking).photos[0].photo if freight else None
            self.take(self.place_of(goods.case), m.shipped(box.tracking, "12.00", receipt=paper))

    @rule(pick=PICK)
    def the_courier_loses_a_box(self, pick: int) -> None:
        box = self._box(pick, Where.ON_THE_WAY)
        if box is not None:
            box.where = Where.LOST
            d = self.desks[self.place_of(box.return_case)]
            d.courier(box.return_case, f"courier/{box.tracking}", box.tracking, CourierStatus.LOST)

    @rule(pick=PICK, cups=UNITS, whole=MOSTLY)
    def a_box_is_received_by_the_warehouse(self, pick: int, cups: int, whole: bool) -> None:
        box = self._box(pick, Where.ON_THE_WAY)
        if box is None:
            return
        box.where = Where.HERE
        if self.take(self.place_of(box.return_case), m.receive(box.tracking), box.return_case) and cups:
            self._open(box, whole)

    @rule(pick=PICK, wrong=st.booleans(), place=PLACES)
    def a_box_comes_by_the_dock(self, pick: int, wrong: bool, place: int) -> None:
        """Matched to its return, or first to another one, which is taken back."""
        box = self._box(pick, Where.ON_THE_WAY)
        if box is None:
            return
        box.where = Where.HERE
        mine = self.place_of(box.return_case)
        other = self.last_return(place)
        if wrong and other is not None and other.case != box.return_case:
            number = self._scan(place, other, box)
            self.take(place, dm.unmatch(other.case), number)
        self._scan(mine, self.desks[mine].returns[box.return_case], box)

    def _scan(self, place: int, goods: Return, box: Box) -> str:
        d = self.desks[place]
        number = f"AS-2026-1{place}{len(d.parcels):04d}"
        lead = dm.lead(goods, same_phone=True, over=goods.closed_at is not None and not takes_late(goods))
        d.scan(dm.parcel(d, lead, case=number, tracking=box.tracking))
        if not d.parcels[number].live:
            self.take(place, dm.match(lead), number)
        return number

    @rule(pick=PICK, whole=MOSTLY)
    def a_box_is_opened(self, pick: int, whole: bool) -> None:
        here = [box for box in self.goods.boxes.values() if self.has(box) and not self._opened(box)]
        if here:
            self._open(here[pick % len(here)], whole)

    @rule(pick=PICK, whole=MOSTLY)
    def a_box_is_looked_at_again(self, pick: int, whole: bool) -> None:
        here = [box for box in self.goods.boxes.values() if self.has(box) and self._opened(box)]
        if here:
            self._open(here[pick % len(here)], whole)

    def _open(self, box: Box, whole: bool) -> None:
        """The warehouse writes down what is in it, whatever it should be."""
        goods = self.return_of(box.return_case)
        own = [line.line for line in goods.lines]
        first, *rest = own
        others = tuple(OtherGoods(units, what=f"line {n}") for n, units in box.inside.items() if n not in own and units)
        further = tuple(m.found(line, box.inside[line], intact=whole) for line in rest)
        look = m.inspect(box.inside[first], intact=whole, further=further, others=others, parcel=box.tracking)
        self.take(self.place_of(goods.case), look, goods.case)

    @rule(place=PLACES, by_post=st.booleans())
    def goods_go_back(self, place: int, by_post: bool) -> None:
        ready = [n for n, d in enumerate(self.desks) if any(d.view(r).state == "to_send_back" for r in d.returns)]
        goods = self.last_return(self._first(ready, place))
        if goods is None:
            return
        sent = rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF9999")
        step = sent if by_post else rs.GiveGoodsBack(actor=b.ZHAO, note="came for them")
        if self.take(self.place_of(goods.case), step, goods.case):
            in_parts = goods.settled_as == "send_back_failed"
            stay = {each.line for each in self._part(goods.case).lines if in_parts and each.accepted}
            for box in self.boxes_of(goods.case):
                self.goods.give_back(box, set(box.inside) - stay)

    @rule(place=PLACES)
    def nobody_waits_any_longer(self, place: int) -> None:
        goods = self.last_return(place)
        if goods is not None:
            self.take(place, rs.GiveUpReturn(actor=b.LU, reason="nothing came"), goods.case)

    @rule(place=PLACES, mended=MOSTLY)
    def a_part_goes_out(self, place: int, mended: bool) -> None:
        place = self._first([n for n, d in enumerate(self.desks) if fulfil.open_parts(d.complaint)], place)
        d = self.desks[place]
        for part in fulfil.open_parts(d.complaint):
            if part.kind is RemedyKind.COUPON:
                self.take(place, m.coupon(part.number))
            elif not mended:
                self.take(place, m.part_failed(part.number))
            elif part.kind is RemedyKind.REPAIR and self.take(place, m.repaired(part.number)):
                continue
            elif self.take(place, m.part_sent(part.number, f"SF70{place}{part.number}")):
                self._hand_out(place, part.proposal, f"{d.complaint.case}-F{part.number}")

    @rule(place=PLACES)
    def an_exchange_goes_out_first(self, place: int) -> None:
        """Before the goods are here, by the supervisor's leave."""
        place = self._first([n for n, d in enumerate(self.desks) if d.offers(b.WU)["ship_first"].open], place)
        if self.take(place, fs.ShipFirst(actor=b.WU, reason="leaves tomorrow")):
            self.a_part_goes_out(place, mended=True)

    def _hand_out(self, place: int, proposal: int, name: str) -> None:
        """As many as came; of an exchange that went first, as many as are to come."""
        d = self.desks[place]
        goods = next(d.returns[part.case] for part in d.complaint.returns if part.proposal == proposal)
        first = proposal in d.complaint.shipped_first
        for line in goods.lines:
            came = sum(box.left(line.line) for box in self.boxes_of(goods.case))
            self.goods.hand_out(name, line.line, line.quantity if first else min(came, line.quantity))

    # -- money ------------------------------------------------------------------------------------------------

    @rule(pick=PICK, second=MOSTLY)
    def a_slip_is_approved(self, pick: int, second: bool) -> None:
        for person in (b.WU, b.SUN) if second else (b.WU,):
            self._sign(pick, lambda s, p=person: m.approve(s.amount.amount(), p))

    @rule(pick=PICK)
    def a_slip_is_paid(self, pick: int) -> None:
        def paid(slip: Payment) -> Step:
            return ps.SignPaid(actor=b.QIAN, amount=slip.rest, reference=self._reference(), despite_hold=slip.held)

        self._move_money(pick, paid, lambda slip: slip.rest.minor)

    @rule(pick=PICK)
    def a_slip_is_paid_in_part(self, pick: int) -> None:
        def part_of(slip: Payment) -> Money:
            return Money(max(slip.rest.minor // 2, 1), slip.amount.currency)

        def paid(slip: Payment) -> Step:
            return SignPart(actor=b.QIAN, amount=part_of(slip), reference=self._reference())

        self._move_money(pick, paid, lambda slip: part_of(slip).minor)

    @rule(pick=PICK, how=st.sampled_from(("reject", "void", "not_paid", "lower")))
    def a_slip_comes_to_nothing_or_less(self, pick: int, how: str) -> None:
        steps = {
            "reject": ps.RejectSlip(actor=b.SUN, reason="not like this"),
            "void": ps.VoidSlip(actor=b.SUN, reason="agreed otherwise"),
            "not_paid": ps.ReportNotPaid(actor=b.FENG, reason="account closed"),
        }
        self._sign(
            pick, lambda slip: m.lower(Money(slip.amount.minor // 2, "CNY").amount()) if how == "lower" else steps[how]
        )

    @rule(pick=PICK)
    def the_bank_gives_money_back(self, pick: int) -> None:
        paid = [(n, s) for n, s in self.slips() if s.outcome == "paid"]
        if paid:
            place, slip = paid[pick % len(paid)]
            back = ReportReversed(actor=b.FENG, reference=self._reference(), reason="account closed")
            if self.take(place, back, slip.case):
                self.bank.out[slip.case] -= slip.amount.minor

    @rule(place=PLACES)
    def what_came_to_nothing_is_asked_for_again(self, place: int) -> None:
        for part in self.desks[place].complaint.payments:
            if part.result not in {None, "paid"}:
                self.take(place, cs.RequestSlip(actor=b.MEI, slip=part.case, reason="corrected"))

    @rule(place=PLACES, amount=st.sampled_from((None, None, "0.01", "10.00", "60.00", "299.99")))
    def the_platform_pays_by_itself(self, place: int, amount: str | None) -> None:
        d, reference = self.desks[place], self._reference()
        if amount is not None and self.take(place, m.platform_paid(amount, reference, d.now)):
            self.bank.by_platform[d.complaint.case] += b.yuan(amount).minor

    @rule(place=PLACES)
    def the_customer_is_asked_to_pay_back(self, place: int) -> None:
        most = repayable(self.desks[place].complaint, Party.CUSTOMER)
        if most.minor:
            self.take(place, m.repay(Party.CUSTOMER, most.amount()))

    @rule(place=PLACES, paid_by=st.sampled_from(PaidBy), amount=SUMS)
    def a_difference_is_named(self, place: int, paid_by: PaidBy, amount: str) -> None:
        self.take(place, m.difference(paid_by, amount))

    def _sign(self, pick: int, step: Any) -> None:
        waiting = self.slips()
        if waiting:
            place, slip = waiting[pick % len(waiting)]
            self.take(place, step(slip), slip.case)

    def _move_money(self, pick: int, step: Any, moved: Any) -> None:
        waiting = self._with_finance()
        if waiting:
            place, slip = waiting[pick % len(waiting)]
            if self.take(place, step(slip), slip.case):
                way = self.bank.out if slip.purpose not in {"surcharge", "repayment"} else self.bank.came_in
                way[slip.case] += moved(slip)

    def _with_finance(self) -> list[tuple[int, Payment]]:
        return [(n, slip) for n, slip in self.slips() if slip.with_finance]

    def _reference(self) -> str:
        self.references += 1
        return f"PAY-{self.references}"

    # -- time and machines ------------------------------------------------------------------------------------

    @rule(days=st.sampled_from((0, 0, 1, 1, 8, 12, 70)))
    def time_passes(self, days: int) -> None:
        for d in self.desks:
            d.wait(timedelta(days=days))

    @rule(place=PLACES)
    def machines_pause(self, place: int) -> None:
        self.desks[place].at_once = False

    @rule(place=PLACES, pick=PICK)
    def a_machine_does_one_thing(self, place: int, pick: int) -> None:
        d = self.desks[place]
        early = [place for place, news in enumerate(d.under_way) if not _follows(news, d.under_way[:place])]
        if pick < len(early):
            d.deliver(early[pick])
        else:
            d.one_turn()

    @rule()
    def machines_go_on(self) -> None:
        for d in self.desks:
            d.at_once = True
            d.settle_down()

    # -- how that is done -------------------------------------------------------------------------------------

    def take(self, place: int, step: Step, name: str = "") -> bool:
        """Whether the step was taken; refused, it changed nothing."""
        with suppress(Refusal):
            self.desks[place].take(step, name)
            return True
        return False

    def slips(self) -> list[tuple[int, Payment]]:
        """Every slip of every case, with the place of its case."""
        return [(n, slip) for n, d in enumerate(self.desks) for slip in d.payments.values()]

    def last_return(self, place: int) -> Return | None:
        """The return that a case opened last."""
        return next(reversed(self.desks[place].returns.values()), None)

    def return_of(self, name: str) -> Return:
        """The return of that name."""
        return self.desks[self.place_of(name)].returns[name]

    def place_of(self, name: str) -> int:
        """Whose it is."""
        return next(n for n, d in enumerate(self.desks) if name.startswith(d.complaint.case))

    def has(self, box: Box) -> bool:
        """Whether the return it was meant for has it in hand."""
        mine = self.return_of(box.return_case).parcels
        return any(p.tracking == box.tracking and p.received_at is not None for p in mine)

    def boxes_of(self, name: str) -> list[Box]:
        """The boxes that a return has in hand, or had."""
        return [box for box in self.goods.boxes.values() if box.return_case == name and self.has(box)]

    def _opened(self, box: Box) -> bool:
        return any(box.tracking in each.covers for each in self.return_of(box.return_case).inspections)

    def _part(self, name: str) -> ReturnOf:
        return next(part for part in self.desks[self.place_of(name)].complaint.returns if part.case == name)

    def _waits(self, place: int) -> bool:
        goods = self.last_return(place)
        return goods is not None and not goods.received and goods.closed_at is None

    def _box(self, pick: int, where: Where) -> Box | None:
        boxes = self._boxes(where)
        return boxes[pick % len(boxes)] if boxes else None

    def _boxes(self, where: Where) -> list[Box]:
        return [box for box in self.goods.boxes.values() if box.where is where]

    @staticmethod
    def _first(ready: list[int], place: int) -> int:
        """One of those that are ready, if there are any: chance alone would seldom find them."""
        return ready[place % len(ready)] if ready else place


def _follows(news: News, before: list[News]) -> bool:
    """Whether the dock said something of the same parcel before: one sender's messages keep their order."""
    dock = getattr(news.step, "dock", None)
    return dock is not None and any(getattr(each.step, "dock", None) == dock and each.to == news.to for each in before)

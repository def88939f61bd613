"""Goods always add up: bought = kept + on the way back + returned, over random parcels, inspections and undoings.

Three cases claim units of one order under one register. Beside them runs a model in a few lines: what each parcel
really held, by the last look into it, and where a return's own end leaves its units.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.complaint import steps as cs
from domain.complaint.lines.state import ClaimedLine, CountState
from domain.complaint.problems import RemedyKind
from domain.goods_return import lines
from domain.goods_return import steps as rs
from domain.goods_return.state import Return
from domain.money import Money
from domain.order import OrderFacts, OrderLine
from domain.refusals import Refusal
from tests import builders as b
from tests.domain import dock_moves as dm
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

BOUGHT = {1: 3, 2: 2}
ORDER = OrderFacts(
    lines=(OrderLine(1, "cup", 3, b.yuan("300.00")), OrderLine(2, "saucer", 2, b.yuan("50.01"))),
    paid_at=b.START - 5 * b.DAY,
)
PLACES = st.integers(0, 2)
TRACKING = st.sampled_from(("T001", "T002"))
UNITS = st.sampled_from((0, 1, 1, 2, 3))
MOSTLY = st.sampled_from((True, True, False))
KINDS = st.sampled_from((RemedyKind.RETURN_AND_REFUND, RemedyKind.RETURN_AND_REFUND, RemedyKind.EXCHANGE))


def share(paid: Money, part: int, whole: int) -> int:
    """What was paid for so many units, in minor units, rounded up."""
    return -(-paid.minor * part // whole)


class GoodsAddUp(RuleBasedStateMachine):
    """Three cases on one order, in the hands of chance."""

    def __init__(self) -> None:
        super().__init__()
        units: dict[tuple[str, int], int] = {}
        self.desks = [self._case(number, units) for number in range(1, 4)]
        self.found: dict[str, dict[str, dict[int, int]]] = defaultdict(dict)
        """By return and parcel: what the last look found of each line."""

    def _case(self, number: int, units: dict[tuple[str, int], int]) -> Desk:
        claims = {1: (2, (ClaimedLine(2, 1),)), 2: (1, ()), 3: (3, (ClaimedLine(2, 2),))}
        quantity, further = claims[number]
        d = desk(case=f"AS-2026-00000{number}", order_facts=ORDER, quantity=quantity, further=further)
        d.units, d.ceiling = units, 10**9
        return m.judged(d)

    def _try(self, place: int, step: Any, name: str = "") -> bool:
        with suppress(Refusal):
            self.desks[place].take(step, name)
            return True
        return False

    def _return(self, place: int) -> Return | None:
        made = list(self.desks[place].returns.values())
        return made[-1] if made else None

    # -- what happens -----------------------------------------------------------------------------------------

    @initialize(kinds=st.tuples(KINDS, KINDS, KINDS))
    def some_are_agreed_from_the_start(self, kinds: tuple[RemedyKind, ...]) -> None:
        for place, kind in enumerate(kinds[:2]):
            self.a_return_is_agreed(place, kind)

    @rule(place=PLACES, kind=KINDS)
    def a_return_is_agreed(self, place: int, kind: RemedyKind) -> None:
        d = self.desks[place]
        step = m.propose(kind, "60.00") if kind is RemedyKind.RETURN_AND_REFUND else m.offer(kind, worth="5.00")
        if self._try(place, step):
            self._try(place, m.accept(len(d.complaint.proposals)))

    @rule(place=PLACES, tracking=TRACKING)
    def a_parcel_is_reported(self, place: int, tracking: str) -> None:
        self._try(place, m.shipped(tracking, None))

    @rule(place=PLACES, tracking=TRACKING)
    def a_parcel_is_received(self, place: int, tracking: str) -> None:
        goods = self._return(place)
        if goods is not None:
            self._try(place, m.receive(tracking), goods.case)

    @rule(place=PLACES, data=st.data(), tracking=TRACKING, cups=UNITS, saucers=UNITS, whole=MOSTLY)
    def a_parcel_comes_and_is_opened(self, place: int, tracking: str, **found: Any) -> None:
        self.a_parcel_is_received(place, tracking)
        self.a_parcel_is_opened(place, **found)

    @rule(place=PLACES, data=st.data(), cups=UNITS, saucers=UNITS, whole=MOSTLY)
    def a_parcel_is_opened(self, place: int, data: st.DataObject, cups: int, saucers: int, whole: bool) -> None:
        goods = self._return(place)
        here = sorted(p.tracking for p in goods.parcels if p.received_at is not None) if goods is not None else []
        if goods is None or not here:
            return
        tracking = data.draw(st.sampled_from(here))
        further = (m.found(2, saucers, intact=whole),) if goods.find(2) is not None else ()
        if self._try(place, m.inspect(cups, further=further, parcel=tracking), goods.case):
            self.found[goods.case][tracking] = {1: cups, 2: saucers if further else 0}

    @rule(place=PLACES, kind=st.sampled_from((RemedyKind.PART_REFUND, RemedyKind.SEND_BACK, None)))
    def what_failed_is_settled(self, place: int, kind: RemedyKind | None) -> None:
        failed = [n for n, d in enumerate(self.desks) if d.state == "inspection_failed"]
        place = failed[place % len(failed)] if failed else place
        if kind is None:
            self._try(place, cs.AllowDespiteInspection(actor=b.WU, reason="a good customer"))
        elif self._try(place, m.propose(kind, "5.00" if kind is RemedyKind.PART_REFUND else None)):
            self._try(place, m.accept(len(self.desks[place].complaint.proposals)))

    @rule(place=PLACES, parcel=st.booleans())
    def goods_go_back(self, place: int, parcel: bool) -> None:
        waiting = [n for n, d in enumerate(self.desks) if any(d.view(r).state == "to_send_back" for r in d.returns)]
        place = waiting[place % len(waiting)] if waiting else place
        goods = self._return(place)
        if goods is not None:
            by_post = rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF9999")
            self._try(place, by_post if parcel else rs.GiveGoodsBack(actor=b.ZHAO, note="came for them"), goods.case)

    @rule(place=PLACES)
    def nobody_waits_any_longer(self, place: int) -> None:
        goods = self._return(place)
        if goods is not None:
            self._try(place, rs.GiveUpReturn(actor=b.LU, reason="nothing came"), goods.case)

    @rule(place=PLACES)
    def the_exchange_goes_out(self, place: int) -> None:
        parts = self.desks[place].complaint.fulfilments
        self._try(place, m.part_sent(len(parts), f"SF70{place}{len(parts)}"))

    @precondition(lambda self: any(d.returns for d in self.desks))
    @rule(place=PLACES, again=st.booleans())
    def the_dock_matches_a_parcel_and_may_take_it_back(self, place: int, again: bool) -> None:
        d, goods = self.desks[place], self._return(place)
        if goods is None:
            return
        number = f"AS-2026-1{place}{len(d.parcels):04d}"
        lead = dm.lead(goods, same_phone=True, over=False)
        d.scan(dm.parcel(d, lead, case=number, tracking=f"D{place}{len(d.parcels)}"))
        self._try(place, dm.match(lead), number)
        if again:
            self._try(place, dm.unmatch(goods.case), number)

    @rule(days=st.sampled_from((1, 8, 12, 70)))
    def time_passes(self, days: int) -> None:
        for d in self.desks:
            d.wait(timedelta(days=days))

    # -- what always holds ------------------------------------------------------------------------------------

    @invariant()
    def no_more_is_counted_as_gone_back_than_was_bought_unless_somebody_was_told(self) -> None:
        for line, bought in BOUGHT.items():
            gone = sum(units for (_, number), units in self.desks[0].units.items() if number == line)
            told = any(t.code == "more_returned_than_bought" for d in self.desks for t in d.complaint.troubles)
            assert 0 <= gone <= bought or told, (line, gone)

    @invariant()
    def bought_is_kept_and_on_the_way_back_and_returned(self) -> None:
        for d in self.desks:
            for count in d.complaint.counts:
                if count.state is not CountState.HELD or count.return_case not in d.returns:
                    continue
                counted = d.units[(count.return_case, count.line)]
                assert counted == count.quantity
                assert counted == self._taken_from_the_customer(d, count.return_case, count.line), (count, d.state)

    def _taken_from_the_customer(self, d: Desk, name: str, line: int) -> int:
        """Where the return's own end leaves the units of a line."""
        goods = d.returns[name]
        stands = next(each for each in lines.standings(goods) if each.line == line)
        part = next(each for each in d.complaint.returns if each.case == name)
        out = any(f.proposal == part.proposal and f.went_out for f in d.complaint.fulfilments)
        if goods.closed_at is None:
            return stands.announced
        if goods.outcome in {"not_sent", "lost", "called_off"}:
            return 0
        if goods.outcome in {"sent_back", "given_back"}:
            return stands.accepted
        if out and d.complaint.proposals[part.proposal - 1].kind is RemedyKind.EXCHANGE:
            return 0
        return stands.arrived

    @invariant()
    def inspections_add_up_per_parcel_and_line(self) -> None:
        for d in self.desks:
            for name, goods in d.returns.items():
                for line in goods.lines:
                    really = sum(found[line.line] for found in self.found[name].values())
                    assert lines.arrived_of(goods, line) == really, (name, line)

    @invariant()
    def nothing_is_paid_for_units_that_did_not_come(self) -> None:
        for d in self.desks:
            for slip in d.complaint.payments:
                proposal = d.complaint.proposals[slip.proposal - 1]
                if slip.purpose != "refund" or proposal.kind is not RemedyKind.RETURN_AND_REFUND:
                    continue
                name = next(part.case for part in d.complaint.returns if part.proposal == slip.proposal)
                line = next(each for each in d.returns[name].lines if each.line == slip.line)
                bought = ORDER.find(slip.line)
                assert bought is not None
                came = min(line.quantity, lines.arrived_of(d.returns[name], line))
                assert came > 0
                assert slip.amount.minor <= share(bought.paid, came, bought.quantity)

    @invariant()
    def no_unit_goes_to_two_places_at_once(self) -> None:
        for d in self.desks:
            for goods in d.returns.values():
                for line in goods.lines:
                    placed = sum(each.quantity for each in goods.disposed if each.line == line.line)
                    assert placed <= lines.arrived_of(goods, line)

    @invariant()
    def every_return_has_somebody_or_a_clock_or_its_end(self) -> None:
        for d in self.desks:
            for name, goods in d.returns.items():
                waits = (
                    goods.closed_at is not None
                    or d.view(name).tasks
                    or any(clock.ended_at is None for clock in goods.clocks)
                )
                failed = d.complaint.returns[-1].result == "failed" and d.view().tasks
                assert waits or failed, (name, d.view(name).state, d.state)


GoodsAddUp.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestGoodsAddUp = GoodsAddUp.TestCase

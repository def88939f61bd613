"""Goods and money add up: bought = kept + on the way + lost + returned, and paid >= refunded, whatever happens.

Over parcels at the dock, inspections, remedies and slips of three cases on one order, against what really happened in
the world of order_world.py. Chance plays the same orders each time; REDRESS_ANY_ORDER searches among so many new ones.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from domain.complaint.children import ReturnOf
from domain.complaint.errands import errands
from domain.complaint.on_platform import questions as on_platform
from domain.complaint.problems import RemedyKind
from domain.complaint.recovering import questions as recover
from domain.complaint.sums import questions as sums
from domain.goods_return import lines
from domain.goods_return import situation as return_at
from domain.goods_return.state import KEPT, Return, ReturnLine
from domain.money import Money
from domain.payment.state import Payment
from tests.domain.order_machine import ORDER, OneOrder
from tests.domain.order_world import OrderDesk, Where

PAID_IN = {"surcharge", "repayment"}


def share(paid: Money, part: int, whole: int) -> int:
    """What was paid for so many units, in minor units, rounded up."""
    return -(-paid.minor * part // whole)


def quiet(d: OrderDesk) -> bool:
    """Whether nobody's news is under way and every machine of the case has done what it has to."""
    slips = d.payments.values()
    busy = any((not s.reserved or s.to_book or s.to_tell) and s.closed_at is None for s in slips)
    unreported = any(s.closed_at is not None and (s.reported != s.outcome or s.to_tell) for s in slips)
    reports = any(return_at.report(r) is not None for r in d.returns.values())
    return not (d.under_way or errands(d.complaint) or busy or unreported or reports)


class GoodsAndMoneyAddUp(OneOrder):
    """The laws."""

    @invariant()
    def goods_add_up(self) -> None:
        """Unit by unit, from the single parcel to the whole order."""
        self._no_unit_comes_from_nowhere()
        self._what_was_found_is_what_came()
        self._the_register_counts_what_the_customer_has_no_more()
        self._no_more_goes_back_than_was_bought_unless_somebody_was_told()
        self._bought_is_kept_and_under_way_and_lost_and_returned()
        self._no_goods_are_left_to_nobody()

    @invariant()
    def money_adds_up(self) -> None:
        """Cent by cent, from the single slip to the whole order."""
        self._the_banks_movements_are_the_slips()
        self._the_bank_never_pays_more_than_the_ledger_holds()
        self._complaint_slips_and_ledger_say_the_same()
        self._a_case_knows_what_the_customer_was_paid()
        self._a_line_gives_back_at_most_what_was_paid()
        self._paid_is_not_less_than_refunded()
        self._nothing_is_refunded_for_units_that_did_not_come()
        self._nobody_gets_goods_and_money_for_the_same_units()

    # -- goods ------------------------------------------------------------------------------------------------

    def _no_unit_comes_from_nowhere(self) -> None:
        for line, bought in self.goods.bought.items():
            out = self.goods.of_line(line, Where.ON_THE_WAY) + self.goods.of_line(line, Where.LOST)
            here = self.goods.of_line(line, Where.HERE)
            assert bought + self.goods.out_of_stock(line) == self.goods.holds[line] + out + here

    def _what_was_found_is_what_came(self) -> None:
        for d in self.desks:
            for goods in d.returns.values():
                seen = {tracking for each in goods.inspections for tracking in each.covers}
                for line in goods.lines:
                    came = sum(box.inside[line.line] for box in self.boxes_of(goods.case) if box.tracking in seen)
                    assert lines.arrived_of(goods, line) == came, (goods.case, line.line)

    def _the_register_counts_what_the_customer_has_no_more(self) -> None:
        for d in self.desks:
            for part in d.complaint.returns if quiet(d) else ():
                goods = d.returns[part.case]
                for line in goods.lines:
                    counted = d.units[(goods.case, line.line)]
                    if goods.closed_at is None:
                        assert 0 <= counted <= line.quantity
                    elif self._went_first(d, part):
                        self._of_two_one_is_paid_for(d, part, goods, line)
                    else:
                        here = self._with_the_shop(d, part, goods, line.line)
                        assert counted == here, (goods.case, goods.outcome, line.line, here)

    @staticmethod
    def _went_first(d: OrderDesk, part: ReturnOf) -> bool:
        """Whether another one went out before these goods were here."""
        return part.proposal in d.complaint.shipped_first

    def _of_two_one_is_paid_for(self, d: OrderDesk, part: ReturnOf, goods: Return, line: ReturnLine) -> None:
        """Another one went out first: the first counts as replaced while the customer has both, and no longer."""
        counted, handed = d.units[(goods.case, line.line)], self._handed_for(d, part, line.line)
        here = sum(box.left(line.line) for box in self.boxes_of(goods.case))
        all_here = all(self.has(box) for box in self.goods.boxes.values() if box.return_case == goods.case)
        assert 0 <= counted <= line.quantity
        if handed and (all_here or part.settled_as in KEPT):  # what a lost one held, nobody knows
            assert counted == line.quantity - min(here, line.quantity), (goods.case, goods.outcome, line.line, here)
        elif handed and goods.outcome == "passed":
            assert counted == 0, (goods.case, goods.outcome, line.line)

    def _handed_for(self, d: OrderDesk, part: ReturnOf, line: int) -> int:
        """Units of a line that were handed out for what this return brings."""
        parts = (f for f in d.complaint.fulfilments if f.proposal == part.proposal)
        return sum(self.goods.handed_out[(f"{d.complaint.case}-F{f.number}", line)] for f in parts)

    def _with_the_shop(self, d: OrderDesk, part: ReturnOf, goods: Return, line: int) -> int:
        """Units of an ended return that are here, of those announced, without what was handed out in their place."""
        announced = next(each.quantity for each in goods.lines if each.line == line)
        here = min(sum(box.left(line) for box in self.boxes_of(goods.case)), announced)
        return here - self._handed_for(d, part, line)

    def _bought_is_kept_and_under_way_and_lost_and_returned(self) -> None:
        if not all(quiet(d) for d in self.desks):
            return
        if any(self._went_first(d, part) for d in self.desks for part in d.complaint.returns):
            return  # a customer may have both for a while: `_of_two_one_is_paid_for`
        for line, bought in self.goods.bought.items():
            ended = {name for d in self.desks for name, goods in d.returns.items() if goods.closed_at is not None}
            returned = sum(units for (name, of), units in self.desks[0].units.items() if of == line and name in ended)
            kept = self.goods.holds[line] + sum(
                box.left(line) for box in self.goods.boxes.values() if not (self.has(box) and box.return_case in ended)
            )
            told = any(
                t.code in {"surplus_goods", "other_goods"}
                for d in self.desks
                for r in d.returns.values()
                for t in r.troubles
            )
            assert bought == kept + returned or told, (line, kept, returned)

    def _no_more_goes_back_than_was_bought_unless_somebody_was_told(self) -> None:
        for line, bought in self.goods.bought.items():
            gone = sum(units for (_, of), units in self.desks[0].units.items() if of == line)
            told = any(t.code == "more_returned_than_bought" for d in self.desks for t in d.complaint.troubles)
            assert 0 <= gone <= bought or told, (line, gone)

    def _no_goods_are_left_to_nobody(self) -> None:
        for d in self.desks:
            for name, goods in d.returns.items() if quiet(d) else ():
                waits = d.view(name).tasks or any(clock.ended_at is None for clock in goods.clocks)
                assert goods.closed_at is not None or waits or d.view().tasks, (name, d.view(name).state, d.state)

    # -- money ------------------------------------------------------------------------------------------------

    def _a_line_gives_back_at_most_what_was_paid(self) -> None:
        """By slips, coupons and the platform together; what the platform paid beyond it is an item to recover."""
        if not all(quiet(d) for d in self.desks):
            return
        items = sum(item.amount.minor for d in self.desks for item in on_platform.outstanding(d.complaint))
        for line in ORDER.lines:
            of_line = [e for e in self.ledger.entries.values() if e.line == line.line and e.bounded]
            gone = sum(entry.minor for entry in of_line if entry.state == "paid")
            held = sum(entry.minor for entry in of_line if entry.state == "reserved")
            assert gone <= line.paid.minor + items, (line.line, gone)
            assert items or gone + held <= line.paid.minor, (line.line, gone, held)
        for d in self.desks:
            told = self.ledger.over[d.complaint.case]
            assert all(item.amount.minor >= told for item in on_platform.outstanding(d.complaint)[:1])
            assert not told or on_platform.outstanding(d.complaint)

    def _the_banks_movements_are_the_slips(self) -> None:
        for _, slip in self.slips():
            moved = (self.bank.came_in if slip.purpose in PAID_IN else self.bank.out)[slip.case]
            assert moved == self._signed(slip), (slip.case, slip.outcome)

    @staticmethod
    def _signed(slip: Payment) -> int:
        if slip.outcome == "paid":
            return slip.amount.minor
        return 0 if slip.outcome == "reversed" else sum(part.amount.minor for part in slip.parts)

    def _the_bank_never_pays_more_than_the_ledger_holds(self) -> None:
        for _, slip in self.slips():
            entry = self.ledger.entries.get(slip.case)
            if self.bank.out[slip.case]:
                assert entry is not None
                assert entry.state != "released"
                assert self.bank.out[slip.case] <= entry.minor

    def _paid_is_not_less_than_refunded(self) -> None:
        for line in ORDER.lines:
            of_line = [s for _, s in self.slips() if s.line == line.line and s.purpose not in {*PAID_IN, "freight"}]
            assert sum(self.bank.out[slip.case] for slip in of_line) <= line.paid.minor

    def _nothing_is_refunded_for_units_that_did_not_come(self) -> None:
        for d in self.desks:
            for slip in d.complaint.payments:
                proposal = d.complaint.proposals[slip.proposal - 1]
                if slip.purpose != "refund" or proposal.kind is not RemedyKind.RETURN_AND_REFUND:
                    continue
                name = next(part.case for part in d.complaint.returns if part.proposal == slip.proposal)
                line = next(each for each in d.returns[name].lines if each.line == slip.line)
                bought = next(each for each in ORDER.lines if each.line == slip.line)
                came = min(line.quantity, sum(box.left(line.line) for box in self.boxes_of(name)))
                assert slip.amount.minor <= share(bought.paid, came, bought.quantity), (slip.case, came)

    def _complaint_slips_and_ledger_say_the_same(self) -> None:
        for d in self.desks:
            if not quiet(d):
                continue
            for part in (*d.complaint.payments, *d.complaint.incoming):
                slip = d.payments[part.case]
                assert part.amount == slip.amount, part.case
                assert part.result in {slip.outcome, "asked_again"}, (part.case, slip.outcome)
                entry = self.ledger.entries.get(part.case)
                wanted = {None: "reserved", "paid": "paid", "above_ceiling": None}.get(slip.outcome, "released")
                assert (entry.state if entry is not None else None) == wanted, (part.case, slip.outcome)
                assert entry is None or entry.minor == slip.amount.minor

    def _a_case_knows_what_the_customer_was_paid(self) -> None:
        for d in self.desks:
            if not quiet(d):
                continue
            case, mine = d.complaint, d.payments.values()
            paid = sum(self.bank.out[slip.case] for slip in mine if slip.outcome == "paid")
            platform = self.bank.by_platform[case.case]
            asked_back = [slip for slip in mine if slip.purpose == "repayment"]
            back = sum(s.amount.minor if s.closed_at is None else self.bank.came_in[s.case] for s in asked_back)
            has = sums.with_the_customer(case, "CNY").minor
            assert has == max(paid + platform - back, 0), case.case
            assert recover.spent(case).minor >= paid + platform

    def _nobody_gets_goods_and_money_for_the_same_units(self) -> None:
        for d in self.desks:
            for part in d.complaint.returns:
                out = [f for f in d.complaint.fulfilments if f.proposal == part.proposal and f.went_out]
                replaced = any(f.kind in {RemedyKind.EXCHANGE, RemedyKind.REPAIR} for f in out)
                refunds = [p for p in d.complaint.payments if p.proposal == part.proposal and p.purpose == "refund"]
                assert not (replaced and refunds), part.case


GoodsAndMoneyAddUp.TestCase.settings = settings(
    max_examples=int(os.environ.get("REDRESS_ANY_ORDER", "40")),
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="REDRESS_ANY_ORDER" not in os.environ,
)
TestGoodsAndMoneyAddUp = pytest.mark.timeout(600)(GoodsAndMoneyAddUp.TestCase)

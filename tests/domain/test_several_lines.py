"""A return of several lines, in several parcels: each line on two axes, added up, settled by itself (domain.md [S])."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.complaint import steps as cs
from domain.complaint.lines.refusals import LineClaimedAlready
from domain.complaint.lines.state import ClaimedLine, CountState
from domain.complaint.problems import RemedyKind
from domain.complaint.refusals import AboveLinePaid, InspectionDidNotFail
from domain.goods_return import lines
from domain.goods_return import steps as rs
from domain.goods_return.state import Goods, Verdict
from domain.order import QuantityAboveBought, UnknownLine
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

CUP_AND_SAUCER = (ClaimedLine(2, 1),)


def two_lines(refund: str = "320.00") -> tuple[Desk, str]:
    """Both cups (300.00) and the saucer (20.00) are to come back for the whole of their price."""
    d = desk(further=CUP_AND_SAUCER)
    return d, m.returning(d, refund)


def both(**found: Any) -> rs.Inspect:
    """An inspection of everything; `found` is of the saucer."""
    return m.inspect(further=(m.found(2, **found),))


def axes(d: Desk, name: str) -> list[tuple[int, Goods, Verdict]]:
    return [(each.line, each.goods, each.verdict) for each in lines.standings(d.returns[name])]


def slips(d: Desk, purpose: str = "refund") -> list[tuple[int, str]]:
    return [(slip.line, str(slip.amount)) for slip in d.complaint.payments if slip.purpose == purpose]


def test_every_line_stands_on_two_axes_and_pays_under_its_own_ceiling():
    d, name = two_lines()
    assert axes(d, name) == [(1, Goods.AWAITING, Verdict.PENDING), (2, Goods.AWAITING, Verdict.PENDING)]
    d.take(m.shipped(freight=None))
    assert axes(d, name)[1] == (2, Goods.IN_TRANSIT, Verdict.PENDING)
    d.take(m.receive(), name)
    d.take(both(), name)
    assert axes(d, name) == [(1, Goods.RECEIVED, Verdict.ACCEPTED), (2, Goods.RECEIVED, Verdict.ACCEPTED)]
    assert d.returns[name].outcome == "passed"
    assert slips(d) == [(1, "300.00 CNY"), (2, "20.00 CNY")]
    assert [(each.line, each.quantity) for each in d.returns[name].disposed] == [(1, 2), (2, 1)]


def test_one_parcel_brings_one_line_and_a_later_one_the_rest():
    d, name = two_lines()
    d.take(m.shipped("SF1111", None))
    d.take(m.shipped("SF2222", None))
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(), name)
    case = d.returns[name]
    assert (case.closed_at, d.complaint.returns[0].result) == (None, None), "the rest is on its way"
    assert axes(d, name) == [(1, Goods.RECEIVED, Verdict.ACCEPTED), (2, Goods.IN_TRANSIT, Verdict.PENDING)]
    assert case.running("arrival") is not None
    assert d.view(name).state == "waiting_for_rest"
    d.take(m.receive("SF2222"), name)
    d.take(rs.Inspect(**{**vars(m.inspect(1)), "line": 2}), name)
    assert d.returns[name].outcome == "passed"
    assert slips(d) == [(1, "300.00 CNY"), (2, "20.00 CNY")]


def test_units_of_one_line_add_up_over_its_parcels_and_are_never_set_to_the_last():
    d = desk()
    name = m.returning(d, "300.00")
    for tracking in ("SF1111", "SF2222"):
        d.take(m.shipped(tracking, None))
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(1), name)
    d.take(m.receive("SF2222"), name)
    d.take(m.inspect(1), name)
    assert lines.standings(d.returns[name])[0].arrived == 2
    assert slips(d) == [(1, "300.00 CNY")]


def test_the_same_parcel_looked_at_again_counts_once_and_the_last_look_stands():
    d = desk()
    name = m.returning(d)
    d.take(m.shipped("SF1111", None))
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(1), name)
    assert d.complaint.returns[0].findings == "short: 1 of 2"
    d.take(m.inspect(2), name)
    assert lines.standings(d.returns[name])[0].arrived == 2
    assert len(d.returns[name].inspections) == 2
    assert d.returns[name].outcome == "passed"


def test_what_failed_is_nobodys_to_decide_while_another_parcel_stands_unopened():
    d, name = two_lines()
    for tracking in ("SF1111", "SF2222"):
        d.take(m.receive(tracking), name)
    d.take(rs.Inspect(**{**vars(m.inspect(2, intact=False)), "parcel": "SF1111"}), name)
    assert d.complaint.returns[0].result is None
    assert axes(d, name) == [(1, Goods.RECEIVED, Verdict.PENDING), (2, Goods.RECEIVED, Verdict.PENDING)]
    assert (d.view(name).state, set(d.tasks(name))) == ("to_inspect", {"inspect"})
    assert d.returns[name].running("arrival") is None
    with pytest.raises(InspectionDidNotFail):
        d.take(cs.AllowDespiteInspection(actor=b.WU, reason="a good customer"))
    d.take(rs.Inspect(**{**vars(m.inspect(1)), "line": 2, "parcel": "SF2222"}), name)
    assert d.complaint.returns[0].findings == "damaged: line 1"
    d.take(cs.AllowDespiteInspection(actor=b.WU, reason="a good customer"))
    assert slips(d) == [(1, "300.00 CNY"), (2, "20.00 CNY")]
    assert d.units == {(name, 1): 2, (name, 2): 1}


def test_two_parcels_opened_together_are_looked_at_again_together():
    d, name = two_lines()
    for tracking in ("SF1111", "SF2222"):
        d.take(m.receive(tracking), name)
    d.take(m.inspect(2), name)
    assert d.complaint.returns[0].findings == "short: 0 of 1, line 2"
    d.take(rs.Inspect(**{**vars(both()), "parcel": "sf2222"}), name)
    assert d.returns[name].inspections[-1].covers == ("SF1111", "SF2222")
    assert d.returns[name].outcome == "passed"


def test_who_waits_no_longer_for_the_rest_lets_what_came_count():
    d, name = two_lines()
    for tracking in ("SF1111", "SF2222"):
        d.take(m.shipped(tracking, None))
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(), name)
    d.wait(timedelta(days=11))
    assert "arrival" in d.tasks(name)
    d.take(rs.GiveUpReturn(actor=b.LU, reason="the courier has lost it"), name)
    assert axes(d, name) == [(1, Goods.RECEIVED, Verdict.ACCEPTED), (2, Goods.SHORT, Verdict.NEEDS_A_PERSON)]
    assert d.complaint.returns[0].result == "failed"
    assert d.state == "inspection_failed"


def mixed() -> tuple[Desk, str]:
    """The cups passed; the saucer is broken."""
    d, name = two_lines()
    d.take(m.receive(), name)
    d.take(both(intact=False), name)
    return d, name


def test_a_line_that_failed_is_settled_with_the_customer_and_says_which_it_is():
    d, name = mixed()
    assert axes(d, name) == [(1, Goods.RECEIVED, Verdict.ACCEPTED), (2, Goods.RECEIVED, Verdict.NEEDS_A_PERSON)]
    assert d.complaint.returns[0].findings == "damaged: line 2"
    assert [each.accepted for each in d.complaint.returns[0].lines] == [2, 0]
    assert d.complaint.payments == ()


def test_what_failed_goes_back_and_what_passed_is_paid():
    d, name = mixed()
    d.take(m.propose(RemedyKind.SEND_BACK, None))
    d.take(m.accept(2))
    assert d.returns[name].settled_as == "send_back_failed"
    assert axes(d, name) == [(1, Goods.RECEIVED, Verdict.ACCEPTED), (2, Goods.RECEIVED, Verdict.REJECTED)]
    assert slips(d) == [(1, "300.00 CNY")]
    assert [(each.line, each.quantity) for each in d.returns[name].disposed] == [(1, 2)]
    d.take(rs.SendGoodsBack(actor=b.ZHAO, carrier="SF", tracking="SF9999"), name)
    assert axes(d, name) == [(1, Goods.RECEIVED, Verdict.ACCEPTED), (2, Goods.SENT_BACK, Verdict.REJECTED)]
    assert d.units == {(name, 1): 2, (name, 2): 0}, "the saucer is the customer's again"


def test_goods_are_handed_back_to_a_customer_who_comes_for_them():
    d, name = mixed()
    d.take(m.propose(RemedyKind.SEND_BACK, None))
    d.take(m.accept(2))
    d.take(rs.GiveGoodsBack(actor=b.ZHAO, note="showed the order"), name)
    assert axes(d, name)[1] == (2, Goods.GIVEN_BACK, Verdict.REJECTED)
    assert d.complaint.returns[0].result == "given_back"


def test_an_exception_of_the_supervisor_pays_line_by_line_what_arrived():
    d, name = two_lines()
    d.take(m.receive(), name)
    d.take(m.inspect(1, further=(m.found(2, intact=False),)), name)
    d.take(cs.AllowDespiteInspection(actor=b.WU, reason="a good customer"))
    assert slips(d) == [(1, "150.00 CNY"), (2, "20.00 CNY")]
    assert d.units == {(name, 1): 1, (name, 2): 1}


def test_a_line_is_added_before_a_remedy_is_agreed_and_an_offer_for_less_is_taken_back():
    d = m.judged(desk())
    d.take(m.propose(refund="300.00"))
    d.take(m.claim_more())
    assert d.state == "to_propose"
    d.take(m.propose(refund="320.00"))
    d.take(m.accept(2))
    assert [each.line for each in d.returns[d.complaint.returns[0].case].lines] == [1, 2]


def test_a_line_is_added_to_a_return_under_way_with_its_own_sum_and_the_customer_hears_it():
    d = desk()
    name = m.returning(d, "300.00")
    d.take(m.claim_more(refund="20.00"))
    assert [each.line for each in d.returns[name].lines] == [1, 2]
    assert d.letters(name)[-1] == "return_lines_added"
    d.take(m.receive(), name)
    d.take(both(), name)
    assert slips(d) == [(1, "300.00 CNY"), (2, "20.00 CNY")]
    assert d.complaint.returns[0].announced == 3


def test_more_than_was_paid_for_all_lines_is_not_offered():
    d = m.judged(desk(further=CUP_AND_SAUCER))
    with pytest.raises(AboveLinePaid):
        d.take(m.propose(refund="320.01"))


def test_a_case_does_not_open_with_a_line_that_is_twice_in_it_unknown_or_above_what_was_bought():
    for further, refusal in (
        ((ClaimedLine(1, 1),), LineClaimedAlready),
        ((ClaimedLine(2, 1), ClaimedLine(2, 1)), LineClaimedAlready),
        ((ClaimedLine(7, 1),), UnknownLine),
        ((ClaimedLine(2, 2),), QuantityAboveBought),
    ):
        with pytest.raises(refusal):
            b.complaint(further=further)


def test_no_more_of_a_line_comes_back_than_was_bought_counted_over_all_cases():
    d = desk(further=CUP_AND_SAUCER)
    d.units[("AS-2026-000009-R1", 1)] = 1
    m.judged(d)
    d.take(m.propose(refund="320.00"))
    d.take(m.accept())
    assert d.complaint.returns == ()
    assert {count.state for count in d.complaint.counts} == {CountState.REFUSED}
    assert [trouble.code for trouble in d.complaint.troubles] == ["more_returned_than_bought"]
    assert (d.state, d.letters()[-1] == "return_instructions") == ("to_propose", False)
    d.take(m.propose(RemedyKind.COMPENSATION, "20.00"))
    d.take(m.accept(2))
    assert d.complaint.payments


@pytest.mark.parametrize("sent", [True, False])
def test_goods_that_never_came_may_be_returned_again_and_count_again_if_they_come_after_all(sent: bool):
    d = desk()
    name = m.returning(d)
    if sent:
        d.take(m.shipped(freight=None))
    assert d.units == {(name, 1): 2}
    d.wait(timedelta(days=11))
    d.take(rs.GiveUpReturn(actor=b.LIN, reason="nothing came"), name)
    assert d.units == {(name, 1): 0}
    d.units[("AS-2026-000009-R1", 1)] = 2
    d.take(m.receive(), name)
    assert d.units[(name, 1)] == 2, "they are here, whatever that makes"
    assert [trouble.code for trouble in d.complaint.troubles] == ["more_returned_than_bought"]


@pytest.mark.parametrize("kind", [RemedyKind.EXCHANGE, RemedyKind.REPAIR])
def test_what_was_exchanged_or_mended_is_the_customers_again(kind: RemedyKind):
    d = desk()
    name = m.exchanged(d, kind=kind)
    assert d.units == {(name, 1): 2}
    if kind is RemedyKind.REPAIR:
        d.take(m.repaired())
    d.take(m.part_sent())
    assert d.units == {(name, 1): 0}


def test_an_exchange_goes_out_only_when_every_line_is_in_and_passed():
    d = desk(further=CUP_AND_SAUCER)
    m.judged(d).take(m.offer(RemedyKind.EXCHANGE, worth="40.00", what="the same set"))
    d.take(m.accept())
    name = d.complaint.returns[0].case
    d.take(m.shipped("SF1111", None))
    d.take(m.shipped("SF2222", None))
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(), name)
    assert d.complaint.fulfilments == ()
    d.take(m.receive("SF2222"), name)
    d.take(rs.Inspect(**{**vars(m.inspect(1)), "line": 2}), name)
    assert [part.kind for part in d.complaint.fulfilments] == [RemedyKind.EXCHANGE]


def test_the_warehouse_has_every_lines_fault_before_its_eyes_and_the_card_names_them():
    d = desk(further=(ClaimedLine(2, 1, "chipped", "rim"),))
    name = m.returning(d)
    assert d.returns[name].authorisation.card_reason == "cup: cracked handle; saucer: chipped"
    d.take(m.receive(), name)
    (task,) = d.view(name).tasks
    assert task.reason == "look for: 2 x cup (cracked handle); 1 x saucer (chipped)"


def test_a_rest_that_the_courier_lost_is_waited_for_no_more():
    d, name = two_lines()
    for tracking in ("SF1111", "SF2222"):
        d.take(m.shipped(tracking, None))
    d.take(m.receive("SF1111"), name)
    d.take(m.inspect(), name)
    d.courier(name, "m-1", "SF2222", rs.CourierStatus.LOST)
    assert axes(d, name)[1] == (2, Goods.SHORT, Verdict.NEEDS_A_PERSON)
    assert (d.returns[name].verdict, d.state) == (Verdict.NEEDS_A_PERSON, "inspection_failed")
    d.wait(b.HOUR)
    d.take(m.receive("SF2222"), name)
    d.take(rs.Inspect(**{**vars(m.inspect(1)), "line": 2}), name)
    assert d.returns[name].outcome == "passed", "it came after all"


def test_a_replacement_may_come_back_under_a_case_of_its_own_and_the_lines_ceiling_is_shared():
    d = desk()
    m.exchanged(d)
    d.take(m.part_sent())
    d.take(m.seen())
    about_it = desk(case="AS-2026-000002")
    about_it.units, about_it.ceiling = d.units, 10_000
    name = m.passed(about_it, "300.00")
    assert about_it.units[(name, 1)] == 2
    slip = about_it.payments[about_it.complaint.payments[0].case]
    assert slip.outcome == "above_ceiling", "what the line gave back before is counted"

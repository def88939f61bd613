"""A freight-collect parcel that the dock turns away where the shop's policy says so ("Returns and exchanges" [S])."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.goods_return import refusals as no
from domain.goods_return import steps as rs
from domain.goods_return.state import Goods, Return
from domain.letters import compose
from domain.people import Role
from domain.policy import FreightCollect, Language
from domain.refusals import NotYou
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk

GIVE_UP = rs.GiveUpReturn(actor=b.LIN, reason="called twice, nobody answers")


def turned(*, reported: bool = True, told: bool = True) -> tuple[Desk, str]:
    """A return whose parcel came freight-collect and was turned away."""
    d = desk(pinned=b.turning_away())
    name = m.returning(d)
    if told:
        d.post()
    if reported:
        m.send(d)
    d.take(m.turn_away(), name)
    return d, name


def of(d: Desk, name: str) -> Return:
    return d.returns[name]


def test_by_default_such_a_parcel_is_taken_in():
    d = desk()
    name = m.returning(d)
    assert of(d, name).pinned.policy.returns.freight_collect.value is FreightCollect.TAKE_IN
    assert d.offers(b.ZHAO, name)["turn_away_parcel"].code == "collect_taken_in"


def test_nothing_has_arrived_the_clocks_go_on_and_the_goods_are_with_the_courier():
    d = desk(pinned=b.turning_away())
    name = m.returning(d)
    m.send(d)
    before = of(d, name).due("arrival")
    d.take(m.turn_away(), name)
    case = of(d, name)
    assert (case.received, case.goods, case.due("arrival")) == (False, Goods.IN_TRANSIT, before)
    assert d.view(name).state == "in_transit"
    (away,) = case.turned_away
    assert (away.tracking, away.by, away.at) == ("SF1111", b.ZHAO, d.now)
    (task,) = [each for each in d.view(name).tasks if each.key == "arrival"]
    assert (task.desk, task.step) == (Role.CUSTOMER, "report_shipment")


def test_a_parcel_that_nobody_had_announced_stops_no_clock_either():
    d, name = turned(reported=False)
    case = of(d, name)
    assert case.running("return_tracking") is not None
    assert case.parcels == ()


@pytest.mark.parametrize("language", list(Language))
def test_the_customer_hears_why_and_what_to_do(language: Language):
    d, name = turned()
    letter = of(d, name).letters[-1]
    assert letter.kind == "parcel_turned_away"
    body = compose(letter.kind, letter.says, language, case=name, name="", link="https://x").body
    for words in ("SF1111", "https://x", of(d, name).authorisation.address, "30.00"):
        assert words in body


@pytest.mark.parametrize("told", [True, False])
def test_whether_somebody_had_told_them_to_prepay_is_on_record_as_with_one_that_was_taken_in(told: bool):
    d, name = turned(told=told)
    (collected,) = of(d, name).collected
    assert collected.untold is not told
    assert [trouble.code for trouble in of(d, name).troubles] == ([] if told else ["freight_collect_untold"])


def test_it_is_sent_again_prepaid_and_the_return_passes():
    d, name = turned()
    m.send(d, "SF2222")
    d.take(m.receive("SF2222"), name)
    d.take(m.inspect(), name)
    assert of(d, name).outcome == "passed"


def test_the_one_turned_away_is_not_waited_for_beside_what_came():
    d, name = turned()
    m.send(d, "SF2222")
    d.take(m.receive("SF2222"), name)
    d.take(m.inspect(quantity=1), name)
    assert d.view(name).state == "inspection_failed"


def test_one_that_is_taken_in_at_the_second_try_is_here_like_any_other():
    d, name = turned()
    d.take(rs.ReceiveParcel(actor=b.ZHAO, tracking="SF1111", freight_collect=True), name)
    assert of(d, name).received
    assert not of(d, name).was_turned_away("SF1111")
    assert len(of(d, name).collected) == 1
    with pytest.raises(no.ParcelKnown):
        d.take(m.turn_away(), name)


def test_the_courier_says_what_is_known_already_and_then_the_customer_has_the_goods():
    d, name = turned()
    d.courier(name, "m-refused", "SF1111", rs.CourierStatus.REFUSED)
    assert of(d, name).troubles == ()
    d.wait(b.HOUR)
    d.courier(name, "m-returned", "SF1111", rs.CourierStatus.RETURNED)
    assert (of(d, name).troubles, of(d, name).goods) == ((), Goods.AWAITING)
    d.wait(b.HOUR)
    d.courier(name, "m-lost", "SF1111", rs.CourierStatus.LOST)
    assert [trouble.code for trouble in of(d, name).troubles] == ["parcel_lost"]


def test_nothing_comes_instead_then_it_was_not_sent_and_not_lost():
    d, name = turned()
    d.wait(timedelta(days=60))
    (task,) = [each for each in d.view(name).tasks if each.key == "arrival"]
    assert (task.desk, task.step) == (Role.AGENT, "give_up_return")
    d.take(GIVE_UP, name)
    assert of(d, name).outcome == "not_sent"


def test_goods_that_come_late_and_freight_collect_leave_the_ended_return_as_it_is():
    d = desk(pinned=b.turning_away())
    name = m.returning(d)
    d.wait(timedelta(days=60))
    d.take(GIVE_UP, name)
    d.take(m.turn_away(), name)
    assert (of(d, name).outcome, of(d, name).letters[-1].kind) == ("not_sent", "parcel_turned_away")


def test_only_the_warehouse_turns_a_parcel_away():
    d = desk(pinned=b.turning_away())
    name = m.returning(d)
    with pytest.raises(NotYou):
        d.take(rs.TurnAwayParcel(actor=b.LIN, tracking="SF1111"), name)

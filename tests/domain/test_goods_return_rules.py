"""A return's rules one by one (domain.md, "Returns and exchanges")."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.goods_return import refusals as no
from domain.goods_return import steps as rs
from domain.goods_return.lines import findings
from domain.goods_return.state import Goods, Verdict
from domain.people import Role
from domain.shared_steps import SettleTrouble
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk


def test_the_instructions_carry_address_card_and_rule_on_freight():
    d = desk()
    name = m.returning(d)
    letter = d.returns[name].letters[0]
    assert letter.kind == "return_instructions"
    assert letter.says["card_reason"] == "cup: cracked handle"
    assert letter.says["freight_rule"] == "shop_repays_prepaid_freight_up_to_cap"
    assert letter.says["freight_cap"] == "30.00 CNY"
    assert letter.says["due"] == (b.START + timedelta(hours=168)).isoformat()


def test_a_tracking_number_ends_its_clock_with_the_cause_and_starts_the_wait_for_the_parcel():
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    ended = next(clock for clock in d.returns[name].clocks if clock.name == "return_tracking")
    assert ended.end_cause == "parcel_reported"
    assert d.returns[name].due("arrival") == d.now + timedelta(days=10)


def test_an_unannounced_parcel_is_recorded_as_it_is():
    d = desk()
    name = m.returning(d)
    step = rs.ReceiveParcel(actor=b.ZHAO, tracking=" zz99 ", card_found=False, freight_collect=True)
    d.take(step, name)
    (parcel,) = d.returns[name].parcels
    assert (parcel.tracking, parcel.card_found, parcel.freight_collect) == ("ZZ99", False, True)
    assert d.returns[name].running("inspection") is not None


def test_receiving_a_reported_parcel_keeps_what_the_customer_said_of_it():
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    d.take(m.receive(), name)
    (parcel,) = d.returns[name].parcels
    assert (parcel.carrier, parcel.freight, parcel.received_at) == ("SF Express", b.yuan("12.00"), d.now)


def test_the_inspection_is_due_within_a_working_day_of_the_desk():
    d = desk()
    name = m.returning(d)
    d.wait(timedelta(hours=14))  # midnight in Shanghai: the desk is closed
    d.take(m.receive(), name)
    due = d.returns[name].due("inspection")
    assert due == b.START + timedelta(days=1, hours=13, minutes=30)  # the whole of the next day, up to its end


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"quantity": 1}, "short: 1 of 2"),
        ({"intact": False}, "damaged"),
        ({"packaging_whole": False}, "packaging not whole"),
        ({"fault_found": False}, "registered fault not found"),
    ],
)
def test_each_finding_fails_the_inspection_and_reaches_the_agent(found: dict[str, object], words: str):
    d = desk()
    name = m.failed(d, **found)
    assert d.returns[name].verdict is Verdict.NEEDS_A_PERSON
    assert d.complaint.returns[0].findings == words
    assert findings(d.returns[name]) == (words,)


def test_more_units_than_announced_pass_and_are_not_paid_twice():
    d = desk()
    name = m.returning(d)
    d.take(m.receive(), name)
    d.take(m.inspect(5), name)
    assert d.returns[name].outcome == "passed"
    assert d.complaint.payments[0].amount == b.yuan("150.00")


def test_older_news_of_the_courier_that_come_late_change_nothing():
    d = desk()
    name = m.returning(d)
    d.take(m.shipped())
    d.wait(b.HOUR)
    d.courier(name, "m-2", "SF1111", rs.CourierStatus.DELIVERED)
    assert d.returns[name].goods is Goods.AT_DOCK
    d.now -= timedelta(minutes=30)
    d.courier(name, "m-1", "SF1111", rs.CourierStatus.IN_TRANSIT)
    assert d.returns[name].goods is Goods.AT_DOCK


def test_a_stubborn_parcel_goes_to_the_logistics_desk():
    d = desk()
    name = m.returning(d)
    d.courier(name, "m-1", "SF1111", rs.CourierStatus.LOST)
    task = next(task for task in d.view(name).tasks if task.key == "trouble-1")
    assert (task.desk, task.step, task.needs_a_person) == (Role.LOGISTICS, "settle_trouble", True)


def stuck(d: Desk, times: int = 1) -> str:
    name = m.returning(d)
    d.take(m.shipped())
    for message in range(times):
        d.wait(b.HOUR)
        d.courier(name, f"m-{message}", "SF1111", rs.CourierStatus.STUCK)
    return name


def open_troubles(d: Desk, name: str) -> list[str]:
    return [trouble.code for trouble in d.returns[name].troubles if trouble.settled_at is None]


def test_a_courier_that_repeats_itself_raises_one_trouble():
    d = desk()
    name = stuck(d, times=3)
    assert open_troubles(d, name) == ["parcel_stuck"]
    assert d.happened(name).count("courier_saw") == 3
    d.courier(name, "m-other", "SF2222", rs.CourierStatus.STUCK)
    assert open_troubles(d, name) == ["parcel_stuck", "parcel_stuck"]


def test_a_parcel_that_is_stuck_again_after_a_person_dealt_with_it_is_a_trouble_again():
    d = desk()
    name = stuck(d)
    d.take(SettleTrouble(actor=b.LU, number=1, how="asked the courier"), name)
    d.wait(b.HOUR)
    d.courier(name, "m-again", "SF1111", rs.CourierStatus.STUCK)
    assert open_troubles(d, name) == ["parcel_stuck"]


def test_the_trouble_with_a_parcel_lapses_when_the_parcel_is_received():
    d = desk()
    name = stuck(d)
    d.courier(name, "m-other", "SF2222", rs.CourierStatus.STUCK)
    d.take(m.receive(), name)
    settled = d.returns[name].troubles[0]
    assert (settled.settled_by, settled.how) == ("desk", "the parcel was received")
    assert open_troubles(d, name) == ["parcel_stuck"], "the other parcel is still stuck"


@pytest.mark.parametrize(
    ("then", "left"), [(rs.CourierStatus.IN_TRANSIT, []), (rs.CourierStatus.LOST, ["parcel_lost"])]
)
def test_the_trouble_with_a_parcel_lapses_when_the_parcel_moves_on(then: rs.CourierStatus, left: list[str]):
    d = desk()
    name = stuck(d)
    d.wait(b.HOUR)
    d.courier(name, "m-on", "SF1111", then)
    assert open_troubles(d, name) == left
    assert d.returns[name].troubles[0].how == "the parcel moved on"


def test_news_that_time_has_overtaken_raise_no_trouble_and_settle_none():
    d = desk()
    name = stuck(d)
    d.now -= timedelta(minutes=30)
    d.courier(name, "m-early", "SF1111", rs.CourierStatus.IN_TRANSIT)
    assert open_troubles(d, name) == ["parcel_stuck"]
    d.now += b.HOUR
    d.take(m.receive(), name)
    d.courier(name, "m-late", "SF1111", rs.CourierStatus.LOST)
    assert open_troubles(d, name) == []


def test_more_time_moves_the_deadline_and_keeps_the_old_clock_on_record():
    d = desk()
    name = m.returning(d)
    d.take(rs.ExtendWait(actor=b.LIN, days=30, reason="on holiday"), name)
    assert d.returns[name].due("return_tracking") == d.now + timedelta(days=30)
    first = next(clock for clock in d.returns[name].clocks if clock.name == "return_tracking")
    assert first.end_cause == "extended"


@pytest.mark.parametrize("awaited", ["return_tracking", "arrival"])
def test_an_extended_wait_warns_at_the_policys_share_and_the_customer_hears_of_it(awaited: str):
    d = desk()
    name = m.returning(d)
    if awaited == "arrival":
        d.take(m.shipped())
    until = d.now + timedelta(days=20)
    d.take(rs.ExtendWait(actor=b.LIN, days=20, reason="on holiday"), name)
    clock = d.returns[name].running(awaited)
    assert clock is not None
    assert clock.warnings == (d.now + timedelta(days=15),)
    letter = d.returns[name].letters[-1]
    assert (letter.kind, letter.says) == ("wait_extended", {"awaited": awaited, "due": until.isoformat()})
    d.wait(timedelta(days=16))
    assert "clock_warned" in d.happened(name)
    assert not d.returns[name].breached(awaited)


def test_after_a_breach_a_person_has_the_task_and_may_give_up():
    d = desk()
    name = m.returning(d)
    d.wait(timedelta(hours=168))
    task = next(task for task in d.view(name).tasks if task.key == "tracking")
    assert (task.desk, task.step) == (Role.AGENT, "give_up_return")
    assert d.offers(b.LIN, name)["give_up_return"].open


def test_only_the_first_parcel_is_announced_to_the_customer():
    d = desk()
    name = m.returning(d)
    d.take(m.receive("SF1111"), name)
    d.take(m.receive("SF2222"), name)
    assert d.letters(name).count("received") == 1


def test_a_parcel_that_comes_after_the_goods_had_passed_is_refused_with_what_to_do_instead():
    d = desk()
    name = m.passed(d)
    with pytest.raises(no.ReturnOver) as told:
        d.take(m.receive("SF2222"), name)
    record = told.value.record()
    assert f"({d.returns[name].outcome})" in record.sentence
    assert "POST /v1/parcels" in record.way_out
    offer = d.offers(b.ZHAO, name)["receive_parcel"]
    assert (offer.open, offer.code) == (False, "return_over")


def agreed(kind: m.RemedyKind) -> Callable[[Desk], str]:
    def on(d: Desk) -> str:
        name = m.failed(d)
        d.take(m.propose(kind, None))
        d.take(m.accept(2))
        return name

    return on


@pytest.mark.parametrize("how", [m.failed, agreed(m.RemedyKind.SEND_BACK)])
def test_what_arrives_at_a_return_that_waits_is_recorded_as_it_is(how: Callable[[Desk], str]):
    d = desk()
    name = how(d)
    d.wait(b.HOUR)
    d.take(m.receive("SF2222"), name)
    late = d.returns[name].parcels[-1]
    assert (late.tracking, late.received_at) == ("SF2222", d.now)
    assert d.tasks(name) & {"inspect", "send_back"}


def test_an_inspection_photo_belongs_to_the_return():
    d = desk()
    name = m.returning(d)
    d.take(m.receive(), name)
    picture = b.photo("inside")
    d.take(m.photos(picture, actor=b.ZHAO, purpose="inspection"), name)
    d.take(m.inspect(photos=(picture.photo,)), name)
    assert d.returns[name].outcome == "passed"

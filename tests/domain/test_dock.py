"""A parcel at the dock: certain, ranked, matched, taken back, divided (domain.md, "Returns and exchanges")."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.dock import refusals as no
from domain.dock import steps as ds
from domain.dock.matching import POINTS, candidates, reasons
from domain.dock.state import Basis, Lead, TrackedParcel
from domain.goods_return.state import Goods, Return
from domain.people import DESK, Role
from domain.refusals import CaseClosed
from tests import builders as b
from tests.domain import dock_moves as dm
from tests.domain import moves as m
from tests.domain.desk import Desk, News, desk

HOUR = b.HOUR


def matched(**changes: Any) -> tuple[Desk, str]:
    """A parcel that a person matched to a return whose own parcel is still under way."""
    d, name = dm.awaited()
    lead = dm.lead(d.returns[name], same_phone=True)
    d.scan(dm.parcel(d, lead, **changes))
    d.wait(HOUR)
    d.take(dm.match(lead), dm.PARCEL)
    return d, name


# -- by itself -------------------------------------------------------------------------------------------------


def test_a_reported_tracking_number_matches_by_itself_and_the_return_has_its_parcel():
    d, name = dm.awaited()
    d.scan(dm.parcel(d, dm.lead(d.returns[name]), tracking="SF1111", freight_collect=True, note_found=True))
    assert dm.state(d) == "matched"
    (match,) = d.parcels[dm.PARCEL].matches
    assert (match.basis, match.reasons) == (Basis.TRACKING, ("tracking",))
    (parcel,) = d.returns[name].parcels
    assert (parcel.received_at, parcel.dock, parcel.card_found, parcel.freight_collect) == (
        d.now,
        dm.PARCEL,
        True,
        True,
    )
    assert parcel.freight == b.yuan("12.00")  # what the customer said of it stays
    assert d.returns[name].running("inspection") is not None
    assert d.letters(name)[-1] == "received"


def test_a_card_with_the_number_of_the_return_is_certain_as_well():
    d, name = dm.awaited(None)
    d.scan(dm.parcel(d, dm.lead(d.returns[name], on_card=True), card=name, note_found=True))
    assert d.parcels[dm.PARCEL].matches[0].basis is Basis.CARD
    assert d.returns[name].received


def test_a_parcel_without_any_number_is_known_in_the_return_by_its_number_at_the_dock():
    d, name = dm.awaited(None)
    d.scan(dm.parcel(d, dm.lead(d.returns[name], on_card=True), tracking="", card=name))
    assert [parcel.tracking for parcel in d.returns[name].parcels] == [dm.PARCEL]


@pytest.mark.parametrize(
    ("why", "leads"),
    [
        ("two returns know the number", lambda mine: (mine, dm.stranger(tracked=(TrackedParcel("SF1111"),)))),
        ("the card names another return than the number", lambda mine: (mine, dm.stranger(on_card=True))),
        ("the return is over", lambda mine: (dm.stranger(tracked=mine.tracked, over=True),)),
        ("it was received already", lambda _: (dm.stranger(tracked=(TrackedParcel("SF1111", here=True),)),)),
        ("another courier's number", lambda _: (dm.stranger(tracked=(TrackedParcel("SF1111", "YTO"),)),)),
        ("only the phone agrees", lambda _: (dm.stranger(same_phone=True, same_name=True),)),
    ],
)
def test_what_is_not_certain_waits_for_a_person(why: str, leads: Any):
    d, name = dm.awaited()
    d.scan(dm.parcel(d, *leads(dm.lead(d.returns[name])), tracking="SF1111"))
    assert dm.state(d) == "unidentified", why
    assert not d.returns[name].received


@pytest.mark.parametrize("carrier", ["", "SF", "sf express", "SF  Express"])
def test_carriers_that_do_not_contradict_each_other_are_the_same(carrier: str):
    d, name = dm.awaited()
    d.scan(dm.parcel(d, dm.lead(d.returns[name]), tracking="SF1111", carrier=carrier))
    assert dm.state(d) == "matched"


def test_a_number_that_is_reported_after_the_parcel_came_matches_it_then():
    d, name = dm.awaited(None)
    d.scan(dm.parcel(d, tracking="SF1111"))
    assert dm.state(d) == "unidentified"
    d.wait(30 * HOUR)
    d.take(m.shipped())
    assert deliver_lead(d, dm.lead(d.returns[name])) == ["lead_came", "parcel_matched", "news_taken"]
    assert d.returns[name].received
    assert dm.state(d) == "matched"


def test_the_same_lead_again_changes_nothing_and_one_for_a_matched_parcel_neither():
    d, name = dm.awaited()
    d.scan(dm.parcel(d, dm.lead(d.returns[name]), tracking="SF1111"))
    assert deliver_lead(d, dm.stranger(same_phone=True)) == ["news_taken"]


# -- ranked ----------------------------------------------------------------------------------------------------


def test_candidates_stand_with_their_reasons_the_likeliest_first():
    at = b.START
    known = dm.seen(grams=900, goods=(dm.goods(),))
    leads = (
        Lead("A-R1", same_name=True),
        Lead("B-R1", same_phone=True, goods=(dm.goods("6901", 1),), grams=850, expected_at=at + 2 * b.DAY),
        Lead("C-R1", same_order=True),
        Lead("D-R1"),
        Lead("E-R1", same_order=True, over=True),
    )
    found = candidates(known, leads, at)
    assert [(each.return_case, each.reasons) for each in found] == [
        ("B-R1", ("phone", "goods", "weight", "expected")),
        ("C-R1", ("order",)),
        ("E-R1", ("order",)),
        ("A-R1", ("name",)),
    ]
    assert found[0].points == POINTS["phone"] + POINTS["goods"] + POINTS["weight"] + POINTS["expected"]


@pytest.mark.parametrize(("grams", "agrees"), [(800, True), (1200, True), (799, False), (1201, False), (None, False)])
def test_a_parcel_weighs_as_much_as_its_goods_within_a_fifth(grams: int | None, agrees: bool):
    assert ("weight" in reasons(dm.seen(grams=grams), Lead("A-R1", grams=1000), b.START)) is agrees


@pytest.mark.parametrize(("days", "agrees"), [(-3, True), (3, True), (4, False)])
def test_a_parcel_is_expected_around_its_day_and_not_once_another_is_here(days: int, agrees: bool):
    expected = b.START + days * b.DAY
    assert ("expected" in reasons(dm.seen(), Lead("A-R1", expected_at=expected), b.START)) is agrees
    assert reasons(dm.seen(), Lead("A-R1", expected_at=expected, received=True), b.START) == ()


def test_the_task_names_the_likeliest_return_and_who_has_it():
    d, name = dm.awaited()
    d.scan(dm.parcel(d, dm.lead(d.returns[name], same_phone=True)))
    (task,) = d.view(dm.PARCEL).tasks
    assert (task.desk, task.step, task.due_at) == (Role.AGENT, "match_parcel", d.now + 48 * HOUR)
    assert f"likeliest: {name} (phone)" in task.reason
    assert "nobody has taken it on" in task.reason


# -- age -------------------------------------------------------------------------------------------------------


def test_after_48_hours_without_an_owner_the_supervisor_hears_of_it_then_the_centre_manager():
    d = desk()
    d.scan(dm.parcel(d))
    d.wait(timedelta(hours=49))
    assert {task.desk for task in d.view(dm.PARCEL).tasks} == {Role.AGENT, Role.SUPERVISOR}
    d.wait(timedelta(hours=24))
    assert {task.desk for task in d.view(dm.PARCEL).tasks} == {Role.AGENT, Role.SUPERVISOR, Role.CENTRE_MANAGER}


def test_with_an_owner_it_stops_going_up_and_the_owners_time_runs():
    d = desk()
    d.scan(dm.parcel(d))
    d.wait(timedelta(hours=40))
    d.take(dm.take_on(), dm.PARCEL)
    d.wait(timedelta(hours=30))
    view = d.view(dm.PARCEL)
    assert view.handler == b.LIN.person
    assert {task.desk for task in view.tasks} == {Role.AGENT}
    assert "Lin looks whose it is" in view.tasks[0].reason
    d.wait(timedelta(hours=43))
    assert Role.SUPERVISOR in {task.desk for task in d.view(dm.PARCEL).tasks}


def test_it_goes_from_hand_to_hand_with_a_name():
    d = desk()
    d.scan(dm.parcel(d))
    d.take(dm.take_on(), dm.PARCEL)
    with pytest.raises(no.OwnedAlready):
        d.take(dm.take_on(), dm.PARCEL)
    d.take(dm.take_on(b.MEI), dm.PARCEL)
    assert d.parcels[dm.PARCEL].owner == b.MEI


def test_nobodys_parcel_ends_with_where_it_went():
    d = desk()
    d.scan(dm.parcel(d))
    d.take(dm.close(), dm.PARCEL)
    assert dm.state(d) == "not_a_return"
    with pytest.raises(CaseClosed):
        d.take(dm.take_on(), dm.PARCEL)


# -- a person, and a mistake -----------------------------------------------------------------------------------


def test_a_person_matches_and_what_spoke_for_it_is_on_record():
    d, name = matched()
    (match,) = d.parcels[dm.PARCEL].matches
    assert (match.basis, match.by, match.reasons) == (Basis.PERSON, b.LIN, ("phone",))
    assert d.returns[name].received
    assert d.returns[name].parcels[-1].docked_at == d.now - HOUR


def shape(case: Return) -> Any:
    return (case.clocks, case.goods, case.parcels, case.closed_at)


def test_taken_back_the_return_waits_as_if_nothing_had_been():
    mistaken, name = matched()
    mistaken.wait(5 * HOUR)
    mistaken.take(dm.unmatch(name), dm.PARCEL)
    untouched, _ = dm.awaited()
    untouched.wait(6 * HOUR)
    assert shape(mistaken.returns[name]) == shape(untouched.returns[name])
    mistaken.wait(8 * b.DAY)
    untouched.wait(8 * b.DAY)
    assert shape(mistaken.returns[name]) == shape(untouched.returns[name])  # the warning came at its own instant
    assert mistaken.letters(name)[-1] == "arrival_corrected"


def test_a_deadline_that_passed_meanwhile_is_late_at_once_by_its_own_instant():
    d, name = matched()
    due = d.returns[name].clocks[-2].due_at
    d.wait(11 * b.DAY)
    d.take(dm.unmatch(name), dm.PARCEL)
    d.wait(timedelta(0))
    arrival = d.returns[name].running("arrival")
    assert arrival is not None
    assert arrival.due_at == due
    assert arrival.breached_at == d.now
    assert "overdue-arrival" in d.tasks(name)


def test_a_wait_for_the_tracking_number_runs_on_with_its_due_day():
    d, name = dm.awaited(None)
    due = d.returns[name].due("return_tracking")
    lead = dm.lead(d.returns[name], same_name=True)
    d.scan(dm.parcel(d, lead))
    d.take(dm.match(lead), dm.PARCEL)
    d.wait(HOUR)
    d.take(dm.unmatch(name), dm.PARCEL)
    assert d.returns[name].due("return_tracking") == due
    assert d.returns[name].parcels == ()
    assert d.returns[name].goods is Goods.AWAITING
    (corrected,) = [letter for letter in d.returns[name].letters if letter.kind == "arrival_corrected"]
    assert corrected.says["due"] == due.isoformat() if due else ""


def test_the_returns_own_parcel_that_came_meanwhile_ends_the_wait_at_its_own_instant():
    d, name = matched()
    d.wait(2 * HOUR)
    came = d.now
    d.take(m.receive(), name)
    d.wait(2 * HOUR)
    d.take(dm.unmatch(name), dm.PARCEL)
    arrival = next(clock for clock in d.returns[name].clocks if clock.name == "arrival")
    assert (arrival.ended_at, arrival.end_cause) == (came, "parcel_received")
    inspection = d.returns[name].running("inspection")
    assert inspection is not None
    assert inspection.started_at == came
    assert "arrival_corrected" not in d.letters(name)
    assert [parcel.tracking for parcel in d.returns[name].parcels] == ["SF1111"]


def test_the_parcel_is_as_old_as_it_was_and_is_not_matched_to_that_return_by_itself_again():
    d, name = dm.awaited()
    d.scan(dm.parcel(d, dm.lead(d.returns[name]), tracking="SF1111"))
    came = d.now
    d.wait(50 * HOUR)
    d.take(dm.unmatch(name), dm.PARCEL)
    d.wait(timedelta(0))
    running = d.parcels[dm.PARCEL].running("identification")
    assert running is not None
    assert running.due_at == came + 48 * HOUR
    assert running.breached_at == d.now
    deliver_lead(d, dm.lead(d.returns[name]))
    assert dm.state(d) == "unidentified"
    assert d.returns[name].parcels[0].freight == b.yuan("12.00")
    assert d.returns[name].parcels[0].received_at is None


def test_matched_anew_it_is_the_other_returns():
    d, name = matched()
    d.take(dm.unmatch(name), dm.PARCEL)
    again = dm.lead(d.returns[name], same_phone=True)
    d.take(dm.match(again), dm.PARCEL)
    assert d.returns[name].received
    assert [match.holds for match in d.parcels[dm.PARCEL].matches] == [False, True]


def test_a_match_undone_before_the_return_heard_tells_it_nothing():
    d, name = dm.awaited()
    lead = dm.lead(d.returns[name], same_phone=True)
    d.at_once = False
    d.scan(dm.parcel(d, lead))
    d.take(dm.match(lead), dm.PARCEL)
    d.take(dm.unmatch(name), dm.PARCEL)
    d.at_once = True
    d.settle_down()
    assert d.delivered == d.delivered[:1] or not any(news.to == name for news in d.delivered[1:])
    assert not d.returns[name].received


def test_an_inspection_settles_the_match_and_the_dock_is_done():
    d, name = matched()
    d.take(m.inspect(), name)
    assert dm.state(d) == "inspected"
    with pytest.raises(CaseClosed):
        d.take(dm.unmatch(name), dm.PARCEL)


def test_inspected_while_the_undoing_was_under_way_it_needs_a_person():
    d, name = matched()
    d.at_once = False
    d.take(dm.unmatch(name), dm.PARCEL)
    d.take(m.inspect(intact=False), name)
    d.at_once = True
    d.settle_down()
    assert [trouble.code for trouble in d.returns[name].troubles] == ["goods_of_another"]
    assert d.returns[name].inspections


def test_a_return_that_ended_before_it_heard_gives_the_parcel_back():
    d, name = dm.awaited(None)
    lead = dm.lead(d.returns[name], same_phone=True)
    d.scan(dm.parcel(d, lead))
    d.at_once = False
    d.take(dm.match(lead), dm.PARCEL)
    d.do_dock_errand()
    d.take(m.receive("SF2222"), name)
    d.take(m.inspect(), name)
    d.at_once = True
    d.settle_down()
    assert dm.state(d) == "unidentified"
    (match,) = d.parcels[dm.PARCEL].matches
    assert (match.ended_as, match.holds) == ("over", False)


def test_one_parcel_at_two_doors_is_one_parcel():
    d, name = dm.awaited()
    lead = dm.lead(d.returns[name])
    d.scan(dm.parcel(d, lead, tracking="SF1111", case="AS-2026-000008"))
    d.take(m.inspect(), name)
    assert d.parcels["AS-2026-000008"].outcome == "inspected"


def test_what_the_warehouse_received_by_itself_stays_when_the_dock_takes_its_match_back():
    d, name = dm.awaited()
    behind = dm.lead(d.returns[name])  # the register did not show the reception yet
    d.take(m.receive(), name)
    before = d.returns[name].parcels
    d.scan(dm.parcel(d, behind, tracking="SF1111"))
    assert dm.state(d) == "matched"
    d.take(dm.unmatch(name), dm.PARCEL)
    assert d.returns[name].parcels == before


# -- what the tests share --------------------------------------------------------------------------------------


def deliver_lead(d: Desk, lead: Lead) -> list[str]:
    """The watch over the register tells the parcel of a return."""
    before = len(d.events.get(dm.PARCEL, []))
    d.under_way.append(News(dm.PARCEL, f"lead/{lead.return_case}", ds.TakeLead(actor=DESK, lead=lead)))
    d.deliver(len(d.under_way) - 1)
    heard = d.happened(dm.PARCEL)[before:]
    d.settle_down()
    return heard

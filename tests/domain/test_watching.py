"""Parcels that a case waits for: checked at the planned times, each change told, arrival with four facts [S]."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.complaint import steps as cs
from domain.complaint.looking_into import steps as ls
from domain.complaint.looking_into.state import Finding
from domain.complaint.problems import Check, Problem, RemedyKind
from domain.complaint.sorting import steps as ss
from domain.complaint.watching import refusals as no
from domain.complaint.watching import steps as ws
from domain.complaint.watching.state import Condition, Manner, ParcelState, Why
from domain.order import OrderFacts
from domain.people import Role
from domain.shared_steps import SettleTrouble
from tests import builders as b
from tests.domain import asking
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.looks import task
from tests.domain.provoked_by_promises import THE_ORDERS, arrival, chased, contact, late_parcel, look, watch

TUESDAY_FOUR = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
"""16:00 in Shanghai, the first planned check after the opening at 10:00."""
DAY = timedelta(days=1)


def parcels(d: Desk) -> list[dict[str, Any]]:
    story: dict[str, Any] = d.view().story or {}
    return story.get("parcels", [])


def at(d: Desk, day: int, hour: int, minute: int = 0) -> Desk:
    """The desk at that time of Shanghai's March 2026."""
    d.wait(datetime(2026, 3, day, hour - 8, minute, tzinfo=UTC) - d.now)
    return d


# -- what is watched ---------------------------------------------------------------------------------------------


def test_the_parcel_of_a_late_delivery_is_watched_as_soon_as_the_order_is_verified():
    d = desk(problem=Problem.LATE_DELIVERY, order_facts=None)
    assert parcels(d) == []
    d.take(cs.VerifyOrder(actor=b.SHOP, order_index="ix-order", order_facts=b.order()))
    (parcel,) = parcels(d)
    assert (parcel["tracking"], parcel["carrier"], parcel["why"]) == (THE_ORDERS, "SF Express", "late_parcel")
    assert task(d, f"check-{THE_ORDERS}").desk is Role.LOGISTICS
    assert task(d, f"check-{THE_ORDERS}").due_at == TUESDAY_FOUR


def test_a_complaint_that_becomes_one_of_lateness_is_watched_from_then_on():
    d = desk()
    assert parcels(d) == []
    d.wait(b.HOUR)
    d.take(ss.Reclassify(actor=b.LIN, problem=Problem.LATE_DELIVERY, reason="it never came"))
    assert parcels(d)[0]["since"] == "2026-03-03T03:00:00Z"


def test_an_order_without_a_number_is_not_watched_until_somebody_names_it():
    facts = OrderFacts(b.order().lines)
    d = desk(problem=Problem.LATE_DELIVERY, order_facts=facts)
    assert parcels(d) == []
    d.take(watch("sf7001 ", Why.LATE_PARCEL))
    assert parcels(d)[0]["tracking"] == "SF7001"


def under_way(**changes: Any) -> Desk:
    """The look-up finds that the rest of the order is still on its way."""
    d = desk(problem=Problem.SHORT_OR_MISSING, **changes)
    for check, finding in (
        (Check.CONVERSATION, Finding.IN_ORDER),
        (Check.ORDER, Finding.IN_ORDER),
        (Check.TRACKING, Finding.UNDER_WAY),
    ):
        d.take(ls.RecordCheck(actor=b.LIN, check=check, finding=finding, note="looked up"))
    return d


def test_a_second_parcel_under_way_is_watched():
    assert [parcel["why"] for parcel in parcels(under_way())] == ["second_parcel"]


def test_a_second_parcel_whose_number_nobody_knows_is_asked_for():
    d = under_way(order_facts=OrderFacts(b.order().lines))
    assert task(d, "second_parcel").step == "watch_parcel"
    d.take(watch("SF7001", Why.SECOND_PARCEL))
    assert "second_parcel" not in d.tasks()


def test_a_parcel_refused_at_the_door_is_followed_until_it_is_back():
    d = desk(problem=Problem.DAMAGED, signed_for=False)
    assert [parcel["why"] for parcel in parcels(d)] == ["refused_parcel"]
    d.take(look(ParcelState.MOVING))
    assert d.complaint.letters[-1].says["parcel"] == "back_moving"
    d.take(look(ParcelState.ARRIVED))
    assert d.complaint.letters[-1].says["parcel"] == "back_arrived"
    assert f"arrival-{THE_ORDERS}" not in d.tasks()  # nobody calls about a parcel that is here


def test_goods_that_were_sent_to_the_customer_are_watched_until_they_arrive():
    d = asking.lost()
    d.take(m.judge(fault=""))
    d.take(m.offer(RemedyKind.RESHIPMENT, worth="80.00"))
    d.take(m.accept())
    assert parcels(d) == []
    d.take(contact())
    d.take(m.part_sent(1, "SF7001"))
    assert [(parcel["tracking"], parcel["why"]) for parcel in parcels(d)] == [("SF7001", "reshipment")]
    assert "check-SF7001" in d.tasks()
    assert "contact" not in d.tasks()  # who asked was told that it left
    d.take(look(ParcelState.ARRIVED, "SF7001"))
    assert "arrival-SF7001" in d.tasks()


@pytest.mark.parametrize("problem", [Problem.QUALITY, Problem.SHORT_OR_MISSING, Problem.LOST_DELIVERY])
def test_nothing_is_watched_where_nobody_waits_for_a_parcel(problem: Problem):
    assert parcels(desk(problem=problem)) == []


def test_a_watch_that_was_given_up_is_not_begun_again_by_itself():
    d = late_parcel()
    d.take(ws.GiveUpWatch(actor=b.LU, tracking=THE_ORDERS, reason="the customer took another one"))
    d.wait(DAY)
    d.take(ss.AddRemark(actor=b.LIN, words="ask the courier"))
    assert [parcel.watched for parcel in d.complaint.parcels] == [False]
    assert f"check-{THE_ORDERS}" not in d.tasks()
    d.take(watch(THE_ORDERS))
    assert f"check-{THE_ORDERS}" in d.tasks()


# -- checks ------------------------------------------------------------------------------------------------------


def test_a_check_in_its_time_misses_nothing_and_the_next_one_is_named():
    d = at(late_parcel(), 3, 16, 5)
    d.take(look(ParcelState.MOVING))
    (check,) = parcels(d)[0]["checks"]
    assert check == {
        "at": "2026-03-03T08:05:00Z",
        "by": "p-lu",
        "result": "moving",
        "note": "as the courier shows it",
        "answers": {"at": "2026-03-03T08:00:00Z", "on_duty": ["early", "late"]},
    }
    assert parcels(d)[0]["next_check_at"] == "2026-03-04T01:00:00Z"
    assert task(d, f"check-{THE_ORDERS}").due_at == datetime(2026, 3, 4, 1, 0, tzinfo=UTC)


def test_missed_checks_stand_with_their_instants_rest_days_included():
    d = at(late_parcel(), 6, 16, 10)  # a Friday
    d.take(look(ParcelState.MOVING))
    at(d, 9, 9, 30)  # the Monday after
    assert task(d, f"check-{THE_ORDERS}").due_at == datetime(2026, 3, 7, 1, 0, tzinfo=UTC)  # overdue since Saturday
    d.take(look(ParcelState.MOVING))
    first, second = parcels(d)[0]["checks"]
    assert first["missed"] == 6  # Tuesday 16:00 to Friday 09:00
    assert first["missed_checks"][-1] == {"at": "2026-03-06T01:00:00Z", "on_duty": ["early"]}
    assert second["answers"]["at"] == "2026-03-09T01:00:00Z"
    assert second["missed_checks"] == [  # the desk was closed: nobody was on duty
        {"at": "2026-03-07T01:00:00Z"},
        {"at": "2026-03-07T08:00:00Z"},
        {"at": "2026-03-08T01:00:00Z"},
        {"at": "2026-03-08T08:00:00Z"},
    ]


def test_one_more_look_answers_no_planned_check_and_misses_none():
    d = at(late_parcel(), 3, 11)
    d.take(look(ParcelState.MOVING))
    (check,) = parcels(d)[0]["checks"]
    assert "answers" not in check
    assert "missed" not in check
    assert parcels(d)[0]["next_check_at"] == "2026-03-03T08:00:00Z"


def test_of_very_many_missed_checks_all_are_counted_and_the_last_ones_named():
    d = late_parcel()
    d.wait(timedelta(days=100))
    d.take(look(ParcelState.UNKNOWN))
    (check,) = parcels(d)[0]["checks"]
    assert check["missed"] == 199
    assert len(check["missed_checks"]) == 60
    assert check["missed_checks"][-1]["at"] < check["answers"]["at"]


def test_each_change_is_told_to_the_customer_and_what_stays_the_same_is_not_repeated():
    d = late_parcel()
    for result in (ParcelState.MOVING, ParcelState.MOVING, ParcelState.NOT_MOVING, ParcelState.NOT_MOVING):
        d.take(look(result))
    told = [letter.says["parcel"] for letter in d.complaint.letters if letter.kind == "parcel_news"]
    assert told == ["moving", "not_moving"]


def test_a_parcel_that_stands_still_twice_has_its_courier_chased_and_again_after_two_more():
    d = late_parcel()
    d.take(look(ParcelState.NOT_MOVING))
    assert f"chase-{THE_ORDERS}" not in d.tasks()
    d.take(look(ParcelState.NOT_MOVING))
    assert task(d, f"chase-{THE_ORDERS}").desk is Role.LOGISTICS
    d.wait(b.HOUR)
    d.take(chased())
    assert f"chase-{THE_ORDERS}" not in d.tasks()
    assert parcels(d)[0]["chases"] == [
        {"at": "2026-03-03T03:00:00Z", "by": "p-lu", "answer": "goes out this afternoon"}
    ]
    for expected in (False, True):
        d.wait(b.HOUR)
        d.take(look(ParcelState.NOT_MOVING))
        assert (f"chase-{THE_ORDERS}" in d.tasks()) is expected
    d.take(look(ParcelState.MOVING))
    assert f"chase-{THE_ORDERS}" not in d.tasks()


def test_a_parcel_that_stood_still_is_chased_by_its_own_number_alone():
    d = late_parcel()
    d.take(watch("SF7001"))
    for _each in range(2):
        d.take(look(ParcelState.NOT_MOVING))
    with pytest.raises(no.NothingToChase):
        d.take(chased("SF7001"))
    d.take(chased())


def test_a_lost_parcel_is_watched_no_longer_and_needs_a_person():
    d = late_parcel()
    d.take(look(ParcelState.LOST))
    assert d.letters()[-1] == "parcel_news"
    assert d.complaint.letters[-1].says["until"] == ""
    assert f"check-{THE_ORDERS}" not in d.tasks()
    trouble = task(d, "trouble-1")
    assert (trouble.desk, trouble.needs_a_person) == (Role.SUPERVISOR, True)
    d.take(SettleTrouble(actor=b.WU, number=1, how="sent anew"))
    with pytest.raises(no.NotWatched):
        d.take(look(ParcelState.MOVING))
    d.take(watch(THE_ORDERS))  # it turned up
    d.take(look(ParcelState.MOVING))
    assert [parcel["why"] for parcel in parcels(d)] == ["late_parcel", "reshipment"]


def test_a_parcel_that_the_customer_does_not_take_in_turns_back_and_is_watched_on():
    d = late_parcel()
    d.take(look(ParcelState.REFUSED))
    assert d.complaint.letters[-1].says["parcel"] == "back_refused"
    assert (parcels(d)[0]["why"], f"check-{THE_ORDERS}" in d.tasks()) == ("refused_parcel", True)


def test_a_closed_case_waits_for_no_parcel():
    d = late_parcel()
    d.take(cs.Withdraw(actor=b.CUSTOMER))
    assert d.tasks() == set()
    assert "next_check_at" not in parcels(d)[0]


def test_the_desk_may_watch_what_it_likes_but_nobody_else():
    d = late_parcel()
    assert "record_parcel_check" not in d.offers(b.CUSTOMER)
    assert "record_parcel_check" not in d.offers(b.QIAN)
    assert d.offers(b.LU)["record_parcel_check"].open
    assert d.offers(b.LIN)["watch_parcel"].open


# -- arrival at the customer -------------------------------------------------------------------------------------


def arrived() -> Desk:
    d = at(late_parcel(), 4, 9, 5)
    d.take(look(ParcelState.ARRIVED))
    return d


def test_an_arrival_is_told_and_the_customer_is_called():
    d = arrived()
    assert d.complaint.letters[-1].says["parcel"] == "arrived"
    call = task(d, f"arrival-{THE_ORDERS}")
    assert (call.desk, call.step) == (Role.AGENT, "confirm_arrival")
    assert call.due_at == d.complaint.due("arrival_call#1") == datetime(2026, 3, 4, 10, 5, tzinfo=UTC)
    assert f"check-{THE_ORDERS}" not in d.tasks()
    d.take(arrival(d, note="glad that it came"))
    assert d.complaint.running("arrival_call#1") is None
    assert parcels(d)[0]["arrival"] == {
        "arrived_at": "2026-03-04T00:05:00Z",
        "condition": "whole",
        "manner": "good",
        "signed_by_customer": True,
        "note": "glad that it came",
        "at": "2026-03-04T01:05:00Z",
        "by": {"person": "p-lin", "role": "agent", "name": "Lin"},
    }
    assert not {key for key in d.tasks() if THE_ORDERS in key}
    with pytest.raises(no.ArrivalNotChecked):
        d.take(arrival(d))


@pytest.mark.parametrize(
    ("fact", "exception"),
    [
        ({"condition": Condition.DAMAGED}, "damaged"),
        ({"condition": Condition.OPENED}, "opened"),
        ({"manner": Manner.POOR}, "poor_manner"),
        ({"signed_by_customer": False, "signed_by": b.sealed("signed_by")}, "signed_by_another"),
    ],
)
def test_what_is_not_as_it_should_be_goes_to_supervisor_and_salesperson_until_each_has_seen_it(
    fact: dict[str, Any], exception: str
):
    d = arrived()
    d.take(arrival(d, **fact))
    keys = {f"exception-{THE_ORDERS}-supervisor", f"exception-{THE_ORDERS}-salesperson"}
    assert keys <= d.tasks()
    assert exception in task(d, f"exception-{THE_ORDERS}-supervisor").reason
    assert d.offers(b.XU)["acknowledge_exception"].open
    d.take(ws.AcknowledgeException(actor=b.XU, tracking=THE_ORDERS))
    assert keys & d.tasks() == {f"exception-{THE_ORDERS}-supervisor"}
    with pytest.raises(no.NothingToAcknowledge):
        d.take(ws.AcknowledgeException(actor=b.XU, tracking=THE_ORDERS))
    d.take(ws.AcknowledgeException(actor=b.WU, tracking=THE_ORDERS))
    assert not keys & d.tasks()


def test_a_driver_who_was_not_met_is_no_exception():
    d = arrived()
    d.take(arrival(d, manner=Manner.NOT_MET))
    assert "exceptions" not in parcels(d)[0]["arrival"]


def test_who_signed_is_a_name_and_sealed():
    d = arrived()
    d.take(arrival(d, signed_by_customer=False, signed_by=b.sealed("signed_by")))
    assert parcels(d)[0]["arrival"]["signed_by"] == {"sealed": "signed_by"}
    assert (d.view().sealed or {})["signed_by_1"] == b.sealed("signed_by")


def test_a_parcel_watched_a_second_time_does_not_hide_the_call_that_is_owed_for_the_first():
    d = arrived()
    d.take(watch(THE_ORDERS))
    d.take(arrival(d, manner=Manner.POOR))
    d.take(ws.AcknowledgeException(actor=b.WU, tracking=THE_ORDERS))
    assert f"arrival-{THE_ORDERS}" not in d.tasks()


def test_nobody_calls_in_time_and_the_supervisor_hears_of_it():
    d = arrived()
    d.wait(DAY * 2)
    assert task(d, "overdue-arrival_call#1").desk is Role.SUPERVISOR


def test_a_parcel_moves_on_with_the_complaint_to_its_end():
    d = arrived()
    d.take(ls.RecordCheck(actor=b.LIN, check=Check.TRACKING, finding=Finding.THEIR_FAULT, note="stood in the depot"))
    d.take(ls.RecordCheck(actor=b.LIN, check=Check.CAUSE, finding=Finding.THEIR_FAULT, note="the courier"))
    d.take(m.judge())
    assert d.state == "to_propose"
    assert f"arrival-{THE_ORDERS}" in d.tasks()

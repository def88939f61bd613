"""What a courier's connector tells of a parcel that a complaint watches: late, twice, out of order, of nobody's."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

import pytest

from domain import casework
from domain.complaint import book as complaints
from domain.complaint.fulfilling import questions as fulfil
from domain.complaint.fulfilling.state import PartState
from domain.complaint.watching.news import found
from domain.complaint.watching.rules import MOST_CHECKS
from domain.complaint.watching.state import ParcelState, WatchedParcel, Why
from domain.goods_return.steps import CourierStatus
from tests import builders as b
from tests.domain import moves as m
from tests.domain import provoked_by_promises as by
from tests.domain.desk import Desk, desk
from tests.domain.provoked_by_replacements import reshipped
from workflows.news import CourierNews

MOVING, ARRIVED = ParcelState.MOVING, ParcelState.ARRIVED


def tells(
    d: Desk,
    status: CourierStatus,
    at: datetime | None = None,
    tracking: str = "sf7001 ",
    name: str = "",
) -> None:
    """The connector's message reaches the complaint as its workflow takes it in."""
    seen_at = d.now if at is None else at
    told = CourierNews(name or f"{status}/{seen_at}", tracking, status, seen_at, b.SHOP)
    d.record_by_machine(d.complaint.case, casework.take_news(complaints.BOOK, d.complaint, told.news, told.says, d.now))
    d.settle_down()


def results(d: Desk, number: int = 1) -> list[ParcelState]:
    return [check.result for check in d.complaint.parcels[number - 1].checks]


def test_a_replacement_is_found_by_its_number_until_it_has_come():
    d = reshipped(to=None)
    assert d.view().tracking == ("SF7001",)
    tells(d, CourierStatus.DELIVERED)
    assert d.view().tracking == ()
    (part,) = d.complaint.fulfilments
    assert part.state is PartState.DONE
    (check,) = d.complaint.parcels[0].checks
    assert (check.result, check.by, check.seen_at) == (ARRIVED, b.SHOP, d.now)
    assert "arrival-SF7001" in d.tasks(), "the four facts are still a person's to ask"


def test_each_message_counts_once_and_a_change_is_told_to_the_customer_first():
    d = reshipped(to=None)
    letters = len(d.complaint.letters)
    for _ in range(2):
        tells(d, CourierStatus.PICKED_UP, name="m-1")
    assert results(d) == [MOVING]
    assert len(d.complaint.letters) == letters + 1


def test_the_same_again_is_a_check_only_where_one_was_planned():
    d = reshipped(to=None)
    tells(d, CourierStatus.PICKED_UP)
    d.wait(b.HOUR / 60)
    tells(d, CourierStatus.IN_TRANSIT)
    assert len(results(d)) == 1
    d.wait(b.DAY)
    tells(d, CourierStatus.IN_TRANSIT)
    assert results(d) == [MOVING, MOVING]
    last = d.complaint.parcels[0].checks[-1]
    assert last.answers is not None
    assert last.missed == 1


def test_news_in_any_order_end_with_the_newest():
    start = reshipped(to=None).now
    told = [(CourierStatus.PICKED_UP, 1), (CourierStatus.STUCK, 2), (CourierStatus.IN_TRANSIT, 3)]
    for order in permutations(told):
        d = reshipped(to=None)
        d.wait(b.HOUR)
        for status, minutes in order:
            tells(d, status, start + minutes * b.HOUR / 60)
        assert d.complaint.parcels[0].result is MOVING, order
        assert len(d.complaint.troubles) == 0


def test_what_the_courier_saw_before_a_person_looked_changes_nothing():
    d = reshipped(to=None)
    before = d.now
    d.wait(b.HOUR)
    d.take(m.seen(ParcelState.NOT_MOVING))
    tells(d, CourierStatus.DELIVERED, before)
    assert results(d) == [ParcelState.NOT_MOVING]


def test_a_courier_whose_clock_is_ahead_does_not_silence_later_news():
    d = reshipped(to=None)
    tells(d, CourierStatus.IN_TRANSIT, d.now + 365 * b.DAY)
    d.wait(b.HOUR)
    tells(d, CourierStatus.DELIVERED)
    assert results(d)[-1] is ARRIVED


def test_a_lost_replacement_comes_back_to_the_agent_and_needs_a_person():
    d = reshipped(to=None)
    tells(d, CourierStatus.LOST)
    assert [part.state for part in d.complaint.fulfilments] == [PartState.FAILED]
    assert [trouble.code for trouble in d.complaint.troubles] == ["parcel_lost"]


def test_one_that_the_customer_refused_is_followed_until_it_is_here():
    d = reshipped(to=None)
    tells(d, CourierStatus.REFUSED)
    assert d.complaint.parcels[0].why is Why.REFUSED_PARCEL
    d.wait(b.HOUR)
    tells(d, CourierStatus.RETURNED)
    assert d.complaint.parcels[0].result is MOVING
    d.wait(b.HOUR)
    tells(d, CourierStatus.DELIVERED)
    assert fulfil.failed_parts(d.complaint)
    assert d.view().tracking == ()


def test_news_of_a_parcel_that_nobody_watches_are_set_aside_on_record():
    d = desk()
    tells(d, CourierStatus.DELIVERED, tracking="SF9999")
    assert d.happened()[-1] == "news_set_aside"
    d = reshipped()
    tells(d, CourierStatus.STUCK)
    assert d.happened()[-1] == "news_set_aside", "it has come already"


def test_of_a_parcel_that_was_looked_at_very_often_only_its_end_counts():
    d = desk()
    d.take(by.watch("SF7001"))
    for _ in range(MOST_CHECKS):
        d.take(m.seen(MOVING))
    d.wait(b.HOUR)
    tells(d, CourierStatus.STUCK)
    assert len(results(d)) == MOST_CHECKS
    tells(d, CourierStatus.DELIVERED)
    assert results(d)[-1] is ARRIVED


@pytest.mark.parametrize(
    ("why", "status", "state"),
    [
        (Why.RESHIPMENT, CourierStatus.RETURNED, ParcelState.REFUSED),
        (Why.RETURN, CourierStatus.REFUSED, ParcelState.FORWARDED),
        (Why.RETURN, CourierStatus.RETURNED, ParcelState.FORWARDED),
        (Why.REFUSED_PARCEL, CourierStatus.REFUSED, MOVING),
        (Why.LATE_PARCEL, CourierStatus.DELIVERED, ARRIVED),
    ],
)
def test_what_a_word_means_depends_on_which_way_the_parcel_goes(why: Why, status: CourierStatus, state: ParcelState):
    assert found(WatchedParcel(1, "SF7001", "SF Express", why, b.START), status) is state

"""A parcel with the goods of several returns: divided whole, taken back by shares, done when all have inspected."""

from __future__ import annotations

from domain.dock import steps as ds
from tests import builders as b
from tests.domain import dock_moves as dm
from tests.domain.desk import Desk

# -- divided ---------------------------------------------------------------------------------------------------


def divided() -> tuple[Desk, str]:
    d, name = dm.awaited()
    leads = (dm.lead(d.returns[name]), dm.stranger())
    d.scan(dm.parcel(d, *leads, goods=(dm.goods("6901", 2), dm.goods("6902", 1))))
    d.at_once = False
    shares = (ds.Share(name, "6901", 2), ds.Share(dm.ELSEWHERE, "6902", 1))
    d.take(dm.split(*shares, leads=leads), dm.PARCEL)
    return d, name


def test_a_parcel_with_goods_of_two_returns_is_divided_whole():
    d, name = divided()
    assert dm.state(d) == "split"
    first, second = d.parcels[dm.PARCEL].matches
    assert (first.return_case, first.goods) == (name, (dm.goods("6901", 2),))
    assert (second.return_case, second.goods) == (dm.ELSEWHERE, (dm.goods("6902", 1),))
    assert d.parcels[dm.PARCEL].running("identification") is None


def test_one_share_taken_back_leaves_the_other_and_the_rest_ages_on():
    d, _ = divided()
    due = d.now + 48 * b.HOUR
    d.take(dm.unmatch(dm.ELSEWHERE), dm.PARCEL)
    parcel = d.parcels[dm.PARCEL]
    assert parcel.loose == (dm.goods("6902", 1),)
    assert dm.state(d) == "unidentified"
    assert parcel.due("identification") == due
    d.take(dm.match(dm.stranger(return_case="AS-2026-000003-R1")), dm.PARCEL)
    assert d.parcels[dm.PARCEL].live[-1].goods == (dm.goods("6902", 1),)
    assert dm.state(d) == "split"


def test_a_divided_parcel_is_done_when_every_return_has_inspected():
    d, name = divided()
    for place, return_case in enumerate((name, dm.ELSEWHERE)):
        assert d.parcels[dm.PARCEL].closed_at is None, place
        d.record(dm.PARCEL, dm.answered(d, return_case))
    assert d.parcels[dm.PARCEL].outcome == "inspected"


def test_goods_that_nobody_counted_are_counted_by_dividing_them():
    d, name = dm.awaited()
    leads = (dm.lead(d.returns[name]), dm.stranger())
    d.scan(dm.parcel(d, *leads))
    d.at_once = False
    shares = (ds.Share(name, "6901", 1), ds.Share(dm.ELSEWHERE, "6901", 1))
    assert d.take(dm.split(*shares, leads=leads), dm.PARCEL)[0] == "goods_counted"
    assert d.parcels[dm.PARCEL].seen.goods == (dm.goods("6901", 2),)

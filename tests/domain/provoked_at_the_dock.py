"""The refusals of a parcel at the dock, each by the shortest way to it."""

from __future__ import annotations

from domain.dock import refusals as no
from domain.dock import steps as ds
from tests.domain import dock_moves as dm
from tests.domain.desk import Desk, desk
from tests.domain.provoked import provokes

HERE = dm.stranger(same_phone=True)
OTHER = dm.stranger(return_case="AS-2026-000003-R1")


def scanned(**seen: object) -> Desk:
    """An unidentified parcel; what it tells a return stays under way."""
    d = desk()
    d.at_once = False
    d.scan(dm.parcel(d, **seen))
    return d


def matched() -> Desk:
    d = scanned()
    d.take(dm.match(HERE), dm.PARCEL)
    return d


@provokes(no.ParcelMatchedAlready)
def _() -> object:
    return matched().take(dm.match(HERE), dm.PARCEL)


@provokes(no.ReturnNotKnown)
def _() -> object:
    return scanned().take(dm.match(name="AS-2026-000009-R1"), dm.PARCEL)


@provokes(no.ReturnTakesNothing)
def _() -> object:
    return scanned().take(dm.match(dm.stranger(over=True)), dm.PARCEL)


@provokes(no.NothingMatched)
def _() -> object:
    return matched().take(dm.unmatch(OTHER.return_case), dm.PARCEL)


@provokes(no.GoodsInspected)
def _() -> object:
    d = scanned(goods=(dm.goods("6901", 2),))
    shares = (ds.Share(HERE.return_case, "6901", 1), ds.Share(OTHER.return_case, "6901", 1))
    d.take(dm.split(*shares, leads=(HERE, OTHER)), dm.PARCEL)
    d.record(dm.PARCEL, dm.answered(d, HERE.return_case))
    return d.take(dm.unmatch(HERE.return_case), dm.PARCEL)


@provokes(no.GoodsNotInParcel)
def _() -> object:
    shares = (ds.Share(HERE.return_case, "6901", 1), ds.Share(OTHER.return_case, "6901", 1))
    d = scanned(goods=(dm.goods("6901", 3),))
    return d.take(dm.split(*shares, leads=(HERE, OTHER)), dm.PARCEL)


@provokes(no.OneReturnOnly)
def _() -> object:
    shares = (ds.Share(HERE.return_case, "6901", 1), ds.Share(HERE.return_case, "6902", 1))
    return scanned().take(dm.split(*shares, leads=(HERE,)), dm.PARCEL)


@provokes(no.OwnedAlready)
def _() -> object:
    d = scanned()
    d.take(dm.take_on(), dm.PARCEL)
    return d.take(dm.take_on(), dm.PARCEL)

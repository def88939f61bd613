"""A parcel that bounces is followed over all its numbers, with the calls about it ("Returns and exchanges" [S])."""

from __future__ import annotations

import pytest

from domain.complaint.watching import refusals as no
from domain.complaint.watching.state import ParcelState
from domain.complaint.watching.steps import ChaseCourier, ReRegisterParcel
from tests import builders as b
from tests.domain import provoked_by_promises as by
from tests.domain.desk import Desk, desk


def on(d: Desk, tracking: str, fresh: str) -> None:
    reason = "bounced at the depot, sent anew"
    d.take(ReRegisterParcel(actor=b.LU, tracking=tracking, new_tracking=fresh, carrier="YTO Express", reason=reason))


def bounced() -> Desk:
    d = desk()
    d.take(by.watch("SF7001"))
    d.take(by.look(ParcelState.FORWARDED, "SF7001"))
    return d


def test_it_stays_one_parcel_over_all_its_numbers_with_every_check_and_call():
    d = bounced()
    d.take(ChaseCourier(actor=b.LU, tracking="SF7001", answer="goes on with another carrier"))
    on(d, "SF7001", "yt8001")
    (parcel,) = d.complaint.parcels
    assert (parcel.numbers, parcel.carrier, len(parcel.checks), len(parcel.chases)) == (
        ("SF7001", "YT8001"),
        "YTO Express",
        1,
        1,
    )
    assert "check-YT8001" in d.tasks()
    d.take(by.look(ParcelState.ARRIVED, "SF7001"))
    assert d.complaint.parcels[0].ended_at is not None


def test_it_may_be_called_about_at_any_time_and_an_ordinary_one_only_when_it_stands_still():
    d = bounced()
    for answer in ("on the lorry", "still on the lorry"):
        d.take(ChaseCourier(actor=b.LU, tracking="SF7001", answer=answer))
    assert len(d.complaint.parcels[0].chases) == 2
    ordinary = desk()
    ordinary.take(by.watch("SF7002"))
    ordinary.take(by.look(ParcelState.MOVING, "SF7002"))
    with pytest.raises(no.NothingToChase):
        ordinary.take(ChaseCourier(actor=b.LU, tracking="SF7002", answer="on the lorry"))


def test_a_number_that_the_case_knows_is_another_parcel():
    d = bounced()
    d.take(by.watch("SF7002"))
    with pytest.raises(no.WatchedAlready):
        on(d, "SF7001", "SF7002")
    on(d, "SF7001", "SF7003")
    with pytest.raises(no.WatchedAlready):
        on(d, "SF7002", "SF7001")


def test_the_register_shows_it_as_stubborn_with_its_earlier_numbers():
    d = bounced()
    on(d, "SF7001", "SF7003")
    (shown,) = (d.view().story or {})["parcels"]
    assert (shown["stubborn"], [each["tracking"] for each in shown["earlier"]]) == (True, ["SF7001"])

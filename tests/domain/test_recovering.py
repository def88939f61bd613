"""What the responsible parties owe the shop: by shares, until it is settled or written off."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.schemas.case import as_customers_see_it
from domain.complaint import situation as at
from domain.complaint import steps as cs
from domain.complaint.parties import Party, Share
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.recovering import questions as recover
from domain.complaint.recovering import refusals as no
from domain.complaint.watching.state import ParcelState
from domain.people import Role
from tests import builders as b
from tests.domain import asking
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked_in_remedies import owed

COMP = RemedyKind.COMPENSATION
SEVENTY_THIRTY = (Share(Party.COURIER, 70), Share(Party.WAREHOUSE, 30))


def compensated(amount: str = "50.00", shares: tuple[Share, ...] = SEVENTY_THIRTY) -> Desk:
    d = m.photographed(desk())
    d.take(m.judge(responsible=shares[0].party, shares=shares))
    d.take(m.propose(COMP, amount))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    return d


def rest(d: Desk) -> dict[Party, str]:
    return {item.party: item.rest.amount() for item in recover.open_items(d.complaint)}


# -- shares ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shares",
    [
        (Share(Party.COURIER, 99),),
        (Share(Party.COURIER, 60), Share(Party.SHOP, 50)),
        (Share(Party.COURIER, 50), Share(Party.COURIER, 50)),
        (Share(Party.SHOP, 100),),
        (Share(Party.COURIER, 50), Share(Party.UNDECIDED, 50)),
    ],
    ids=["below", "above", "twice", "without the responsible one", "undecided"],
)
def test_shares_that_leave_something_open_are_refused(shares: tuple[Share, ...]):
    with pytest.raises(no.SharesUnfit):
        desk().take(m.judge(responsible=Party.COURIER, shares=shares))


def test_without_shares_the_responsible_party_answers_for_all():
    d = desk()
    d.take(m.judge(responsible=Party.COURIER))
    assert d.complaint.judgements[0].by_shares == (Share(Party.COURIER, 100),)


@given(
    minor=st.integers(1, 30_000),
    cuts=st.lists(st.integers(1, 99), min_size=0, max_size=4, unique=True),
)
def test_the_parts_of_all_parties_are_the_whole_to_the_last_cent(minor: int, cuts: list[int]):
    edges = [0, *sorted(cuts), 100]
    parties = (Party.COURIER, Party.SUPPLIER, Party.WAREHOUSE, Party.SHOP, Party.PLATFORM)
    shares = tuple(Share(party, upto - since) for party, (since, upto) in zip(parties, pairwise(edges), strict=False))
    d = desk()
    d.ceiling = 10**9
    m.photographed(d).take(m.judge(responsible=Party.COURIER, shares=shares))
    d.take(m.propose(COMP, b.Money(minor, "CNY").amount()))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case, b.WU, *([b.SUN] if minor > 20_000 else []))
    found = recover.owed(d.complaint)
    assert sum(found.values()) == minor
    assert all(abs(found[share.party] - minor * share.percent / 100) < 1 for share in shares)


# -- what is owed ----------------------------------------------------------------------------------------------


def test_each_party_owes_its_share_of_what_was_paid_and_each_desk_has_its_item():
    d = compensated("50.00")
    assert rest(d) == {Party.COURIER: "35.00", Party.WAREHOUSE: "15.00"}
    tasks = {task.key: task for task in d.view().tasks if task.key.startswith("recover-")}
    assert {key: task.desk for key, task in tasks.items()} == {
        "recover-courier": Role.LOGISTICS,
        "recover-warehouse": Role.SUPERVISOR,
    }
    assert tasks["recover-courier"].step == "settle_recovery"
    assert "owed" not in (as_customers_see_it(d.view()).story or {})


def test_goods_and_coupons_count_once_they_went_out_and_not_before():
    d = m.photographed(desk())
    d.take(m.judge(responsible=Party.SUPPLIER))
    d.take(m.offer(RemedyKind.COUPON, m.beside(RemedyKind.CORRECTION, worth="3.00"), worth="10.00"))
    d.take(m.accept())
    assert rest(d) == {}
    d.take(m.coupon(1))
    assert rest(d) == {Party.SUPPLIER: "10.00"}
    d.take(m.corrected(2))
    assert rest(d) == {Party.SUPPLIER: "13.00"}


def test_goods_that_went_out_are_owed_also_when_they_were_lost():
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(asking.trace())
    d.take(asking.traced())
    d.take(m.judge(fault="", responsible=Party.COURIER))
    d.take(m.offer(RemedyKind.RESHIPMENT, worth="80.00"))
    d.take(m.accept())
    assert rest(d) == {}
    d.take(m.part_sent())
    assert rest(d) == {Party.COURIER: "80.00"}
    d.take(m.seen(ParcelState.LOST))
    assert rest(d) == {Party.COURIER: "80.00"}


def test_freight_is_owed_too():
    d = desk()
    d.take(m.photos())
    d.take(m.judge(responsible=Party.SUPPLIER))
    d.take(m.propose())
    d.take(m.accept())
    name = d.complaint.returns[0].case
    m.send(d)
    d.take(m.receive(), name)
    d.take(m.inspect(), name)
    for part in d.complaint.payments:
        m.settle_slip(d, part.case)
    assert rest(d) == {Party.SUPPLIER: "162.00"}


@pytest.mark.parametrize("party", [Party.SHOP, Party.CUSTOMER, Party.UNDECIDED])
def test_nobody_is_asked_for_what_the_shop_or_its_customer_answers_for(party: Party):
    assert rest(owed(party)) == {}


def test_goodwill_is_nobodys_debt():
    d = m.photographed(desk())
    d.take(m.judge(fault_confirmed=False, fault="", responsible=Party.COURIER))
    d.take(m.offer(COMP, refund="10.00", goodwill=True, actor=b.WU))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case, b.SUN)
    assert rest(d) == {}


# -- settling --------------------------------------------------------------------------------------------------


def test_what_is_made_good_in_part_leaves_the_rest_open():
    d = compensated("50.00")
    d.take(m.settle(Party.COURIER, "20.00"))
    assert rest(d) == {Party.COURIER: "15.00", Party.WAREHOUSE: "15.00"}
    with pytest.raises(no.AboveOwed):
        d.take(m.settle(Party.COURIER, "15.01"))
    d.take(m.settle(Party.COURIER, "15.00"))
    assert rest(d) == {Party.WAREHOUSE: "15.00"}
    with pytest.raises(no.PartyOwesNothing):
        d.take(m.settle(Party.COURIER, "1.00", b.WU))


def test_each_desk_settles_with_its_own_party_and_the_supervisor_with_all():
    d = compensated("50.00")
    with pytest.raises(no.OtherDeskRecovers):
        d.take(m.settle(Party.WAREHOUSE, "15.00", b.LU))
    assert d.offers(b.LIN)["settle_recovery"].code == "other_desk_recovers"
    d.take(m.settle(Party.COURIER, "35.00", b.WU))
    d.take(m.settle(Party.WAREHOUSE, "15.00", b.WU))
    assert rest(d) == {}
    assert d.offers(b.WU)["settle_recovery"].code == "nothing_to_recover"


def test_money_of_another_currency_settles_nothing():
    d = compensated("50.00")
    step = m.settle(Party.COURIER, "1.00")
    with pytest.raises(no.RecoveryAmountUnfit):
        d.take(type(step)(actor=b.LU, party=Party.COURIER, amount=b.Money(100, "USD"), reference="SF-1"))


def test_a_closed_case_is_filed_only_when_all_is_settled_or_written_off():
    d = compensated("50.00")
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    assert d.state == "resolved"
    assert not at.filed(d.complaint)
    assert {task.key for task in d.view().tasks} == {"recover-courier", "recover-warehouse"}
    d.take(m.settle(Party.COURIER, "35.00"))
    assert not at.filed(d.complaint)
    assert "write_off_recovery" not in d.offers(b.LU)
    d.take(m.write_off(Party.WAREHOUSE))
    assert at.filed(d.complaint)
    assert d.view().tasks == ()
    last = d.complaint.recovered[-1]
    assert (last.written_off, last.amount, last.by) == (True, b.yuan("15.00"), b.WU)


def test_a_case_for_which_nobody_owes_anything_is_filed_with_its_last_letter():
    d = owed(Party.SHOP)
    d.take(m.call_back(cs.CallResult.SATISFIED))
    d.post()
    assert at.filed(d.complaint)


# -- a revised judgement ---------------------------------------------------------------------------------------


def test_a_revised_judgement_changes_what_is_owed_and_what_was_settled_stays():
    d = compensated("50.00")
    d.take(m.settle(Party.COURIER, "35.00"))
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    halves = (Share(Party.COURIER, 20), Share(Party.SUPPLIER, 80))
    d.take(m.judge(responsible=Party.SUPPLIER, shares=halves))
    assert rest(d) == {Party.SUPPLIER: "40.00"}
    courier = next(item for item in recover.items(d.complaint) if item.party is Party.COURIER)
    assert (courier.owed, courier.settled, courier.rest) == (b.yuan("10.00"), b.yuan("35.00"), b.yuan("0.00"))
    assert [judged.by_shares for judged in d.complaint.judgements] == [SEVENTY_THIRTY, halves]


def test_what_was_written_off_is_not_asked_for_again_but_what_is_paid_later_is():
    d = compensated("50.00", (Share(Party.COURIER, 100),))
    d.take(m.write_off(Party.COURIER))
    assert rest(d) == {}
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    d.take(m.propose(COMP, "20.00"))
    d.take(m.accept(2))
    m.settle_slip(d, d.complaint.payments[1].case)
    assert rest(d) == {Party.COURIER: "20.00"}


def test_another_class_in_a_later_round_leaves_open_who_owes_what_was_paid_before():
    d = compensated("50.00")
    d.take(m.call_back(cs.CallResult.NOT_SATISFIED))
    assert rest(d) == {Party.COURIER: "35.00", Party.WAREHOUSE: "15.00"}

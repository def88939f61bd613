"""To which account money goes: as it was paid, or another by proof; and a case that money came back to (domain.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.complaint.paying_out import refusals as no
from domain.payment.gateway import steps as gs
from domain.payment.gateway.state import Stands
from domain.payment.means import Means
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.gateway_moves import by_gateway, other_account, paid, proved
from tests.domain.provoked_by_sums import paid_out


def test_money_that_came_back_is_paid_anew_to_another_account_by_proof_and_with_a_new_approval():
    d = proved(paid_out())
    slip = d.complaint.payments[0].case
    d.take(gs.ReportReversed(actor=b.QIAN, reference="BANK-7", reason="no such account"), slip)
    assert "money_came_back" in d.letters()
    d.take(other_account())
    d.take(m.cs.RequestSlip(actor=b.LIN, slip=slip, reason="the customer named another account"))
    again = d.complaint.payments[-1].case
    assert (d.payments[again].means, d.payments[again].account_mark) == (Means.ACCOUNT, "mark-2")
    assert d.view(again).sealed["account"] == b.sealed("account")
    assert d.view(again).state == "to_approve"
    m.settle_slip(d, again)
    assert d.paid() == 5_000
    assert d.given_back() == 5_000


def test_a_slip_that_is_under_way_keeps_the_account_it_was_signed_for():
    d = desk()
    slip = m.compensated(d, "50.00")
    proved(d).take(other_account())
    assert d.payments[slip].means is Means.ORIGINAL


def test_what_was_agreed_may_go_back_to_the_original_way():
    d = proved(desk())
    d.take(other_account())
    d.take(other_account(means=Means.ORIGINAL, account=None, account_mark="", proof=""))
    assert d.payments[m.compensated(d, "50.00")].agreed is None


def test_cash_needs_its_proof_and_no_account():
    d = proved(desk())
    d.take(other_account(means=Means.CASH, account=None, account_mark=""))
    assert d.payments[m.compensated(d, "50.00")].means is Means.CASH


@pytest.mark.parametrize(("chosen", "state"), [(("original",), "with_finance"), (("original", "account"), "sent")])
def test_only_the_means_that_the_shop_chose_go_by_gateway(chosen: tuple[str, ...], state: str):
    d = proved(desk(pinned=by_gateway(gateway_means=chosen)))
    d.take(other_account())
    slip = m.compensated(d, "50.00")
    d.take(m.approve("50.00"), slip)
    assert d.view(slip).state == state


def test_a_payment_to_the_agreed_account_is_known_by_its_mark():
    d = proved(desk(pinned=by_gateway(gateway_means=("account",))))
    d.take(other_account())
    d.gateway_says = [replace(paid(), account="mark-2")]
    slip = m.compensated(d, "50.00")
    d.take(m.approve("50.00"), slip)
    assert d.payments[slip].outcome == "paid"
    assert d.payments[slip].gateway.mismatches == ()
    d.gateway_tells(slip, replace(paid(), account="mark-9"))
    (mismatch,) = d.payments[slip].gateway.mismatches
    assert (mismatch.code, mismatch.heard.stands) == ("account", Stands.PAID)
    assert "another account" in mismatch.theirs


def test_money_that_came_back_opens_a_closed_case_again():
    d = paid_out()
    slip = d.complaint.payments[0].case
    d.take(m.call_back(m.cs.CallResult.SATISFIED))
    assert d.complaint.closed_at is not None
    d.take(gs.ReportReversed(actor=b.QIAN, reference="BANK-7", reason="no such account"), slip)
    assert d.complaint.closed_at is None
    assert d.state == "slip_failed"
    assert "request_slip" in d.offers(b.LIN)
    assert "reopened" not in d.letters()


@pytest.mark.parametrize(
    "said",
    [{"account": None}, {"means": Means.CASH}, {"means": Means.ORIGINAL}],
)
def test_an_account_belongs_to_a_transfer(said: dict[str, object]):
    with pytest.raises(no.AccountMissing):
        proved(desk()).take(other_account(**said))


def test_a_photo_that_is_not_in_the_case_proves_nothing():
    with pytest.raises(no.ProofMissing):
        desk().take(other_account())

"""A slip's rules one by one (domain.md, "Money")."""

from datetime import timedelta

import pytest

from domain.complaint import steps as cs
from domain.payment import refusals as no
from domain.payment import steps as ps
from domain.payment.book import finished
from domain.people import Actor, Role
from domain.plain import plain
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk


def slip_of(amount: str = "50.00", asker: Actor = b.LIN) -> tuple[Desk, str]:
    d = m.judged(desk())
    d.take(m.propose(m.RemedyKind.COMPENSATION, amount, actor=asker))
    d.take(m.accept())
    return d, d.complaint.payments[0].case


def as_role(person: Actor, role: Role) -> Actor:
    return Actor(person.person, role, person.name)


def test_the_asker_does_not_approve():
    d, slip = slip_of(asker=b.WU)
    with pytest.raises(no.SamePerson):
        d.take(m.approve("50.00", b.WU), slip)


def test_the_asker_does_not_pay():
    d, slip = slip_of()
    d.take(m.approve("50.00"), slip)
    with pytest.raises(no.SamePerson):
        d.take(m.pay("50.00", as_role(b.LIN, Role.FINANCE)), slip)


def asked_again_by(d: Desk, slip: str, person: Actor) -> str:
    d.take(ps.RejectSlip(actor=b.YAN, reason="not like this"), slip)
    d.take(cs.RequestSlip(actor=person, slip=slip, reason="once more please"))
    return d.complaint.payments[-1].case


def test_who_proposed_the_remedy_neither_approves_nor_pays_when_another_person_asked_again():
    d, slip = slip_of()
    again = asked_again_by(d, slip, b.MEI)
    with pytest.raises(no.SamePerson):
        d.take(m.approve("50.00", as_role(b.LIN, Role.SUPERVISOR)), again)
    d.take(m.approve("50.00"), again)
    with pytest.raises(no.SamePerson):
        d.take(m.pay("50.00", as_role(b.LIN, Role.FINANCE)), again)


def test_nobody_who_asked_for_the_sum_before_approves_or_pays_it():
    d, slip = slip_of()
    again = asked_again_by(d, slip, b.MEI)
    third = asked_again_by(d, again, b.LIN)
    assert d.payments[third].requested_by == b.LIN
    with pytest.raises(no.SamePerson):
        d.take(m.approve("50.00", as_role(b.MEI, Role.SUPERVISOR)), third)
    d.take(m.approve("50.00"), third)
    with pytest.raises(no.SamePerson):
        d.take(m.pay("50.00", as_role(b.MEI, Role.FINANCE)), third)


def test_the_first_approver_is_not_the_second():
    d, slip = slip_of("250.00")
    d.take(m.approve("250.00"), slip)
    with pytest.raises(no.SamePerson):
        d.take(m.approve("250.00", as_role(b.WU, Role.CENTRE_MANAGER)), slip)


@pytest.mark.parametrize("approver", [b.WU, b.SUN])
def test_no_approver_pays(approver: Actor):
    d, slip = slip_of("250.00")
    d.take(m.approve("250.00", b.WU), slip)
    d.take(m.approve("250.00", b.SUN), slip)
    with pytest.raises(no.SamePerson):
        d.take(m.pay("250.00", as_role(approver, Role.FINANCE)), slip)


def test_the_asker_neither_rejects_nor_voids():
    d, slip = slip_of(asker=b.WU)
    for step in (ps.RejectSlip(actor=b.WU, reason="no more"), ps.VoidSlip(actor=b.WU, reason="no more")):
        with pytest.raises(no.SamePerson):
            d.take(step, slip)


@pytest.mark.parametrize(("amount", "signatures"), [("200.00", 1), ("200.01", 2)])
def test_a_second_approver_signs_above_the_limit_and_not_at_it(amount: str, signatures: int):
    d, slip = slip_of(amount)
    assert d.payments[slip].approvals_needed == signatures


def test_pressing_paid_twice_pays_once():
    d, slip = slip_of()
    m.settle_slip(d, slip)
    assert not d.offers(b.QIAN, slip)["sign_paid"].open
    assert d.paid() == 5_000


def test_a_slip_that_could_not_be_paid_goes_back_to_the_agent_with_the_reason():
    d, slip = slip_of()
    d.take(m.approve("50.00"), slip)
    d.take(ps.ReportNotPaid(actor=b.QIAN, reason="account closed"), slip)
    assert d.complaint.payments[0].note == "account closed"
    assert d.state == "slip_failed"


def test_a_grown_sum_asks_for_a_second_signature_before_the_slip_is_with_finance():
    d, slip = slip_of("150.00")
    d.take(ps.TakeCaseSum(actor=b.Actor("desk", Role.DESK), case_sum=b.yuan("210.00")), slip)
    d.take(m.approve("150.00"), slip)
    assert not d.payments[slip].with_finance
    d.take(m.approve("150.00", b.SUN), slip)
    assert d.payments[slip].with_finance


def test_a_slip_handed_to_finance_stays_there_when_the_sum_grows_for_it_may_be_paid_already():
    d, slip = slip_of("150.00")
    d.take(m.approve("150.00"), slip)
    handed_at = d.now
    d.wait(b.HOUR)
    d.take(ps.TakeCaseSum(actor=b.Actor("desk", Role.DESK), case_sum=b.yuan("210.00")), slip)
    assert d.payments[slip].with_finance
    assert d.payments[slip].case_sum == b.yuan("210.00")
    assert d.payments[slip].handed_at == handed_at
    assert d.payments[slip].approvals_needed == 1
    assert plain(handed_at) in str(d.view(slip).story)
    d.take(m.pay("150.00"), slip)
    assert d.paid() == 15_000


@pytest.mark.parametrize("end", [ps.VoidSlip, ps.RejectSlip])
def test_a_slip_with_finance_is_ended_by_finance_alone(end: type[ps.VoidSlip | ps.RejectSlip]):
    d, slip = slip_of()
    d.take(m.approve("50.00"), slip)
    with pytest.raises(no.WithFinance):
        d.take(end(actor=b.SUN, reason="changed our mind"), slip)
    d.take(ps.ReportNotPaid(actor=b.QIAN, reason="stopped in time"), slip)
    assert d.complaint.payments[0].result == "not_paid"


def test_a_slip_is_over_once_the_ledger_and_the_complaint_know_its_end():
    d, slip = slip_of()
    m.settle_slip(d, slip)
    assert not finished(d.payments[slip])
    d.wait(timedelta(days=60))
    assert finished(d.payments[slip])
    assert d.complaint.payments[0].reference == "PAY-1"

"""The shortest way to each refusal of sums beside the remedy, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.fulfilling import refusals as part
from domain.complaint.parties import Party
from domain.complaint.problems import RemedyKind
from domain.complaint.sums import refusals as no
from domain.complaint.sums.state import PaidBy
from domain.payment import refusals as slip
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked import provokes
from tests.domain.provoked_in_remedies import owed


def paid_out(amount: str = "50.00") -> Desk:
    """A compensation paid to the customer."""
    d = desk()
    m.settle_slip(d, m.compensated(d, amount))
    return d


def to_exchange() -> Desk:
    """An exchange agreed, the goods here, nothing sent yet."""
    d = desk()
    m.exchanged(d)
    return d


@provokes(part.CouponNotHeld)
def _() -> object:
    d = desk()
    d.at_once = False
    m.agreed(d, RemedyKind.COUPON, worth="10.00")
    return d.take(m.coupon())


@provokes(no.NothingToRepay)
def _() -> object:
    return desk().take(m.repay(Party.CUSTOMER, "1.00"))


@provokes(no.OtherDeskAsks)
def _() -> object:
    return owed(Party.COURIER).take(m.repay(Party.COURIER, "50.00"))


@provokes(no.AboveRepayable)
def _() -> object:
    return paid_out().take(m.repay(Party.CUSTOMER, "50.01"))


@provokes(no.SumUnfit)
def _() -> object:
    return paid_out().take(m.repay(Party.CUSTOMER, "0.00"))


@provokes(no.NoExchangeWaits)
def _() -> object:
    return desk().take(m.difference(PaidBy.CUSTOMER, "10.00"))


@provokes(no.DifferenceStands)
def _() -> object:
    d = to_exchange()
    d.take(m.difference(PaidBy.CUSTOMER, "10.00"))
    return d.take(m.difference(PaidBy.SHOP, "10.00"))


@provokes(no.PriceDifferenceOpen)
def _() -> object:
    d = to_exchange()
    d.take(m.difference(PaidBy.CUSTOMER, "10.00"))
    return d.take(m.part_sent())


@provokes(no.PlatformPaymentKnown)
def _() -> object:
    d = desk()
    d.take(m.platform_paid("50.00", at=d.now))
    return d.take(m.platform_paid("50.00", at=d.now))


@provokes(no.NoLineToCount)
def _() -> object:
    return desk(order_facts=None).take(m.platform_paid("50.00"))


@provokes(no.PaidInFuture)
def _() -> object:
    return desk().take(m.platform_paid("50.00", at=b.START + b.DAY))


@provokes(slip.DayIsFull)
def _() -> object:
    d = desk()
    return d.take(m.approve("50.00", signed_today="19950.01"), m.compensated(d))


@provokes(slip.AboveAgreed)
def _() -> object:
    d = desk()
    return d.take(m.lower("50.01"), m.compensated(d))


@provokes(slip.FreightByReceipt)
def _() -> object:
    d = desk()
    m.passed(d)
    freight = next(p.case for p in d.complaint.payments if p.purpose == "freight")
    return d.take(m.lower("1.00"), freight)

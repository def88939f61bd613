"""The shortest way to each refusal of the payment gateway, for test_refusals.py."""

from __future__ import annotations

from datetime import timedelta

from domain.complaint.paying_out import refusals as way
from domain.payment.gateway import refusals as no
from domain.payment.gateway import steps as gs
from domain.payment.gateway.rules import may_reverse
from domain.payment.parting import refusals as part
from domain.payment.parting.steps import SignPart
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.gateway_moves import NO_ANSWER, approved, other_account, proved, with_finance
from tests.domain.provoked import provokes
from tests.domain.provoked_by_sums import paid_out


@provokes(no.WithGateway)
def _() -> object:
    d, slip = approved()
    return d.take(m.pay("50.00"), slip)


@provokes(no.NotWithGateway)
def _() -> object:
    d = paid_out()
    d.take(m.repay(m.Party.CUSTOMER, "10.00"))
    return d.take(gs.AskGateway(actor=b.QIAN), d.complaint.incoming[-1].case)


@provokes(no.InquiriesGoOn)
def _() -> object:
    d, slip = approved()
    return d.take(gs.SettleUnknown(actor=b.QIAN, found=gs.Found.NOT_PAID, reason="not seen yet"), slip)


@provokes(no.ReferenceMissing)
def _() -> object:
    d, slip = approved(NO_ANSWER)
    return d.take(gs.SettleUnknown(actor=b.QIAN, found=gs.Found.PAID, reason="they say so"), slip)


@provokes(no.MismatchUnknown)
def _() -> object:
    d, slip = approved()
    return d.take(gs.SettleMismatch(actor=b.QIAN, number=1, how="nothing was there"), slip)


@provokes(no.NotPaidOut)
def _() -> object:
    d, slip = approved()
    return d.take(gs.ReportReversed(actor=b.QIAN, reference="REV-1", reason="it came back"), slip)


@provokes(no.LateNewsAreOver)
def _() -> object:
    d = paid_out()
    d.wait(timedelta(days=60))
    (slip,) = d.payments.values()
    return may_reverse(slip, b.QIAN, d.now)


@provokes(part.PartUnfit)
def _() -> object:
    d, slip = with_finance()
    return d.take(SignPart(actor=b.QIAN, amount=b.yuan("50.00"), reference="PART-1"), slip)


@provokes(part.ReferenceKnown)
def _() -> object:
    d, slip = with_finance()
    d.take(SignPart(actor=b.QIAN, amount=b.yuan("20.00"), reference="PART-1"), slip)
    return d.take(SignPart(actor=b.QIAN, amount=b.yuan("20.00"), reference="PART-1"), slip)


@provokes(way.AccountMissing)
def _() -> object:
    return proved(desk()).take(other_account(account=None))


@provokes(way.ProofMissing)
def _() -> object:
    return desk().take(other_account())

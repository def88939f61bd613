"""The shortest way to each refusal about requests and disputes on the platform, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.on_platform import refusals as no
from domain.complaint.on_platform import rules
from domain.complaint.on_platform.state import MatterKind, PlatformVerdict, Said, SettledHow
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked import provokes


def asked(**more: object) -> Desk:
    """A refund request about 150.00 that the platform told of, due in two days."""
    d = desk()
    d.take(m.told_by_platform(Said.OPENED, due_at=b.START + 2 * b.DAY, **more))
    return d


def ran_out() -> Desk:
    """The same, paid by the platform by itself when nobody had answered."""
    d = asked()
    d.wait(2 * b.DAY)
    d.take(m.told_by_platform(Said.APPROVED, d.now))
    d.take(m.told_by_platform(Said.PAID, d.now))
    return d


@provokes(no.NothingOnPlatform)
def _() -> object:
    return desk().take(m.answered())


@provokes(no.MatterUnknown)
def _() -> object:
    return asked().take(m.answered(reference="RQ-2"))


@provokes(no.PlatformNewsKnown)
def _() -> object:
    return asked().take(m.told_by_platform(Said.OPENED))


@provokes(no.PlatformNewsUnfit)
def _() -> object:
    return desk().take(m.told_by_platform(Said.PAID, payment=""))


@provokes(no.PlatformNewsInFuture)
def _() -> object:
    return desk().take(m.told_by_platform(Said.OPENED, b.START + b.DAY))


@provokes(no.PlatformFull)
def _() -> object:
    d = desk()
    for number in range(rules.MOST_MATTERS):
        d.take(m.told_by_platform(Said.OPENED, reference=f"RQ-{number}"))
    return d.take(m.told_by_platform(Said.OPENED, reference="RQ-more"))


@provokes(no.VerdictUnfit)
def _() -> object:
    return asked(kind=MatterKind.DISPUTE).take(m.answered(PlatformVerdict.AGREED))


@provokes(no.EvidenceNotOurs)
def _() -> object:
    return asked(kind=MatterKind.DISPUTE).take(m.answered(PlatformVerdict.ANSWERED, evidence=(b.photo().photo,)))


@provokes(no.AgreeingIsSupervisors)
def _() -> object:
    return asked(amount=b.yuan("500.01")).take(m.answered(PlatformVerdict.AGREED))


@provokes(no.NothingOutstanding)
def _() -> object:
    return desk().take(m.recovered("refund_request#1"))


@provokes(no.ItemUnknown)
def _() -> object:
    return ran_out().take(m.recovered("refund_request#2"))


@provokes(no.BearingIsSupervisors)
def _() -> object:
    return ran_out().take(m.recovered("refund_request#1", SettledHow.BORNE))


@provokes(no.MoneyIsOut)
def _() -> object:
    return ran_out().take(m.close())

"""The shortest way to each refusal of claims on the courier, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.claiming import refusals as no
from domain.complaint.parties import Party
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked import provokes


def by_the_courier() -> Desk:
    """A fault that the courier answers for."""
    d = m.photographed(desk())
    d.take(m.judge(responsible=Party.COURIER))
    return d


@provokes(no.NothingToClaim)
def _() -> object:
    return desk().take(m.claimed())


@provokes(no.ClaimStands)
def _() -> object:
    d = by_the_courier()
    d.take(m.claimed())
    return d.take(m.claimed())


@provokes(no.ClaimUnknown)
def _() -> object:
    d = by_the_courier()
    d.take(m.claimed())
    return d.take(m.claim_answered(claim=2))


@provokes(no.ClaimSumUnfit)
def _() -> object:
    return by_the_courier().take(m.claimed("330.01"))

"""The refusals about lines, parcels and eligibility of a return, each by the shortest way to it."""

from __future__ import annotations

from domain.complaint.eligible import refusals as rule
from domain.complaint.lines import refusals as claim
from domain.complaint.problems import Problem, RemedyKind
from domain.goods_return import refusals as no
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked import provokes


def arrived() -> tuple[Desk, str]:
    d = desk()
    name = m.returning(d)
    d.take(m.receive(), name)
    return d, name


@provokes(no.LineNotOfReturn)
def _() -> object:
    d, name = arrived()
    return d.take(m.inspect(further=(m.found(2),)), name)


@provokes(no.LineFoundTwice)
def _() -> object:
    d, name = arrived()
    return d.take(m.inspect(further=(m.found(1),)), name)


@provokes(no.ParcelNotHere)
def _() -> object:
    d, name = arrived()
    return d.take(m.inspect(parcel="SF9"), name)


@provokes(claim.LineClaimedAlready)
def _() -> object:
    return desk().take(m.claim_more(1))


@provokes(claim.ReturnTakesNoLine)
def _() -> object:
    d = m.agreed(desk(), RemedyKind.EXCHANGE, what="the same cup")
    return d.take(m.claim_more())


@provokes(claim.AddedSumUnfit)
def _() -> object:
    d = desk()
    m.returning(d)
    return d.take(m.claim_more(refund="20.01"))


@provokes(rule.NotEligible)
def _() -> object:
    d = desk(problem=Problem.CHANGED_MIND, signed_for=True)
    d.take(m.describe(intact=False))
    d.take(m.judge())
    return d.take(m.propose())


@provokes(rule.NothingToDescribe)
def _() -> object:
    d = desk()
    m.returning(d)
    return d.take(m.describe())


@provokes(no.NothingToExplain)
def _() -> object:
    d, name = arrived()
    return d.take(m.tell_how(), name)


@provokes(no.CollectTakenIn)
def _() -> object:
    d = desk()
    return d.take(m.turn_away(), m.returning(d))


@provokes(no.TurnedAwayAlready)
def _() -> object:
    d = desk(pinned=b.turning_away())
    name = m.returning(d)
    d.take(m.turn_away(), name)
    return d.take(m.turn_away(" sf1111 "), name)


@provokes(no.NothingCollected)
def _() -> object:
    d, name = arrived()
    return d.take(m.share_freight(), name)

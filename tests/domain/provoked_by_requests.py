"""The shortest way to each refusal around requests to other desks, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.requests import refusals as no
from domain.complaint.requests import steps as rq
from domain.complaint.requests.rules_asking import MOST_ROUNDS
from domain.complaint.requests.state import RequestKind, Verdict
from tests import builders as b
from tests.domain import asking as a
from tests.domain import moves as m
from tests.domain.desk import desk
from tests.domain.provoked import provokes


@provokes(no.RequestUnknown)
def _() -> object:
    return a.technical().take(a.withdraw(2))


@provokes(no.NothingAsked)
def _() -> object:
    return a.technical().take(a.receive(actor=b.ZHAO))


@provokes(no.NotYourRequest)
def _() -> object:
    return a.technical().take(a.receive(actor=b.NING))


@provokes(no.ReceivedByAnother)
def _() -> object:
    d = a.technical()
    d.take(a.receive())
    return d.take(a.answer(actor=b.TAO))


@provokes(no.ReceivedAlready)
def _() -> object:
    d = a.technical()
    d.take(a.receive())
    return d.take(a.receive())


@provokes(no.RequestOver)
def _() -> object:
    d = a.technical()
    d.take(a.ask(kind=RequestKind.OTHER))
    d.take(a.answer())
    return d.take(a.answer())


@provokes(no.WaitsForNaming)
def _() -> object:
    d = a.technical()
    d.take(a.ask(kind=RequestKind.OTHER))
    a.bounced(d)
    return d.take(a.answer())


@provokes(no.DeskWasNamed)
def _() -> object:
    d = a.technical()
    d.take(a.name())
    return d.take(a.pass_on())


@provokes(no.SameDesk)
def _() -> object:
    return a.technical().take(a.pass_on(a.TECHNICAL))


@provokes(no.UnitUnfit)
def _() -> object:
    return desk().take(a.ask(None))


@provokes(no.TraceIsLogistics)
def _() -> object:
    return desk().take(a.ask(kind=RequestKind.TRACE))


@provokes(no.TrackingNeeded)
def _() -> object:
    return desk(order_facts=None).take(a.trace())


@provokes(no.AlreadyAsked)
def _() -> object:
    return a.technical().take(a.ask())


@provokes(no.TooManyRounds)
def _() -> object:
    d = desk()
    for _each in range(MOST_ROUNDS):
        d.take(a.ask(kind=RequestKind.OTHER))
    return d.take(a.ask(kind=RequestKind.OTHER))


@provokes(no.ResultNeeded)
def _() -> object:
    d = desk()
    d.take(a.trace())
    return d.take(a.answer(actor=b.LU, verdict=None))


@provokes(no.VerdictNeeded)
def _() -> object:
    return a.technical().take(a.answer(verdict=None))


@provokes(no.NothingAnswered)
def _() -> object:
    return a.technical().take(a.send_back())


@provokes(no.NoRequestWaits)
def _() -> object:
    return desk().take(rq.RemindDesk(actor=b.LIN, number=1))


@provokes(no.NeedStands)
def _() -> object:
    return a.technical().take(a.mark(needed=True))


@provokes(no.NothingGivenUp)
def _() -> object:
    return a.technical().take(a.turned_up())


@provokes(no.RequestUnanswered)
def _() -> object:
    return a.technical().take(m.judge())


@provokes(no.AskUnitFirst)
def _() -> object:
    return desk(problem=Problem.OPERATION).take(m.judge())


@provokes(no.TraceFirst)
def _() -> object:
    d = desk(problem=Problem.LOST_DELIVERY)
    d.take(m.judge())
    return d.take(m.propose(RemedyKind.REFUND, "150.00"))


@provokes(no.GuideFirst)
def _() -> object:
    d = a.technical()
    d.take(a.answer(verdict=Verdict.USER_ERROR))
    d.take(m.judge())
    return d.take(m.propose(RemedyKind.COMPENSATION, "20.00"))

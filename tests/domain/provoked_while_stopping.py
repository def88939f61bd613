"""The shortest way to each refusal of stopping an order and recalling a parcel, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.recall import refusals as no_recall
from domain.complaint.steps import SupplyFacts
from domain.complaint.stopping import refusals as no
from domain.complaint.stopping.state import Aftermath, Change, Found
from domain.payment import refusals as no_slip
from tests import builders as b
from tests.domain import moves as m
from tests.domain import stop_moves as sm
from tests.domain.desk import desk
from tests.domain.provoked import provokes


@provokes(no.NotToBeStopped)
def _() -> object:
    return desk().take(sm.cancel())


@provokes(no.OrderIsAskedAbout)
def _() -> object:
    d = sm.changed_mind(order_facts=None)
    sm.held(d)
    return d.take(SupplyFacts(actor=b.CUSTOMER, order=b.sealed("order"), order_index="ix-other"))


@provokes(no.WishDoesNotFit)
def _() -> object:
    return sm.changed_mind().take(sm.change())


@provokes(no.ChangeUnfit)
def _() -> object:
    return sm.other_variant().take(sm.change(" "))


@provokes(no.StopAskedAlready)
def _() -> object:
    d = sm.changed_mind()
    d.take(sm.cancel())
    return d.take(sm.cancel(b.TAN))


@provokes(no.ParcelGone)
def _() -> object:
    return sm.changed_mind(order_facts=sm.dispatched()).take(sm.cancel())


@provokes(no.NothingToStop)
def _() -> object:
    return sm.changed_mind().take(sm.found(Found.PRINTED))


@provokes(no.GoneNotSecured)
def _() -> object:
    d = sm.changed_mind()
    d.take(sm.cancel())
    return d.take(sm.s.ConfirmStop(actor=b.MA, found=Found.GONE, secured=True))


@provokes(no.FindingKnown)
def _() -> object:
    d = sm.changed_mind()
    sm.held(d)
    return d.take(sm.found(Found.PRINTED))


@provokes(no.NothingToChange)
def _() -> object:
    d = sm.other_variant()
    d.take(sm.change())
    return d.take(sm.changed(Change.ORDER_EDITED))


@provokes(no.ChangeDoesNotFit)
def _() -> object:
    d = sm.other_variant()
    sm.held_for_change(d, Found.PACKED)
    return d.take(sm.changed(Change.ORDER_EDITED))


@provokes(no.AftermathNotDue)
def _() -> object:
    d = sm.changed_mind()
    sm.refund_agreed(d)
    return d.take(sm.noted(Aftermath.PAPERS_DESTROYED))


@provokes(no.AftermathDoesNotFit)
def _() -> object:
    d = sm.changed_mind()
    sm.refunded(d)
    return d.take(sm.noted(Aftermath.LET_GO))


@provokes(no.StopFirst)
def _() -> object:
    d = sm.changed_mind()
    d.take(m.judge())
    return d.take(m.propose(RemedyKind.REFUND, "150.00"))


@provokes(no.OrderIsHeldBack)
def _() -> object:
    d = sm.changed_mind()
    sm.held(d)
    d.take(m.judge())
    return d.take(m.propose())


@provokes(no_recall.NotToBeRecalled)
def _() -> object:
    return sm.other_variant(order_facts=sm.dispatched()).take(sm.recall())


@provokes(no_recall.NotGoneYet)
def _() -> object:
    return sm.changed_mind().take(sm.recall())


@provokes(no_recall.CustomerHasTheGoods)
def _() -> object:
    return sm.changed_mind(signed_for=True).take(sm.recall())


@provokes(no_recall.RecallRunning)
def _() -> object:
    d = sm.changed_mind()
    sm.recalling(d)
    return d.take(sm.recall())


@provokes(no_recall.ParcelIsBack)
def _() -> object:
    d = sm.changed_mind()
    sm.recalled(d)
    d.take(m.judge())
    return d.take(m.propose())


@provokes(no_recall.TrackingNeeded)
def _() -> object:
    d = sm.changed_mind(order_facts=None)
    sm.gone(d)
    return d.take(sm.recall(carrier="SF Express"))


@provokes(no_recall.NoRecallHere)
def _() -> object:
    d = sm.changed_mind()
    sm.gone(d)
    d.take(sm.recall())
    return d.take(sm.part_one())


@provokes(no_recall.RecallFirst)
def _() -> object:
    d = sm.changed_mind()
    sm.gone(d)
    d.take(m.judge())
    return d.take(m.propose(RemedyKind.REFUND, "150.00"))


@provokes(no_slip.HeldBack)
def _() -> object:
    d = desk(problem=Problem.CHANGED_MIND)
    sm.refund_held(d)
    return d.take(m.approve("150.00"), d.complaint.payments[0].case)

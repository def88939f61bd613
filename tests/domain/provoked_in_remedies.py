"""The shortest way to each refusal of offering, carrying out and recovering, for test_refusals.py."""

from __future__ import annotations

from domain.complaint.fulfilling import refusals as part
from domain.complaint.fulfilling import steps as fs
from domain.complaint.offering import refusals as no
from domain.complaint.parties import Party, Share
from domain.complaint.problems import RemedyKind
from domain.complaint.recovering import refusals as owing
from tests import builders as b
from tests.domain import moves as m
from tests.domain.desk import Desk, desk
from tests.domain.provoked import provokes

COUPON, COMP, APOLOGY = RemedyKind.COUPON, RemedyKind.COMPENSATION, RemedyKind.APOLOGY


def with_coupon() -> Desk:
    """A coupon agreed, to be issued by the agent."""
    return m.agreed(desk(), COUPON, worth="10.00")


def owed(party: Party) -> Desk:
    """A compensation of 50.00 paid for which that party answers."""
    d = m.photographed(desk())
    d.take(m.judge(responsible=party))
    d.take(m.propose(COMP, "50.00"))
    d.take(m.accept())
    m.settle_slip(d, d.complaint.payments[0].case)
    return d


# -- offering --------------------------------------------------------------------------------------------------


@provokes(no.PartTwice)
def _() -> object:
    return m.judged(desk()).take(m.offer(COMP, m.beside(COMP, refund="1.00"), refund="1.00"))


@provokes(no.NotBeside)
def _() -> object:
    return m.judged(desk()).take(m.offer(COMP, m.beside(RemedyKind.EXCHANGE), refund="1.00"))


@provokes(no.WorthNeeded)
def _() -> object:
    return m.judged(desk()).take(m.offer(COUPON))


@provokes(no.NoWorthHere)
def _() -> object:
    return m.judged(desk()).take(m.offer(APOLOGY, worth="1.00"))


@provokes(no.ApologyNotOffered)
def _() -> object:
    return m.judged(desk()).take(m.offer(COMP, refund="1.00", apology="we are ashamed"))


@provokes(no.ProposalExpired)
def _() -> object:
    d = m.judged(desk())
    d.take(m.propose())
    d.wait(15 * b.DAY)
    return d.take(m.accept())


@provokes(no.NothingToApprove)
def _() -> object:
    d = m.judged(desk())
    d.take(m.propose())
    return d.take(m.approve_offer())


@provokes(no.OtherToApprove)
def _() -> object:
    d = m.judged(m.dear())
    d.take(m.offer(COUPON, worth="600.00"))
    d.take(m.offer(COUPON, worth="700.00"))
    return d.take(m.approve_offer(1))


@provokes(no.OwnProposal)
def _() -> object:
    d = m.judged(m.dear())
    d.take(m.offer(COUPON, worth="6000.00", actor=b.WU))
    return d.take(m.approve_offer(1, b.WU))


@provokes(no.CentreManagerApproves)
def _() -> object:
    d = m.judged(m.dear())
    d.take(m.offer(COUPON, worth="6000.00"))
    return d.take(m.approve_offer(1, b.SUN))


# -- carrying out ----------------------------------------------------------------------------------------------


@provokes(part.NothingToCarryOut)
def _() -> object:
    return desk().take(m.coupon())


@provokes(part.PartNotThere)
def _() -> object:
    return with_coupon().take(m.coupon(7))


@provokes(part.PartNotLikeThis)
def _() -> object:
    d = m.agreed(desk(), COUPON, m.beside(RemedyKind.CORRECTION), worth="10.00")
    return d.take(m.corrected(1))


@provokes(part.NotYourPart)
def _() -> object:
    return with_coupon().take(m.part_failed(1, b.MA))


@provokes(part.PartUnderWay)
def _() -> object:
    return with_coupon().take(m.close())


@provokes(part.NothingToShipFirst)
def _() -> object:
    return with_coupon().take(fs.ShipFirst(actor=b.WU, reason="leaves tomorrow"))


# -- judging by shares and recovering ----------------------------------------------------------------------------


@provokes(owing.SharesUnfit)
def _() -> object:
    return desk().take(m.judge(responsible=Party.COURIER, shares=(Share(Party.COURIER, 70), Share(Party.SHOP, 20))))


@provokes(owing.NothingToRecover)
def _() -> object:
    return owed(Party.SHOP).take(m.settle(Party.COURIER, "1.00"))


@provokes(owing.OtherDeskRecovers)
def _() -> object:
    return owed(Party.SUPPLIER).take(m.settle(Party.SUPPLIER, "50.00", b.LU))


@provokes(owing.PartyOwesNothing)
def _() -> object:
    return owed(Party.COURIER).take(m.write_off(Party.SUPPLIER))


@provokes(owing.AboveOwed)
def _() -> object:
    return owed(Party.COURIER).take(m.settle(Party.COURIER, "50.01"))


@provokes(owing.RecoveryAmountUnfit)
def _() -> object:
    return owed(Party.COURIER).take(m.settle(Party.COURIER, "0.00"))


@provokes(part.EstimateWaits)
def _() -> object:
    d = desk()
    m.exchanged(d, kind=RemedyKind.REPAIR)
    d.take(m.estimate())
    return d.take(m.repaired())


@provokes(part.NoEstimateWaits)
def _() -> object:
    d = desk()
    m.exchanged(d, kind=RemedyKind.REPAIR)
    return d.take(m.answer_estimate())

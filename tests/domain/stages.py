"""How far a complaint's story may have come when chance takes over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.complaint import steps as cs
from domain.complaint.linking.state import Word
from domain.complaint.linking.steps import TakeWordFromCase
from domain.complaint.on_platform.state import Said
from domain.complaint.parties import Party, Share
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.requests.state import Verdict
from domain.complaint.sorting import steps as ss
from domain.complaint.watching.state import ParcelState
from domain.goods_return.steps import CourierStatus
from domain.people import DESK
from tests import builders as b
from tests.domain import asking as a
from tests.domain import moves as m
from tests.domain import provoked_by_promises as by
from tests.domain import stop_moves as sm
from tests.domain.desk import Desk, News
from tests.domain.intake_moves import merge


def signed_once(desk: Desk) -> None:
    """A slip above the limit with its first signature."""
    desk.take(m.approve("250.00", b.WU), m.compensated(desk, "250.00"))


def signed_twice(desk: Desk) -> None:
    """The same slip, with finance."""
    signed_once(desk)
    desk.take(m.approve("250.00", b.SUN), desk.complaint.payments[0].case)


def stubborn(desk: Desk) -> None:
    """A parcel that the courier reported as stuck."""
    desk.courier(m.returning(desk), "courier/stuck", "T001", CourierStatus.STUCK)


def declined(desk: Desk) -> None:
    """Goods that failed, and a customer who refused what was offered for them."""
    m.failed(desk, fault_found=False)
    desk.take(m.propose(RemedyKind.PART_REFUND, "10.00"))
    desk.take(m.decline(2))


def refused(desk: Desk) -> None:
    """The same, and then the claim was refused."""
    declined(desk)
    desk.take(m.judge(fault_confirmed=False, fault=""))
    desk.take(cs.RefuseClaim(actor=b.LIN, reason="no such fault found"))


def never_reached(desk: Desk) -> None:
    """The same, and the customer was called back in vain on three days."""
    refused(desk)
    for _day in range(3):
        desk.take(m.call_back(cs.CallResult.NOT_REACHED))
        desk.wait(timedelta(hours=25))


def silent(desk: Desk) -> None:
    """Goods that failed, an offer for them, and no answer to it in time."""
    m.failed(desk)
    desk.take(m.propose(RemedyKind.PART_REFUND, "10.00"))
    desk.wait(timedelta(hours=73))


def promised(desk: Desk) -> None:
    """A call-back promised and broken, another one to come, and a customer who had to ask."""
    desk.take(by.promise())
    desk.wait(timedelta(hours=1))
    desk.take(by.promise(minutes=600))
    desk.take(by.contact())


def watched(desk: Desk) -> None:
    """A parcel under watch that does not move, another one that has arrived."""
    for tracking, result in (("SF7001", ParcelState.NOT_MOVING), ("SF7002", ParcelState.ARRIVED)):
        desk.take(by.watch(tracking))
        desk.take(by.look(result, tracking))


def exchanging(desk: Desk) -> None:
    """An exchange agreed, with a coupon beside it; the goods are here and passed."""
    m.exchanged(desk, m.beside(RemedyKind.COUPON, worth="10.00"))


def mending(desk: Desk) -> None:
    """Goods that came in to be repaired."""
    m.exchanged(desk, kind=RemedyKind.REPAIR)


def broken_off(desk: Desk) -> None:
    """A part of the agreed remedy failed while another is still open."""
    exchanging(desk)
    desk.take(m.part_failed(1))


def waiting_for_approval(desk: Desk) -> None:
    """Goodwill that the supervisor has to approve."""
    desk.take(m.judge(fault_confirmed=False, fault=""))
    desk.take(m.offer(RemedyKind.COUPON, worth="20.00", goodwill=True))


def for_the_centre_manager(desk: Desk) -> None:
    """What only the centre manager lets out, proposed by a supervisor."""
    m.judged(desk)
    desk.take(m.offer(RemedyKind.EXCHANGE, worth="6000.00", actor=b.WU))


def owed_by_others(desk: Desk) -> None:
    """Closed, and the courier and the warehouse owe half each."""
    m.photographed(desk)
    desk.take(m.judge(responsible=Party.COURIER, shares=(Share(Party.COURIER, 50), Share(Party.WAREHOUSE, 50))))
    desk.take(m.propose(RemedyKind.COMPENSATION, "50.00"))
    desk.take(m.accept())
    m.settle_slip(desk, desk.complaint.payments[0].case)
    desk.take(m.call_back(cs.CallResult.SATISFIED))


def ran_out(desk: Desk) -> None:
    """A refund request that the platform paid by itself, before anything was judged."""
    desk.take(m.told_by_platform(Said.OPENED, due_at=desk.now + timedelta(hours=2)))
    desk.wait(timedelta(hours=3))
    desk.take(m.told_by_platform(Said.PAID, desk.now))


def paid_by_both(desk: Desk) -> None:
    """A compensation that finance and the platform have both paid."""
    m.settle_slip(desk, m.compensated(desk, "150.00"))
    desk.take(m.told_by_platform(Said.PAID, desk.now))


def asked(desk: Desk) -> None:
    """Put into the class that the technical unit answers for, and its unit was asked."""
    desk.take(ss.Reclassify(actor=b.LIN, problem=Problem.TECHNICAL, reason="the goods are whole"))
    desk.take(a.ask())


def bounced(desk: Desk) -> None:
    """The same request, passed on until the supervisor has to name who answers."""
    asked(desk)
    a.bounced(desk)


def a_matter_of_use(desk: Desk) -> None:
    """The unit found a matter of use, and the case was judged so."""
    asked(desk)
    desk.take(a.answer(verdict=Verdict.USER_ERROR))
    desk.take(m.judge(fault_confirmed=False, fault=""))


def lost(desk: Desk) -> None:
    """A parcel that was traced in vain, and whose price is to be repaid."""
    desk.take(ss.Reclassify(actor=b.LIN, problem=Problem.LOST_DELIVERY, reason="it never came"))
    desk.take(a.trace())
    desk.take(a.traced())
    desk.take(m.judge())
    desk.take(m.propose(RemedyKind.REFUND, "150.00"))
    desk.take(m.accept())


def goes_on_elsewhere(desk: Desk) -> None:
    """A case that was merged into an earlier one, which has taken it in."""
    desk.take(merge(desk.complaint, case="AS-2025-000001", received_at=b.START - b.HOUR))
    desk.outside.clear()
    tell(desk, "AS-2025-000001", Word.TAKEN_IN, 1)


def took_one_in(desk: Desk) -> None:
    """A case within which another goes on that was paid something."""
    tell(desk, "AS-2026-000007", Word.MERGED, 1, paid=b.yuan("170.00"), refunded=b.yuan("170.00"), line=1)


def tell(desk: Desk, other: str, word: Word, number: int, **told: Any) -> None:
    """Another case tells this one something."""
    says = TakeWordFromCase(actor=DESK, case=other, word=word, number=number, reason="so", **told)
    desk.hear(News(desk.complaint.case, f"{other}/{word.value}/{number}", says))


STAGES = (
    None,
    promised,
    watched,
    m.judged,
    m.returning,
    m.failed,
    m.passed,
    m.compensated,
    m.apologised,
    signed_once,
    signed_twice,
    stubborn,
    declined,
    refused,
    never_reached,
    silent,
    sm.held,
    sm.refund_agreed,
    sm.refund_held,
    sm.refunded,
    sm.recalling,
    sm.recalled,
    sm.held_for_change,
    exchanging,
    mending,
    broken_off,
    waiting_for_approval,
    for_the_centre_manager,
    owed_by_others,
    ran_out,
    paid_by_both,
    asked,
    bounced,
    a_matter_of_use,
    lost,
    goes_on_elsewhere,
    took_one_in,
)
"""How far the story has come when chance takes over; None is a fresh case, often with missing facts."""

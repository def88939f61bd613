"""Stories of parcels: short, late, wrong, lost, refused at the door."""

from __future__ import annotations

from domain.complaint import steps as s
from domain.complaint.fulfilling.steps import ReportPartSent
from domain.complaint.looking_into.state import Finding
from domain.complaint.problems import Check, Problem, RemedyKind
from domain.complaint.requests.state import TraceResult
from domain.complaint.sorting import steps as ss
from domain.complaint.state import Party
from domain.complaint.watching.state import ParcelState
from domain.complaint.watching.steps import RecordParcelCheck
from domain.shared_steps import AddEvidence
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk, photo, yuan
from tests.journeys.moves import called, judge, offer, paid, propose
from tests.journeys.people import AGENT, CUSTOMER, LABEL_DESK, LOGISTICS, SUPERVISOR
from tests.journeys.test_other_desks import answer, trace
from tests.journeys.test_problems import checked, justified


async def short(desk: Desk) -> dict[str, str]:
    """Late at first, then put right in mid-flow: it came, but short, by our own fault; it is reshipped at once."""
    case = await desk.open(problem=Problem.LATE_DELIVERY)
    await desk.step(case, checked(Check.TRACKING))
    moved = ss.Reclassify(actor=AGENT, problem=Problem.SHORT_OR_MISSING, reason="it came, but half of it")
    await desk.step(case, moved)
    await desk.step(case, checked(Check.CONVERSATION))
    await desk.step(case, checked(Check.ORDER, Finding.OUR_FAULT))
    await desk.step(case, justified(Party.WAREHOUSE))
    await desk.step(case, offer(RemedyKind.RESHIPMENT, worth=yuan(40), what="one blue cup"))
    await desk.step(case, ReportPartSent(actor=LABEL_DESK, part=1, carrier="SF Express", tracking="SF7001"))
    await desk.step(case, RecordParcelCheck(actor=LOGISTICS, tracking="SF7001", result=ParcelState.ARRIVED))
    await desk.state(case, "to_call_back")
    return {"complaint": case}


async def late(desk: Desk) -> dict[str, str]:
    """Late by the courier: what is offered is answered with another wish, and the platform decides."""
    case = await desk.open(problem=Problem.LATE_DELIVERY)
    await desk.step(case, checked(Check.TRACKING, Finding.THEIR_FAULT, LOGISTICS))
    await desk.step(case, checked(Check.CAUSE, Finding.THEIR_FAULT))
    await desk.step(case, justified(Party.COURIER))
    await desk.step(case, propose(RemedyKind.COMPENSATION, yuan(5)))
    words = await desk.sealed("words", "All of it")
    more = s.CounterPropose(actor=CUSTOMER, proposal=1, kind=RemedyKind.REFUND, refund=yuan(89), words=words)
    await desk.step(case, more)
    await desk.step(case, ss.PassToPlatform(actor=SUPERVISOR, reason="the platform decides", reference="TM-1"))
    return {"complaint": case}


async def wrong(desk: Desk) -> dict[str, str]:
    """Said to be wrong, but photo and trace show what was ordered: refused with the reason, and called back."""
    case = await desk.open(problem=Problem.WRONG_DELIVERY)
    await desk.step(case, AddEvidence(actor=CUSTOMER, photos=(photo(),)))
    await desk.step(case, trace())
    await desk.step(case, answer(LOGISTICS, "delivered to the door, as ordered", result=TraceResult.FOUND))
    await desk.step(case, judge(confirmed=False))
    await desk.step(case, s.RefuseClaim(actor=AGENT, reason="The photo shows the cup that was ordered."))
    await desk.step(case, called(s.CallResult.SATISFIED))
    return {"complaint": case}


async def lost(desk: Desk) -> dict[str, str]:
    """Traced and lost: the goods are sent once more."""
    case = await desk.open(problem=Problem.LOST_DELIVERY)
    await desk.step(case, trace())
    await desk.step(case, answer(LOGISTICS, "no scan since Monday", result=TraceResult.LOST))
    await desk.step(case, justified(Party.COURIER))
    await desk.step(case, offer(RemedyKind.RESHIPMENT, worth=yuan(40), what="two blue cups"))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    return {"complaint": case}


async def refused_at_the_door(desk: Desk) -> dict[str, str]:
    """Damaged and not taken in: the courier's note counts in place of a photo, and the money comes back."""
    case = await desk.open(problem=Problem.DAMAGED)
    await desk.step(case, s.SupplyFacts(actor=CUSTOMER, signed_for=False))
    await desk.step(case, checked(Check.COURIERS_NOTE, Finding.THEIR_FAULT, LOGISTICS))
    await desk.step(case, justified(Party.COURIER, "box crushed"))
    await desk.step(case, offer(RemedyKind.REFUND, refund=yuan(89)))
    await desk.step(case, s.AcceptProposal(actor=CUSTOMER, proposal=1))
    await paid(desk, f"{case}-P1", yuan(89))
    await desk.state(case, "to_call_back")
    return {"complaint": case}


STORIES = {
    "short": Story(short),
    "late": Story(late),
    "wrong": Story(wrong),
    "lost": Story(lost),
    "refused_at_the_door": Story(refused_at_the_door),
}

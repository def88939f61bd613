"""Stories of the platform and the courier: a request that runs out, one payment by two doors, a claim."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.complaint.claiming.steps import AnswerClaim, FileClaim
from domain.complaint.on_platform.state import MatterKind, Said, SettledHow
from domain.complaint.on_platform.steps import RemindOfPlatform, SettleOutstanding
from domain.complaint.problems import Problem
from domain.complaint.requests.state import TraceResult
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk, yuan
from tests.journeys.people import LOGISTICS, SUPERVISOR
from tests.journeys.test_money import compensated
from tests.journeys.test_other_desks import answer, trace
from tests.journeys.test_platform import tell


async def ran_out(desk: Desk) -> dict[str, str]:
    """A refund request, extended, reminded of, and paid by the platform by itself; the shop bears it."""
    case, now = await desk.open(), datetime.now(UTC)
    await tell(desk, case, "2", Said.EXTENDED, now, due_at=now + timedelta(hours=20))
    await tell(desk, case, "1", Said.OPENED, now - timedelta(hours=1), due_at=now + timedelta(hours=10))
    await desk.until(case, lambda view: any(task.key == "remind-1" for task in view.tasks))
    await desk.step(case, RemindOfPlatform(actor=SUPERVISOR, reference="RQ-1"))
    await desk.forward(case, hours=21)
    await tell(desk, case, "3", Said.PAID, now + timedelta(hours=20), payment="TM-RF-1")
    await desk.until(case, lambda view: any(task.key == "outstanding-refund_request#1" for task in view.tasks))
    borne = SettleOutstanding(actor=SUPERVISOR, item="refund_request#1", how=SettledHow.BORNE, reason="let it be")
    await desk.step(case, borne)
    return {"complaint": case}


async def one_payment(desk: Desk) -> dict[str, str]:
    """A compensation whose slip is void because the platform has paid."""
    case, slip = await compensated(desk, 60)
    await desk.state(slip, "to_approve")
    await tell(desk, case, "1", Said.PAID, datetime.now(UTC), payment="TM-RF-1")
    await desk.state(slip, "void")
    await desk.state(case, "to_call_back")
    return {"complaint": case, "slip": slip}


async def dispute_and_claim(desk: Desk) -> dict[str, str]:
    """A dispute that ran out unreminded about a parcel that the courier lost and is asked to pay for."""
    case, now = await desk.open(problem=Problem.LOST_DELIVERY), datetime.now(UTC)
    await tell(desk, case, "1", Said.OPENED, now, kind=MatterKind.DISPUTE, due_at=now + timedelta(hours=4))
    await desk.step(case, trace())
    await desk.step(case, answer(LOGISTICS, "no scan since Monday", result=TraceResult.LOST))
    filed = FileClaim(
        actor=LOGISTICS, tracking="SF0000000001", carrier="SF Express", amount=yuan(60), reason="lost on the way"
    )
    await desk.step(case, filed)
    await desk.forward(case, hours=5)
    await desk.until(case, lambda view: "unreminded_at" in str(view.story))
    await desk.step(case, AnswerClaim(actor=LOGISTICS, claim=1, answer="the scans are against it"))
    return {"complaint": case}


STORIES: dict[str, Story] = {
    "ran_out": Story(ran_out),
    "one_payment": Story(one_payment, parts=("complaint", "slip")),
    "dispute_and_claim": Story(dispute_and_claim),
}

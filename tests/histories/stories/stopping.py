"""Stories of an order held back, changed or called back."""

from __future__ import annotations

from domain.complaint import steps as s
from domain.complaint.problems import Problem
from domain.complaint.stopping.state import Aftermath, Change, Found
from tests.histories.stories.story import Story
from tests.journeys import stop_moves as sm
from tests.journeys.desk import Desk
from tests.journeys.moves import called, paid
from tests.journeys.people import PRE_SALES


async def held_back(desk: Desk) -> dict[str, str]:
    """A changed mind before dispatch: held back, refunded, and the papers destroyed."""
    case = await desk.open(problem=Problem.CHANGED_MIND)
    await desk.step(case, sm.cancel(PRE_SALES))
    await desk.step(case, sm.found(Found.PRINTED))
    await sm.agreed(desk, case)
    await paid(desk, f"{case}-P1", sm.SUM)
    await desk.state(case, "to_call_back")
    await desk.step(case, sm.noted(Aftermath.PAPERS_DESTROYED))
    return {"complaint": case}


async def recalled(desk: Desk) -> dict[str, str]:
    """A changed mind after dispatch: the parcel is called back against part one, and the refund is asked for."""
    case = await desk.open(problem=Problem.CHANGED_MIND, order_facts=await sm.dispatched(desk))
    for step in (sm.recall(""), sm.REGISTERED, sm.PART_ONE, sm.ORIGINAL):
        await desk.step(case, step)
    await sm.agreed(desk, case)
    await desk.state(f"{case}-P1", "to_approve")
    return {"complaint": case}


async def other_variant(desk: Desk) -> dict[str, str]:
    """Another colour before dispatch: the change is the outcome."""
    case = await desk.open(problem=Problem.OTHER_VARIANT)
    await desk.step(case, sm.change())
    await desk.step(case, sm.found(Found.NOT_PRINTED))
    await desk.step(case, sm.changed(Change.ORDER_EDITED))
    await desk.step(case, called(s.CallResult.SATISFIED))
    return {"complaint": case}


STORIES = {
    "held_back": Story(held_back),
    "recalled": Story(recalled),
    "other_variant": Story(other_variant),
}

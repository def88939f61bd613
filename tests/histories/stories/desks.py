"""Stories with other desks in them."""

from __future__ import annotations

from domain.complaint import steps as s
from domain.complaint.looking_into import steps as ls
from domain.complaint.problems import Problem, RemedyKind
from domain.complaint.requests import steps as rq
from domain.complaint.requests.state import Verdict
from domain.complaint.state import Party
from tests.histories.stories.story import Story
from tests.journeys.desk import Desk
from tests.journeys.moves import offer
from tests.journeys.people import AGENT, CUSTOMER, TECHNICIAN
from tests.journeys.test_other_desks import answer, ask
from tests.journeys.test_problems import justified


async def technical(desk: Desk) -> dict[str, str]:
    """The technical unit answers, is asked a second time, and the customer is shown how it works."""
    case = await desk.open(problem=Problem.TECHNICAL)
    await desk.step(case, ask())
    await desk.step(case, answer(TECHNICIAN, "it was never charged", verdict=Verdict.NO_FAULT_FOUND))
    await desk.step(case, rq.SendBackRequest(actor=AGENT, number=1, reason="was the charger tried as well"))
    await desk.step(case, answer(TECHNICIAN, "the lid has to click shut", verdict=Verdict.USER_ERROR))
    await desk.step(case, justified(Party.UNDECIDED))
    await desk.step(case, ls.Explain(actor=AGENT, words="Press the lid until it clicks; then it starts by itself."))
    await desk.step(case, ls.ReportEffect(actor=CUSTOMER, helped=True))
    return {"complaint": case}


async def operation(desk: Desk) -> dict[str, str]:
    """The unit finds the fault in our pages; before the correction is agreed on the customer withdraws."""
    case = await desk.open(problem=Problem.OPERATION)
    await desk.step(case, ask(asked="why the invoice cannot be ordered"))
    await desk.step(case, answer(TECHNICIAN, "the page drops the tax number", verdict=Verdict.SYSTEM_FAULT))
    await desk.step(case, justified())
    await desk.step(case, offer(RemedyKind.CORRECTION, what="the invoice, with the tax number"))
    await desk.step(case, s.Withdraw(actor=CUSTOMER))
    return {"complaint": case}


STORIES = {"technical": Story(technical), "operation": Story(operation)}

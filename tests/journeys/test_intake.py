"""How urgent and whose, on the real server: told to returns and slips, up the line when health is at risk."""

from __future__ import annotations

from datetime import timedelta

from domain.complaint.assigning import steps as a
from domain.complaint.assigning.state import Because, Choice, Colleague
from domain.complaint.priority.state import Answers
from domain.complaint.priority.steps import Assess
from domain.complaint.problems import RemedyKind, Urgency
from domain.complaint.steps import GiveFeedback
from domain.people import Actor, Role
from domain.view import CaseView
from tests.builders import it_goes_on
from tests.journeys.desk import Desk
from tests.journeys.moves import agreed
from tests.journeys.people import AGENT, SUPERVISOR

MEI = Actor("p_mei", Role.AGENT, "Mei")
LINS = Choice(AGENT.person, AGENT.name, "tableware", Role.AGENT, Because.LEAST_LOADED, 3)


def known(person: Actor) -> Colleague:
    """A colleague as the API's edge looks them up."""
    return Colleague(person.person, person.name, (person.role,), "tableware")


async def test_a_health_case_takes_its_return_and_slip_along_and_comes_to_the_head_when_it_is_late(desk: Desk) -> None:
    case = await desk.open()
    await agreed(desk, case)
    returned = f"{case}-R1"
    await desk.until(returned, lambda view: view.priority == 3)
    assessed = await desk.step(case, Assess(actor=AGENT, urgency=Urgency.HEALTH_AT_RISK))
    assert assessed.view.priority == 1
    await desk.until(returned, lambda view: view.priority == 1)
    await desk.forward(returned, hours=24 * 7 + 1)
    late = ("overdue-return_tracking-head", Role.CENTRE_MANAGER)
    await desk.until(returned, lambda view: late in {(task.key, task.desk) for task in view.tasks})
    story = [line.event for line in await desk.story(returned)]
    assert story.count("charge_taken") == 1
    await desk.replays(case)


async def test_a_case_goes_through_hands_and_its_slip_with_it(desk: Desk) -> None:
    case = await desk.open(assigned=LINS, answers=Answers(urgency=Urgency.BUSINESS_STOPPED))
    opened = (await desk.look(case)).view
    assert (opened.handler, opened.team, opened.priority) == (AGENT.person, "tableware", 3)
    await agreed(desk, case, RemedyKind.COMPENSATION)
    slip = f"{case}-P1"
    await desk.until(slip, lambda view: view.handler == AGENT.person)

    over = a.HandOver(actor=AGENT, person=MEI.person, reason="my shift ends", colleague=known(MEI))
    assert (await desk.step(case, over)).view.handler == MEI.person
    await desk.until(slip, lambda view: view.handler == MEI.person)

    back = a.Reassign(actor=SUPERVISOR, person=AGENT.person, reason="Mei is ill", colleague=known(AGENT))
    await desk.step(case, back)
    until = (await desk.look(case)).view.opened_at + timedelta(hours=2)
    acting = a.StandIn(actor=SUPERVISOR, person=MEI.person, until=until, reason="a day off", colleague=known(MEI))
    await desk.step(case, acting)

    def lins_with_mei(view: CaseView) -> bool:
        return (view.handler, view.stand_in) == (AGENT.person, MEI.person)

    await desk.until(slip, lins_with_mei)
    told = [line.event for line in await desk.story(case) if line.event in {"assigned", "handed_over", "reassigned"}]
    assert told == ["assigned", "handed_over", "reassigned"]
    await desk.replays(case)


async def test_a_stand_in_acts_until_the_time_is_over(desk: Desk) -> None:
    case = await desk.open(assigned=LINS)
    until = (await desk.look(case)).view.opened_at + timedelta(hours=2)
    acting = a.StandIn(actor=SUPERVISOR, person=MEI.person, until=until, reason="a day off", colleague=known(MEI))
    await desk.step(case, acting)
    offers = {offer.step: offer.open for offer in (await desk.look(case, MEI)).offers}
    assert offers["hand_over"]
    await desk.forward(case, hours=3)
    late = a.HandOver(actor=MEI, person=SUPERVISOR.person, reason="my shift ends", colleague=known(SUPERVISOR))
    assert await desk.refused(case, late) == "not_your_case"
    await desk.replays(case)


async def test_a_case_that_lies_with_the_desk_is_whose_who_first_works_on_it(desk: Desk) -> None:
    nobodys = Choice(None, "", "tableware", Role.AGENT, Because.NOBODY_ON_DUTY)
    case = await desk.open(assigned=nobodys)
    assert (await desk.look(case)).view.handler is None
    worked = await desk.step(case, GiveFeedback(actor=MEI, **it_goes_on("We look at it at once.")))
    assert worked.view.handler == MEI.person
    await desk.replays(case)

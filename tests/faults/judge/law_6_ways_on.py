"""I6: no case is stuck: a step leads on, or a deadline runs, or the case stands in "needs a person"."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError

from db.sessions import Database
from db.views import keep_view
from domain.casework import next_instant
from domain.complaint.steps import GiveFeedback
from domain.people import Actor, Role
from domain.view import StepOffer
from tests.builders import it_goes_on
from tests.faults.judge.evidence import Violation
from tests.faults.judge.looking import look
from tests.faults.judge.world import OWN_KEYS, Case, World
from workflows.answers import StepAnswer

LAW = "I6"
LEAD_NOWHERE = {"give_feedback", "add_evidence", "record_call", "report_shipment", "report_telling"}
"""Steps that are nearly always open and by themselves bring no case to its end."""

SAMPLE = 5


def no_case_is_stuck(world: World, offers: dict[str, list[StepOffer]]) -> Iterator[Violation]:
    """All of the law that needs no trying. offers: the steps of all roles, by case, as the cases themselves say."""
    for case, told in world.told():
        if case.failing:
            yield Violation(LAW, case.case, f"its workflow task fails: {case.failing}")
        elif case.is_open and case.view is None:
            yield Violation(LAW, case.case, "does not say how it stands")
        elif case.is_open and case.view is not None:
            waits = any(timer.end == "" for timer in told.timers)
            waits = waits and case.retold is not None and next_instant(told.book, case.retold.case) is not None
            person = any(task.needs_a_person for task in case.view.tasks)
            leads_on = any(offer.open and offer.step not in LEAD_NOWHERE for offer in offers.get(case.case, []))
            if not (waits or person or leads_on or _waits_for_a_part(world, case)):
                yield Violation(
                    LAW, case.case, f"is stuck in {case.view.state}: no step leads on and nothing is awaited"
                )
    for case in world.cases.values():
        if case.told is None and case.runs:
            yield Violation(LAW, case.case, f"cannot go on: {'; '.join(case.faults)}")


def _waits_for_a_part(world: World, case: Case) -> bool:
    """Whether a return or slip of the case has not ended: its end will lead on. One that ended only hears."""
    children = [
        world.cases[name] for name in (case.told.children if case.told is not None else ()) if name in world.cases
    ]
    return any(part.is_open and (part.view is None or part.view.closed_at is None) for part in children)


async def offers_of(client: Client, case: str) -> list[StepOffer] | None:
    """What every role may do now, as the case says; None when it does not say."""
    found: list[StepOffer] = []
    for role in Role:
        said = await look(client, case, Actor(f"judge_{role.value}", role, "Judge"))
        if said is None:
            return None
        found.extend(said.offers)
    return found


async def steps_are_answered(client: Client, database: Database, world: World) -> AsyncIterator[Violation]:
    """Really take a harmless step in a few open complaints, and write the row as an asker does."""
    open_ones = [case for case, _ in world.told("Complaint") if case.is_open and case.view and not case.view.closed_at]
    for case in open_ones[:SAMPLE]:
        step = GiveFeedback(actor=Actor("judge_agent", Role.AGENT, "Judge"), **it_goes_on("We are looking into it."))
        handle: Any = client.get_workflow_handle(case.case)
        try:
            answer: StepAnswer = await handle.execute_update(
                step.slug(), step, id=f"{OWN_KEYS}{world.judged_at.isoformat()}", result_type=StepAnswer
            )
        except (RPCError, WorkflowUpdateFailedError) as refused:
            yield Violation(LAW, case.case, f"a step that is always open was not taken: {type(refused).__name__}")
            continue
        async with database.writing_once() as session:
            await keep_view(session, answer.view)

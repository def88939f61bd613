"""Bugs in how cases are opened and steps are taken: I1 and I2."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace
from typing import Any

import pytest

from api.commands import Commands
from api.problems import RefusedByCase
from domain.complaint.book import BOOK
from domain.refusals import NotNow
from tests.builders import it_goes_on
from tests.faults.planted.desk import PRICE, PlantedDesk
from tests.faults.planted.plant import Plant
from workflows.answers import StepAnswer

TWINS = itertools.count(900_001)
FEEDBACK = it_goes_on("We are looking into it.")


async def opened_but_never_started(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    async def start(*_: object) -> bool:
        return True

    broken.setattr(Commands, "open", start)
    await desk.register("T")
    await desk.open("T")


async def key_of_an_opening_ignored(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    broken.setattr("api.opening.key_mark", lambda _key: uuid.uuid4().hex)
    await desk.register("T")
    assert await desk.open("T", key="twice") != await desk.open("T", key="twice")


async def twin_beside_each_case(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    start = Commands.open

    async def start_two(self: Commands, opening: Any, summary: str, priority: int) -> bool:
        twin = f"AS-2026-{next(TWINS)}"
        desk.names.append(twin)
        await start(self, replace(opening, case=twin), summary, priority)
        return await start(self, opening, summary, priority)

    broken.setattr(Commands, "open", start_two)
    await desk.register("T")
    await desk.open("T")


async def step_under_a_key_of_its_own(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    take = Commands.take

    async def take_anew(self: Commands, case: str, step: Any, _key: str) -> StepAnswer:
        return await take(self, case, step, uuid.uuid4().hex)

    broken.setattr(Commands, "take", take_anew)
    await desk.register("T")
    case = await desk.open("T")
    for _ in range(2):
        await desk.took("agent", case, "give_feedback", key="pressed-twice", **FEEDBACK)


async def answer_made_up(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    async def make_up(self: Commands, case: str, step: Any, _key: str) -> StepAnswer:
        look = await self.look(case, step.actor)
        return StepAnswer(look.view, look.offers, ("feedback_given",), step.fingerprint)

    await desk.register("T")
    case = await desk.open("T")
    broken.setattr(Commands, "take", make_up)
    await desk.took("agent", case, "give_feedback", **FEEDBACK)


async def repeat_answered_otherwise(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    take = Commands.take

    async def take_with_todays_steps(self: Commands, case: str, step: Any, key: str) -> StepAnswer:
        answer = await take(self, case, step, key)
        return replace(answer, view=(await self.look(case, step.actor)).view)

    broken.setattr(Commands, "take", take_with_todays_steps)
    await desk.register("T")
    case = await desk.open("T")
    await desk.took("agent", case, "give_feedback", key="pressed-twice", **FEEDBACK)
    await desk.photo(case)
    assert (await desk.judge(case)).status_code == 200
    await desk.took("agent", case, "give_feedback", key="pressed-twice", **FEEDBACK)


async def taken_but_not_recorded(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    broken.setitem(BOOK.rules, "give_feedback", replace(BOOK.rules["give_feedback"], decide=lambda *_: ()))
    await desk.register("T")
    await desk.took("agent", await desk.open("T"), "give_feedback", **FEEDBACK)


async def event_without_effect(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """The answer says what was recorded, and the case does not change."""
    broken.setattr("domain.complaint.evolve.replace", lambda case, **_: case)
    await desk.register("T")
    case = await desk.open("T")
    await desk.took("agent", case, "give_feedback", **FEEDBACK)


async def refused_step_recorded(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    take = Commands.take

    async def take_and_refuse(self: Commands, case: str, step: Any, key: str) -> StepAnswer:
        await take(self, case, step, key)
        raise RefusedByCase(NotNow().record())

    await desk.register("T")
    case = await desk.open("T")
    broken.setattr(Commands, "take", take_and_refuse)
    assert (await desk.step("agent", case, "give_feedback", **FEEDBACK)).status_code == 409


async def other_body_taken_for_a_repeat(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    broken.setattr("api.taking.fingerprint", lambda *_: "always the same")
    await desk.register("T")
    case = await desk.open("T")
    await desk.took("agent", case, "give_feedback", key="one-key", **it_goes_on("We are looking into it."))
    await desk.took("agent", case, "give_feedback", key="one-key", **it_goes_on("It will take a week."))


async def evidence_gate_skipped(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    broken.setattr("domain.complaint.looking_into.questions.has_evidence", lambda _: True)
    await desk.register("T")
    case = await desk.open("T")
    assert (await desk.judge(case)).status_code == 200
    assert (await desk.propose(case, PRICE)).status_code == 200


async def step_taken_in_anothers_name(desk: PlantedDesk, broken: pytest.MonkeyPatch) -> None:
    """A rule that lets every role take every step."""
    broken.setattr("domain.casework._belongs", lambda *_: True)
    broken.setattr("api.routes.steps.refuse_role", lambda *_: None)
    await desk.register("T")
    case = await desk.open("T")
    found = {"fault_confirmed": True, "responsible": "shop", "severity": "minor", "fault": "handle off"}
    await desk.took("warehouse", case, "judge", **found)


PLANTS = (
    Plant("an opening is answered and never started", "I1", opened_but_never_started),
    Plant("the key of an opening is ignored", "I1", key_of_an_opening_ignored),
    Plant("one opening starts two cases", "I1", twin_beside_each_case),
    Plant("steps are sent under keys of their own", "I2", step_under_a_key_of_its_own),
    Plant("an answer is made up and nothing sent", "I2", answer_made_up),
    Plant("a repeat is answered otherwise than the first time", "I2", repeat_answered_otherwise),
    Plant("a step is accepted and records nothing", "I2", taken_but_not_recorded),
    Plant("what is recorded does not change the case", "I2", event_without_effect),
    Plant("a refused step is recorded all the same", "I2", refused_step_recorded),
    Plant("another body under a used key is taken for a repeat", "I2", other_body_taken_for_a_repeat),
    Plant("money is proposed without evidence", "I2", evidence_gate_skipped),
    Plant("anybody takes any step", "I2", step_taken_in_anothers_name),
)

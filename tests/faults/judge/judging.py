"""The judge: gathers, asks the eight laws, and says what it found."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from db.sessions import Database
from domain.view import StepOffer
from tests.faults.judge.evidence import Evidence, Violation
from tests.faults.judge.gathering import gather
from tests.faults.judge.law_1_openings import every_opening_exists_once
from tests.faults.judge.law_2_steps import every_step_stands_once
from tests.faults.judge.law_3_money import money_moves_once
from tests.faults.judge.law_4_register import rows_equal_the_cases
from tests.faults.judge.law_5_deadlines import deadlines_act_once, lateness
from tests.faults.judge.law_6_ways_on import no_case_is_stuck, offers_of, steps_are_answered
from tests.faults.judge.law_7_replay import histories_replay
from tests.faults.judge.law_8_privacy import nothing_personal_in_clear
from tests.faults.judge.world import World


@dataclass(frozen=True)
class Verdict:
    """What was found, and how much was looked at. Lateness in seconds, over every instant at which time had to act."""

    violations: tuple[Violation, ...]
    cases: int
    steps: int
    paid: int
    deadlines: int
    late_p50: float
    late_max: float


async def judge(evidence: Evidence) -> list[Violation]:
    """Every violation of the eight laws; an empty list is an acquittal."""
    return list((await hear(evidence)).violations)


async def hear(evidence: Evidence) -> Verdict:
    """The verdict with its figures. It takes one harmless step in a few open cases, last of all."""
    world = await gather(evidence)
    found: list[Violation] = [
        *every_opening_exists_once(world),
        *every_step_stands_once(world),
        *money_moves_once(world),
        *rows_equal_the_cases(world),
        *deadlines_act_once(world),
        *nothing_personal_in_clear(world),
        *no_case_is_stuck(world, await _offers(evidence, world)),
    ]
    found.extend([each async for each in histories_replay(world, evidence.client.namespace)])
    database = Database(evidence.database_url, pool_size=2)
    try:
        found.extend([each async for each in steps_are_answered(evidence.client, database, world)])
    finally:
        await database.aclose()
    late = lateness(world) or [0.0]
    return Verdict(
        violations=tuple(sorted(set(found))),
        cases=len(world.cases),
        steps=sum(len(told.taken) for _, told in world.told()),
        paid=sum(row["state"] == "paid" for row in world.ledger),
        deadlines=len(lateness(world)),
        late_p50=statistics.median(late),
        late_max=max(late),
    )


async def _offers(evidence: Evidence, world: World) -> dict[str, list[StepOffer]]:
    """The steps of all roles in every open case that answers."""
    found: dict[str, list[StepOffer]] = {}
    for case in world.cases.values():
        if case.is_open and case.view is not None:
            said = await offers_of(evidence.client, case.case)
            if said is None:
                case.view = None  # it does not say how it stands
            else:
                found[case.case] = said
    return found

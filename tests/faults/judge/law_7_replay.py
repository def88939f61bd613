"""I7: today's code does exactly what every history says."""

from __future__ import annotations

from collections.abc import AsyncIterator

from audit.strict_replay import replay_strictly
from tests.faults.judge.evidence import Violation
from tests.faults.judge.world import World
from workflows.registry import WORKFLOWS, runner
from workflows.wire import WIRE

LAW = "I7"


async def histories_replay(world: World, namespace: str) -> AsyncIterator[Violation]:
    """The whole law: strict replay of every run."""
    for case in world.cases.values():
        if case.told is None:
            continue  # a start that cannot be read has nothing to replay; the sixth law names it
        for run in case.runs:
            report = await replay_strictly(
                run,
                workflows=WORKFLOWS,
                data_converter=WIRE,
                namespace=namespace,
                runner=runner(),
            )
            for difference in report.differences[:3]:
                yield Violation(LAW, case.case, f"does not replay: {difference}")

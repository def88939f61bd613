"""The judge is judged: every planted bug is found by the right law, and none in the healthy desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from temporalio.client import Client

from tests.faults.judge import hear
from tests.faults.planted.desk import planted_desk, short_story


@pytest.mark.timeout(120)
async def test_a_healthy_desk_is_acquitted(temporal: Client, database_url: str, tmp_path: Path) -> None:
    async with planted_desk(temporal, database_url, tmp_path) as desk:
        await short_story(desk)
        verdict = await hear(desk.evidence)
    assert not verdict.violations, "\n".join(map(str, verdict.violations))
    assert (verdict.cases, verdict.paid) == (3, 1)
    assert verdict.steps >= 9
    assert verdict.deadlines >= 1

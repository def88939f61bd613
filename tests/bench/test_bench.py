"""The measurements in small: each makes its figures on a real desk. What is fast or slow is not tested here."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bench.__main__ import MEASURES
from bench.drift import GUARDS
from bench.size import QUICK
from bench.stand import Stand, standing


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A short path, which the database's own account can pass through."""
    made = Path(tempfile.mkdtemp(prefix="redress-bench-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
async def stand(home: Path) -> AsyncIterator[Stand]:
    async with standing(home) as made:
        yield made


WITHOUT_REACH = {"P10"}
"""Told beside bare commits, with no border of its own."""


@pytest.mark.parametrize("metric", list(MEASURES))
@pytest.mark.timeout(300)
async def test_each_measurement_makes_figures_that_can_be_judged(stand: Stand, metric: str) -> None:
    figures = [figure for measure in MEASURES[metric] for figure in await measure(stand, QUICK)]
    assert all(math.isfinite(figure.value) for figure in figures)
    assert metric in WITHOUT_REACH or any(figure.reached is not None for figure in figures)


@pytest.mark.timeout(60)
async def test_a_plain_commit_is_measured_beside_everything_else(stand: Stand) -> None:
    rounds = len(stand.drift.rounds.values)
    await stand.guard(QUICK)
    assert len(stand.drift.rounds.values) == rounds + 1
    assert all(seconds > 0 for seconds in stand.drift.rounds.values[-1])


@pytest.mark.timeout(60)
async def test_what_the_machine_did_before_the_first_turn_is_no_drift(stand: Stand) -> None:
    stand.drift.rounds.add([60.0])
    await stand.begin_anew(QUICK)
    assert len(stand.drift.rounds.values) == GUARDS
    assert [60.0] not in stand.drift.rounds.values

"""A replay that was only slow is made again; one that hangs every time, or fails otherwise, is told as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.worker import Replayer

from audit.export import read_export
from audit.patience import TRIES
from audit.story import StoryUntold, events_of
from audit.strict_replay import replay_strictly
from tests.histories.record import recorded
from workflows.registry import WORKFLOWS, runner
from workflows.wire import WIRE

SLOW = RuntimeError("[TMPRL1101] Potential deadlock detected: workflow didn't yield within 2 second(s).")


def one_of_the_recorded() -> tuple[Any, str]:
    file: Path = min(
        (each for each in recorded() if each.name.startswith("cases.")), key=lambda file: file.stat().st_size
    )
    exported = read_export(file.read_text(encoding="utf-8"))
    return exported.histories()[0], exported.namespace


def stopped(broken: pytest.MonkeyPatch, failure: Exception, times: int) -> list[int]:
    """Let so many replays be stopped; gives the count of all."""
    real, made = Replayer.replay_workflow, [0]

    async def replayed(self: Replayer, *given: Any, **more: Any) -> Any:
        made[0] += 1
        told = await real(self, *given, **more)
        if made[0] <= times:
            object.__setattr__(told, "replay_failure", failure)
        return told

    broken.setattr(Replayer, "replay_workflow", replayed)
    return made


async def strictly() -> list[str]:
    history, namespace = one_of_the_recorded()
    report = await replay_strictly(
        history, workflows=WORKFLOWS, data_converter=WIRE, namespace=namespace, runner=runner()
    )
    return [str(each) for each in report.differences]


async def test_a_slow_replay_is_made_again_and_found_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    made = stopped(monkeypatch, SLOW, TRIES - 1)
    assert await strictly() == []
    assert made == [TRIES]
    made[0] = 0
    assert await events_of(*one_of_the_recorded())
    assert made == [TRIES]


async def test_one_that_hangs_every_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(monkeypatch, SLOW, 10 * TRIES)
    assert "TMPRL1101" in json.dumps(await strictly())
    with pytest.raises(StoryUntold, match="TMPRL1101"):
        await events_of(*one_of_the_recorded())


async def test_another_failure_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = stopped(monkeypatch, RuntimeError("[TMPRL1100] Nondeterminism error"), 1)
    assert await strictly()
    assert made == [1]

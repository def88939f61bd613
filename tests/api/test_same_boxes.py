"""A request that is repeated is sent on to the byte as before: whichever copy Temporal keeps, its answer fits it."""

from __future__ import annotations

import pytest

from api.commands import Commands, StepAnswer
from api.edge_refusals import DeskUnavailable
from domain.steps import Step
from tests.api.counter import Counter


async def test_a_repeated_step_carries_the_same_sealed_boxes_and_another_key_other_ones(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = (await counter.complain()).json()["case"]["case"]
    sent: list[Step] = []

    async def lost_on_the_way(_commands: Commands, _case: str, step: Step, _key: str) -> StepAnswer:
        sent.append(step)
        raise DeskUnavailable(part="Temporal")

    monkeypatch.setattr(Commands, "take", lost_on_the_way)
    for key in ("first", "first", "second"):
        answer = await counter.step("agent", case, "withdraw", reason="I keep it after all.", key=key)
        assert answer.status_code == 503
    assert sent[0] == sent[1]
    assert sent[2] != sent[0]

"""A worker learns to read all messages before it asks for work: its first tasks make no reader of their own."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter

from tests.histories.record import recorded
from tests.histories.test_recorded_histories import replay_file
from workflows import wire
from workflows.registry import messages
from workflows.wire import learn_to_read

STORY = [file for file in recorded() if ".0_1_0_whole_story_" in file.name]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Types for which a reader is made from now on, by a process that has made none yet."""
    types: list[Any] = []

    def note(reader: TypeAdapter[Any], of: Any, **more: Any) -> None:
        types.append(of)
        make(reader, of, **more)

    make = TypeAdapter.__init__
    monkeypatch.setattr(TypeAdapter, "__init__", note)
    monkeypatch.setattr(wire, "_JSON", PydanticJSONPlainPayloadConverter(max_cached_type_adapters=None))
    return types


@pytest.mark.parametrize("learnt", [True, False])
async def test_a_worker_that_learnt_makes_no_reader_in_a_task(made: list[Any], learnt: bool) -> None:
    known = set(messages())
    if learnt:
        learn_to_read(known)
        assert set(made) == known
        made.clear()
    for file in STORY:
        assert await replay_file(file, sandboxed=False) == []
    assert bool(known.intersection(made)) is not learnt
    assert STORY
